"""A grant before it is paid: applied for, signed by two or three, refused or withdrawn (AH 4.2.3).

Simplified steps: village and township sign; over the limit of the day the county signs too. Nobody
signs twice, or what they applied for, whatever posts they hold.
"""

from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from accounts.models.divisions import LEVEL_COLUMNS, Level
from assistance.funds.booking import check_amount, hold
from assistance.funds.limits import limits_on
from assistance.funds.refusals import FundRefusal, Late
from assistance.models import (
    Fund,
    Grant,
    GrantAct,
    GrantPart,
    GrantState,
    GrantWhat,
    Occasion,
)
from assistance.spending import Source, ban_on, standing_on
from households.models import Household

ACCOUNT = ("bank_name", "bank_account", "bank_account_index", "bank_account_masked")
ROLE_AT = {Level.VILLAGE: "village", Level.TOWNSHIP: "township", Level.COUNTY: "county"}


def chain_of(grant):
    """The levels that sign, in their order."""
    chain = [Level.VILLAGE, Level.TOWNSHIP]
    return [*chain, Level.COUNTY] if grant.large else chain


def funds_for(household):
    """The open funds that may help it: of its village, township and county."""
    line = [household.village_id, household.township_id, household.county_id]
    return Fund.objects.open().filter(division__in=line).select_related("division")


@transaction.atomic
def apply_for_grant(
    household, *, fund, amount, need, words, payee="", bank_name="", bank_account="",
    measure=None, occasion=Occasion.NEED, occasion_words="", client_id=None, by, at,
):  # fmt: skip
    """``(grant, stored now)``. Account and payee are those of the register where none is given."""
    if not by.may("propose_grant"):
        raise FundRefusal(_("Your post does not apply for grants."))
    if client_id and (stored := Grant.objects.filter(client_id=client_id).first()):
        return same(stored, household)
    grant = draft(
        household, fund=fund, amount=amount, need=need, words=words, payee=payee,
        bank_name=bank_name, bank_account=bank_account, measure=measure, occasion=occasion,
        occasion_words=occasion_words, client_id=client_id, by=by, at=at,
    )  # fmt: skip
    grant.state, grant.waiting_level = GrantState.APPLIED, Level.VILLAGE
    grant.large = amount > limits_on(localdate(at), household.county)["small_grant"]
    grant.save(force_insert=True)
    take_part(grant, by, None)
    record(grant, GrantWhat.APPLIED, words, by=by, at=at)
    return grant, True


def draft(household, *, fund, amount, words, measure, client_id, by, at, payee, **said):
    """A grant that is whole, with its number, not yet stored. Holds the fund."""
    if not Household.objects.visible_to(by).filter(pk=household.pk).exists():
        raise FundRefusal(_("This household lies outside the division of your post."))
    if not funds_for(household).filter(pk=fund.pk).exists():
        raise FundRefusal(_("This fund does not serve the household."), "fund")
    check_amount(amount)
    if not words.strip():
        raise FundRefusal(_("Say what happened and what the money is for."), "words")
    if measure and measure.household_id != household.pk:
        raise FundRefusal(_("This measure is of another household."))
    standing = standing_on(household, localdate(at))
    if ban := ban_on(Source.RELIEF, standing=standing, on=localdate(at)):
        raise FundRefusal(str(ban), "fund")
    hold(fund)
    if not said["bank_account"]:
        said |= {name: getattr(household, name) for name in ACCOUNT}
    return Grant(
        household=household, fund=fund, amount=amount, words=words.strip(), measure=measure,
        payee=payee.strip() or household.head_name or household.number,
        number=_next_number(fund, localdate(at).year), client_id=client_id or uuid4(),
        applied_by=by, applied_at=at, **said,
    )  # fmt: skip


def same(stored, household):
    if stored.household_id != household.pk:
        raise FundRefusal(_("This grant is already stored for another household."))
    return stored, False


