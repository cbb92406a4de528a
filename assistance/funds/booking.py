"""The books: each entry moves an amount from one account to another under a lock of the fund, so
that balances are sums and never fall below nothing, whoever books at the same time."""

from decimal import Decimal
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models.divisions import Level
from assistance.funds.refusals import FundRefusal
from assistance.models import Account, AccountKind, Entry, EntryKind, Fund, FundKind
from assistance.spending import Purpose, Source, Standing, ban_on

LARGEST = Decimal(100_000_000)


def handles(post, fund):
    """The county its relief fund; the township its emergency funds, its villages' included."""
    return post.may("handle_funds") and post.division.contains(fund.division)


def check_handles(fund, by):
    if not handles(by, fund):
        raise FundRefusal(_("Your post does not keep this fund."))


def check_amount(amount):
    if not 0 < amount <= LARGEST or amount != round(amount, 2):
        raise FundRefusal(_("Enter an amount in yuan, with two decimals at most."), "amount")


@transaction.atomic
def open_fund(*, division, name, on, by, at):
    """The relief fund of a county, or the emergency fund of a township or village (AH 4.2.3)."""
    if not by.may("handle_funds") or not by.division.contains(division):
        raise FundRefusal(_("Your post keeps no funds there."), "division")
    if not name.strip():
        raise FundRefusal(_("Give the fund a name."), "name")
    if on > localdate(at):
        raise FundRefusal(_("The day lies in the future."), "on")
    kind = FundKind.COUNTY if division.level == Level.COUNTY else FundKind.EMERGENCY
    said = {"kind": kind, "name": name.strip(), "division": division}
    try:
        with transaction.atomic():
            fund = Fund.objects.create(**said, opened_on=on, opened_by=by, opened_at=at)
    except IntegrityError:
        words = _("%(place)s has an open fund already.") % {"place": division.name}
        raise FundRefusal(words, "division") from None
    Account.objects.create(fund=fund, kind=AccountKind.CASH)
    Account.objects.create(fund=fund, kind=AccountKind.GRANTED)
    return fund


@transaction.atomic
def deposit(fund, *, source, donor, paper, amount, on, words="", client_id=None, by, at):
    """``(entry, booked now)``. The same ``client_id`` again gives the stored entry."""
    check_handles(fund, by)
    check_amount(amount)
    _check_day(fund, on, at)
    if source == Source.RELIEF or source not in Source:
        raise FundRefusal(_("Say where the money comes from."), "source")
    place = Standing("", "", fund.division.code)
    if ban := ban_on(source, standing=place, on=on, purpose=Purpose.DEPOSIT):
        raise FundRefusal(str(ban), "source")
    if not donor.strip() or not paper.strip():
        raise FundRefusal(_("Say who gave it, and the number of the paper."), "donor")
    hold(fund)
    client_id = client_id or uuid4()
    if stored := Entry.objects.filter(client_id=client_id, fund=fund).first():
        return stored, False
    given, _new = Account.objects.get_or_create(fund=fund, kind=AccountKind.GIVEN, source=source)
    said = {"donor": donor.strip(), "paper": paper.strip(), "words": words.strip()}
    return move(
        fund, EntryKind.DEPOSIT, given, account_of(fund, AccountKind.CASH), amount,
        on=on, client_id=client_id, by=by, at=at, **said,
    ), True  # fmt: skip


@transaction.atomic
def reverse_deposit(entry, *, because, by, at):
    """Money given back, or a deposit that never was. Payments go back through their grant."""
    check_handles(entry.fund, by)
    if entry.kind != EntryKind.DEPOSIT:
        raise FundRefusal(_("Only a deposit is booked back here."))
    return book_back(entry, because=because, by=by, at=at)


def book_back(entry, *, because, by, at):
    """The same amount the other way; once for each entry. In the caller's transaction."""
    if not because.strip():
        raise FundRefusal(_("Say why it is booked back."), "because")
    hold(entry.fund)
    if Entry.objects.filter(reverses=entry).exists():
        raise FundRefusal(_("This entry has been booked back already."))
    return move(
        entry.fund, EntryKind.REVERSAL, entry.to_account, entry.from_account, entry.amount,
        on=localdate(at), reverses=entry, grant=entry.grant, words=because.strip(), by=by, at=at,
    )  # fmt: skip


def book_payment(grant, *, by, at):
    hold(grant.fund)
    cash, granted = (account_of(grant.fund, k) for k in (AccountKind.CASH, AccountKind.GRANTED))
    return move(
        grant.fund, EntryKind.PAYMENT, cash, granted, grant.amount,
        on=localdate(at), grant=grant, words=grant.number, by=by, at=at,
    )  # fmt: skip


def hold(fund):
    """Whoever else books to this fund waits until the transaction ends. A closed one accepts
    nothing."""
    held = Fund.objects.select_for_update(no_key=True).get(pk=fund.pk)
    if held.closed_on:
        raise FundRefusal(_("This fund is closed."))
    return held


def account_of(fund, kind):
    return Account.objects.get(fund=fund, kind=kind)


def move(fund, kind, from_account, to_account, amount, *, by, at, **said):
    """Books an entry. The caller holds the fund."""
    cash = account_of(fund, AccountKind.CASH)
    if from_account.pk == cash.pk and cash.balance < amount:
        raise FundRefusal(
            _("%(fund)s holds %(cash)s yuan; that is less than %(amount)s.")
            % {"fund": fund.name, "cash": f"{cash.balance:,.2f}", "amount": f"{amount:,.2f}"},
            "amount",
        )
    for account, change in ((from_account, -amount), (to_account, amount)):
        account.refresh_from_db()
        account.balance += change
        account.save(update_fields=["balance"])
    cash.refresh_from_db()
    last = Entry.objects.filter(fund=fund).order_by("-number").values_list("number", flat=True)
    return Entry.objects.create(
        fund=fund, number=(last.first() or 0) + 1, kind=kind, from_account=from_account,
        to_account=to_account, amount=amount, cash_after=cash.balance, recorded_by=by,
        recorded_at=at, **said,
    )  # fmt: skip


def _check_day(fund, on, at):
    if not fund.opened_on <= on <= localdate(at):
        raise FundRefusal(_("The day lies before the fund's opening, or in the future."), "on")


def sums_of(fund):
    """Account id -> what its entries come to, added up anew: what ``balance`` must equal."""
    ins = dict(_totals(fund, "to_account"))
    outs = dict(_totals(fund, "from_account"))
    return {pk: ins.get(pk, 0) - outs.get(pk, 0) for pk in {*ins, *outs}}


def _totals(fund, side):
    rows = Entry.objects.filter(fund=fund).order_by().values_list(side)
    return rows.annotate(total=Sum("amount")).values_list(side, "total")


def books_agree(fund):
    found = sums_of(fund)
    return all(account.balance == found.get(account.pk, 0) for account in fund.accounts.all())
