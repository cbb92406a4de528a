"""The books of a village's collective (GZ 2.5, 4.3.1): income comes first, no use beyond it."""

from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models.divisions import Level
from assistance.models import (
    HANDED,
    Collective,
    CollectiveEntry,
    IncomeKind,
    Rent,
    UseKind,
    Way,
)
from assistance.projects.checks import (
    check_amount,
    check_keeps,
    check_past,
    check_reason,
    check_words,
)
from assistance.projects.refusals import ProjectRefusal
from assistance.spending import Source, ban_on, standing_on
from duties.doing import settle
from duties.models.tasks import MENDED
from households.models import Household

RENT_LATE = "rent_late"
MOST = 500  # households in one distribution


@transaction.atomic
def earn(
    village, *, what, amount, on, party, paper, words="", asset=None, rent=None, client_id=None,
    by, at,
):  # fmt: skip
    """``(entry, booked now)``. A rent of a lease is booked against what is due of it."""
    book = held(village, by)
    if stored := _same(client_id, book):
        return stored, False
    check_amount(amount)
    check_past(on, at)
    if what not in IncomeKind or what in HANDED:
        raise ProjectRefusal(_("Say what kind of income it is."), "what")
    if not party.strip() or not paper.strip():
        raise ProjectRefusal(_("Say who paid, and the number of the paper."), "party")
    if asset and asset.at_id != village.pk:
        raise ProjectRefusal(_("This asset belongs to another place."), "asset")
    if rent:
        if rent.lease.village_id != village.pk:
            raise ProjectRefusal(_("This rent belongs to another place."), "rent")
        asset, what = _credit(rent, amount, by, at).lease.asset, IncomeKind.RENT
    said = {"party": party.strip(), "paper": paper.strip(), "words": words.strip()}
    said |= {"asset": asset, "rent": rent, "client_id": client_id or uuid4()}
    return _book(book, Way.IN, what, amount, on=on, by=by, at=at, **said), True


def _credit(rent, amount, by, at):
    rent = Rent.objects.select_for_update(of=("self",)).select_related("lease__asset").get(
        pk=rent.pk
    )  # fmt: skip
    if rent.cancelled:
        raise ProjectRefusal(_("This rent fell away with the end of its lease."), "rent")
    if amount > rent.left:
        words = _("Of this rent %(left)s yuan are left to pay.")
        raise ProjectRefusal(words % {"left": f"{rent.left:,.2f}"}, "amount")
    rent.paid += amount
    rent.save(update_fields=["paid"])
    if not rent.left:
        settle(RENT_LATE, rent.pk, outcome=MENDED, by=by, at=at)
    return rent


@transaction.atomic
def use(
    village, *, what, amount, on, words, household=None, party="", paper="", asset=None,
    client_id=None, by, at,
):  # fmt: skip
    """An entry for what was used, or for one household."""
    book = held(village, by)
    if stored := _same(client_id, book):
        return stored
    check_amount(amount)
    check_past(on, at)
    check_use(what, bool(household))
    if not words.strip():
        raise ProjectRefusal(_("Say what for."), "words")
    if household:
        _check_household(household, village, on, by)
    said = {"words": words.strip()[:200], "paper": paper.strip(), "household": household}
    said |= {"asset": asset, "party": party.strip(), "client_id": client_id or uuid4()}
    return _book(book, Way.OUT, what, amount, on=on, by=by, at=at, **said)


def check_use(what, to_household):
    if what not in UseKind or what in HANDED:
        raise ProjectRefusal(
            _(
                "The collective's income goes to the reserve, public-welfare posts, small public"
                " works, awards, aid and bonuses, upkeep or the emergency fund (GZ 4.3.1, 4.5);"
                " choose one of them."
            ),
            "what",
        )
    if what in (UseKind.AID, UseKind.INDUSTRY) and not to_household:
        raise ProjectRefusal(_("Name the household that gets it."), "what")
    alone = (UseKind.RESERVE, UseKind.WORKS, UseKind.UPKEEP, UseKind.RELIEF)
    if what in alone and to_household:
        raise ProjectRefusal(_("This use goes to no household; leave the list empty."), "what")


