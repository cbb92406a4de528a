"""The figures of relief, insurance and offers: dated, by territory; every default is ours."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.funds.refusals import FundRefusal
from assistance.models import FundParameter

YUAN, WORKDAYS = gettext_lazy("yuan"), gettext_lazy("working days")
PERCENT, DAYS = gettext_lazy("per cent"), gettext_lazy("days")


@dataclass(frozen=True)
class Limit:
    words: str | Promise
    unit: str | Promise
    clause: str
    default: Decimal


LIMITS = {
    "small_grant": Limit(
        gettext_lazy("grant that needs only the signatures of village and township, at most"),
        YUAN,
        "AH 4.2.3",
        Decimal(3000),
    ),
    "urgent_grant": Limit(
        gettext_lazy("relief given at once, at most"), YUAN, "AH 5.5", Decimal(2000)
    ),
    "filing_days": Limit(
        gettext_lazy("relief given at once is filed within"), WORKDAYS, "AH 5.5", Decimal(10)
    ),
    "collective_income": Limit(
        gettext_lazy("operating income of a village collective in a year, at least"),
        YUAN,
        "GZ 2.5",
        Decimal(50000),
    ),
    "insured_share": Limit(
        gettext_lazy("insured against poverty, of the farm population"),
        PERCENT,
        "GZ 4.4.3",
        Decimal(10),
    ),
    "insured_income": Limit(
        gettext_lazy("general household counts as of low income with per-capita net income under"),
        YUAN,
        "GZ 4.4.3",
        Decimal(6000),
    ),
    "claim_days": Limit(
        gettext_lazy("each step of an insurance claim until the insurer has it, within"),
        WORKDAYS,
        "GZ 4.4.3",
        Decimal(5),
    ),
    "decision_days": Limit(
        gettext_lazy("the insurer decides a claim within"), WORKDAYS, "GZ 4.2.3", Decimal(10)
    ),
    "payout_days": Limit(
        gettext_lazy("an accepted claim is paid within"), WORKDAYS, "GZ 4.2.3", Decimal(10)
    ),
    "offer_days": Limit(
        gettext_lazy("offer of help that nobody checked is closed, its phone erased, after"),
        DAYS,
        "XC 4.5.21",
        Decimal(60),
    ),
}


def limits_on(day, county):
    """What holds in ``county`` on ``day``: {name: Decimal}. The latest figure wins; of the same
    day, that of the wider authority (domain.md, top)."""
    within = [None, county.id, county.city_id, county.province_id]
    rows = FundParameter.objects.filter(since__lte=day).exclude(until__lte=day)
    rows = rows.select_related("territory").order_by("since", "-territory__level", "id")
    held = {name: limit.default for name, limit in LIMITS.items()}
    held.update({row.name: row.value for row in rows if row.territory_id in within})
    return held


@transaction.atomic
def set_limit(*, name, territory, since, value, because, until=None, by, at):
    if not by.may("set_budget") or not by.division.contains(territory):
        raise FundRefusal(_("Your post sets no limits there."))
    if name not in LIMITS:
        raise FundRefusal(_("There is no limit of this name."), "name")
    if value < 0 or (LIMITS[name].unit in (WORKDAYS, DAYS) and value != int(value)):
        raise FundRefusal(_("Enter a whole figure that is not negative."), "value")
    if until and until <= since:
        raise FundRefusal(_("The end must lie after the beginning."), "until")
    if not because.strip():
        raise FundRefusal(_("Say why, or by which paper."), "because")
    try:
        with transaction.atomic():
            return FundParameter.objects.create(
                name=name, territory=territory, since=since, until=until, value=value,
                because=because.strip(), set_by=by, set_at=at,
            )  # fmt: skip
    except IntegrityError:
        words = _("A value from this day is already on record; choose another day.")
        raise FundRefusal(words, "since") from None