def _next_number(fund, year):
    """The caller holds the fund; a division has one open fund."""
    digits = {Level.COUNTY: 6, Level.TOWNSHIP: 9}.get(fund.division.level, 12)
    start = f"G-{fund.division.code[:digits]}-{year}-"
    given = Grant.objects.filter(number__startswith=start).order_by("-id").first()
    return f"{start}{int(given.number.rsplit('-', 1)[1]) + 1 if given else 1:04d}"


@transaction.atomic
def sign_grant(grant, *, because="", seen_version, by, at):
    grant = taken(grant, seen_version)
    _check_turn(grant, by)
    level = Level(grant.waiting_level)
    take_part(grant, by, level)
    chain = chain_of(grant)
    left = chain[chain.index(level) + 1 :]
    grant.waiting_level = left[0] if left else None
    grant.state = GrantState.APPLIED if left else GrantState.APPROVED
    save(grant, "waiting_level", "state")
    record(grant, GrantWhat.SIGNED, because, by=by, at=at)
    return grant


@transaction.atomic
def refuse_grant(grant, *, because, seen_version, by, at):
    grant = taken(grant, seen_version)
    _check_turn(grant, by)
    if not because.strip():
        raise FundRefusal(_("Say why it is refused."), "because")
    take_part(grant, by, grant.waiting_level)
    return _ended(grant, GrantState.REFUSED, GrantWhat.REFUSED, because, by, at)


@transaction.atomic
def withdraw_grant(grant, *, because, seen_version, by, at):
    """By whoever applied, until it is paid."""
    grant = taken(grant, seen_version)
    if not persons_behind(by) & persons_behind(grant.applied_by):
        raise FundRefusal(_("Only who applied for a grant withdraws it."))
    if grant.state not in (GrantState.APPLIED, GrantState.APPROVED):
        raise FundRefusal(_("This grant waits for nothing any more."))
    if not because.strip():
        raise FundRefusal(_("Say why it is withdrawn."), "because")
    return _ended(grant, GrantState.WITHDRAWN, GrantWhat.WITHDRAWN, because, by, at)


def _ended(grant, state, what, because, by, at):
    grant.state, grant.waiting_level = state, None
    save(grant, "state", "waiting_level")
    record(grant, what, because, by=by, at=at)
    return grant


def turn_refusal(grant, by):
    """Why ``by`` cannot sign now; blank when it can."""
    level = grant.waiting_level
    if grant.state != GrantState.APPLIED:
        return _("This grant waits for no signature.")
    home = getattr(grant.household, LEVEL_COLUMNS[level])
    if not by.may("sign_grant") or by.role != ROLE_AT[level] or by.division_id != home:
        return _("The %(level)s of the household signs next.") % {"level": Level(level).label}
    if grant.parts.filter(officer__in=persons_behind(by)).exists():
        return _("You have applied for this grant or signed it; somebody else signs here.")
    return ""


def _check_turn(grant, by):
    if refusal := turn_refusal(grant, by):
        raise FundRefusal(refusal)


def taken(grant, seen_version=None):
    """The row, locked, as it was seen."""
    current = Grant.objects.select_for_update(no_key=True).get(pk=grant.pk)
    if seen_version not in (None, current.version):
        raise Late(_("Somebody acted on this grant meanwhile. Look at it again."))
    return current


def take_part(grant, by, level):
    try:
        with transaction.atomic():
            for officer in sorted(persons_behind(by)):
                GrantPart.objects.create(grant=grant, officer_id=officer, level=level)
    except IntegrityError:
        words = _("You have applied for this grant or signed it; somebody else signs here.")
        raise FundRefusal(words) from None


def save(grant, *fields):
    grant.version += 1
    grant.save(update_fields=[*fields, "version"])


def record(grant, what, because="", *, by, at):
    GrantAct.objects.create(grant=grant, what=what, because=because.strip()[:400], by=by, at=at)