def _check_household(household, village, on, by):
    seen = Household.objects.visible_to(by).filter(pk=household.pk)
    if household.village_id != village.pk or not seen.exists():
        words = _("%(head)s does not live in this village.")
        raise ProjectRefusal(words % {"head": household.head_name or household.number})
    if ban := ban_on(Source.COLLECTIVE, standing=standing_on(household, on), on=on):
        raise ProjectRefusal(str(ban))


@transaction.atomic
def distribute(village, *, what, each, on, words, households, paper="", client_id=None, by, at):
    """The same amount to each of several households: all of them, or none. A list sent twice is
    booked once."""
    households = list(households)
    if not households:
        raise ProjectRefusal(_("Name the households that get it."))
    if len(households) > MOST:
        raise ProjectRefusal(_("At most %(most)d households at once.") % {"most": MOST})
    book = held(village, by)
    if stored := _same(client_id, book):
        return [stored], False
    said = {"what": what, "amount": each, "on": on, "words": words, "paper": paper}
    ids = [client_id or uuid4(), *(uuid4() for _home in households[1:])]
    return [
        use(village, household=home, client_id=pk, by=by, at=at, **said)
        for home, pk in zip(households, ids, strict=True)
    ], True


@transaction.atomic
def book_back(entry, *, because, by, at):
    """The same amount the other way, once: a mistake, or money that came back."""
    book = held(entry.collective.village, by)
    check_reason(because)
    if entry.reverses_id:
        raise ProjectRefusal(_("This entry books another back; enter what is right anew."))
    if entry.what in HANDED:
        raise ProjectRefusal(_("It went over with the change of codes; it is not booked back."))
    if CollectiveEntry.objects.filter(reverses=entry).exists():
        raise ProjectRefusal(_("This entry has been booked back already."))
    if entry.rent_id:
        _uncredit(entry)
    way = Way.OUT if entry.way == Way.IN else Way.IN
    said = {"household": entry.household, "rent": entry.rent, "asset": entry.asset}
    said |= {"words": because.strip()[:200], "reverses": entry, "client_id": uuid4()}
    return _book(book, way, entry.what, entry.amount, on=localdate(at), by=by, at=at, **said)


def _uncredit(entry):
    """Due again; what falls due after the end of its lease falls away."""
    rents = Rent.objects.select_for_update(of=("self",)).select_related("lease")
    rent = rents.get(pk=entry.rent_id)
    rent.paid -= entry.amount
    ended = rent.lease.ended_on
    rent.cancelled = not rent.paid and ended is not None and rent.due_on > ended
    rent.save(update_fields=["paid", "cancelled"])


def held(village, by):
    """The books of the village, locked until the transaction ends; opened when there are none."""
    if village.level != Level.VILLAGE:
        raise ProjectRefusal(_("The books of a collective are those of a village."))
    check_keeps(by, village)
    book, _new = Collective.objects.get_or_create(village=village)
    return Collective.objects.select_for_update().get(pk=book.pk)


def _same(client_id, book):
    stored = CollectiveEntry.objects.filter(client_id=client_id).first() if client_id else None
    if stored and stored.collective_id != book.pk:
        raise ProjectRefusal(_("This entry is already stored for another village."))
    return stored


def _book(book, way, what, amount, *, by, at, **said):
    """The caller holds the book."""
    check_words("words", said["words"], said.get("party", ""))
    book.refresh_from_db()
    if way == Way.OUT and book.balance < amount:
        words = _("The collective holds %(balance)s yuan; that is less than %(amount)s.")
        given = {"balance": f"{book.balance:,.2f}", "amount": f"{amount:,.2f}"}
        raise ProjectRefusal(words % given, "amount")
    book.balance += amount if way == Way.IN else -amount
    book.save(update_fields=["balance"])
    last = book.entries.order_by("-number").values_list("number", flat=True).first()
    return CollectiveEntry.objects.create(
        collective=book, number=(last or 0) + 1, way=way, what=what, amount=amount,
        balance_after=book.balance, recorded_by=by, recorded_at=at, **said,
    )  # fmt: skip


def sum_of(book):
    """What its entries come to, added up anew: what ``balance`` must equal."""
    sums = dict(book.entries.order_by().values_list("way").annotate(total=Sum("amount")))
    return sums.get(Way.IN, Decimal(0)) - sums.get(Way.OUT, Decimal(0))
