"""The figures of the policy: what each means, its clause, and what holds where nobody set another.

A ``default`` of None has no figure in any document for the whole country and must be entered for a
territory; the system does not invent one. ``PUBLISHED`` are the figures that documents give.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import CITY, COUNTY, PROVINCE

YUAN, SHARE, TIMES = _("yuan"), _("share"), _("times")
MONTHS, DAYS, PEOPLE, SWITCH = _("months"), _("days"), _("people"), _("1 for yes, 0 for no")
WORKDAYS = _("working days")


@dataclass(frozen=True)
class Parameter:
    name: str
    words: str | Promise
    unit: Promise
    clause: str
    default: Decimal | None
    entered_at: int = PROVINCE  # the lowest level that enters it for its own territory

    def may_be_entered_by(self, post):
        return post.may("edit_policy") or (
            post.may("set_edge_standard") and PROVINCE < post.division.level <= self.entered_at
        )


def _parameter(name, words, unit, clause, default, entered_at=PROVINCE):
    default = None if default is None else Decimal(default)
    return Parameter(name, words, unit, clause, default, entered_at)


PARAMETERS = {
    parameter.name: parameter
    for parameter in (
        _parameter("line", _("line of per-capita net income"), YUAN, "AH 2.2, 4.1.1", None),
        _parameter("drop_share", _("fall of net income"), SHARE, "GZ 2.2", "0.30"),
        _parameter(
            "transfer_share", _("transfer share of gross income"), SHARE, "GZ 4.2.1", "0.40"
        ),
        _parameter(
            "idle_either",
            _("idle labour: no industry or no work is enough"),
            SWITCH,
            "GZ 4.2.1",
            "0",
        ),
        _parameter("skill_line", _("weak skill: income under the line"), TIMES, "LA 2.1.1", "1.5"),
        _parameter("steady_months", _("steady work from"), MONTHS, "LA 2.1.1", "6"),
        _parameter(
            "small_business", _("small business, income per head under"), YUAN, "LA 2.1.1", "3000"
        ),
        _parameter("loss_months", _("industry loss counts for"), MONTHS, "GZ 2.2", "12"),
        _parameter(
            "rigid_red",
            _("rigid expenditure over this share of net income: red"),
            SHARE,
            "GZ 4.2",
            "1",
        ),
        _parameter(
            "rigid_yellow",
            _("rigid expenditure from this share of net income: yellow"),
            SHARE,
            "LA 2.1.1",
            "0.5",
        ),
        _parameter("rigid_rise", _("rise of rigid expenditure"), SHARE, "LA 2.1.1", "0.30"),
        _parameter("pupils_from", _("children at school"), PEOPLE, "GZ 4.2.1", "2"),
        _parameter("flag_days", _("red flag: deadline"), DAYS, "AH 3.2", "30"),
        _parameter(
            "event_days", _("red flag after a sudden event: deadline"), DAYS, "AH 3.2", "15"
        ),
        _parameter(
            "reopen_months", _("flagged again counts as reopened within"), MONTHS, "AH 3.3", "12"
        ),
        _parameter("notice_days", _("public notice: at least"), DAYS, "LA 2.1.3, GZ 4.2.2", "5"),
        _parameter(
            "listing_notice", _("listing needs a public notice"), SWITCH, "LA 2.1.3, GZ 4.2.2", "0"
        ),
        _parameter(
            "independent_share",
            _("independent: income from this share of the province's rural average"),
            SHARE,
            "AH 4.1.1",
            "0.9",
        ),
        _parameter(
            "rural_average", _("province's rural average income a head"), YUAN, "AH 4.1.1", None
        ),
        # The edge standards of city and county; no document gives their figures.
        _parameter("poverty_line", _("poverty line"), YUAN, "LA 2.2, GZ 4.2", None, CITY),
        _parameter(
            "county_edge_line",
            _("edge household: income under this line of the county"),
            YUAN,
            "LA 2.2",
            None,
            COUNTY,
        ),
        _parameter(
            "edge_ceiling",
            _("edge household: a little above the poverty line means under"),
            YUAN,
            "GZ 4.2",
            None,
            CITY,
        ),
        _parameter(
            "edge_average_share",
            _("edge household: far under the average means under this share of it"),
            SHARE,
            "GZ 4.2",
            None,
            CITY,
        ),
        _parameter(
            "edge_rigid_share",
            _("edge household: far over income means over this share of net income"),
            SHARE,
            "GZ 4.2",
            None,
            CITY,
        ),
        _parameter("closing_line", _("closing: income not under the line"), SWITCH, "AH 3.3", "0"),
        _parameter(
            "closing_months",
            _("closing: months since the household was listed, 0 for none"),
            MONTHS,
            "AH 3.3",
            "0",
        ),
        _parameter("closing_labour", _("closing: somebody can work"), SWITCH, "AH 3.3", "0"),
        _parameter("clue_check_days", _("clue: checked at home within"), WORKDAYS, "GZ 4.2.2", "2"),
        _parameter("clue_days", _("clue: whole procedure within"), WORKDAYS, "GZ 4.2.2", "20"),
        _parameter(
            "big_payment",
            _("clue: medical self-payment of twelve months from"),
            YUAN,
            "AH 3.2, GZ 4.2, XC 4.3.14",
            "20000",
        ),
        _parameter(
            "clue_quiet_months",
            _("clue: the same finding of the analysis is not asked again for"),
            MONTHS,
            "AH 6.3",
            "6",
        ),
        _parameter(
            "application_days",
            _("application without an account: personal data kept after the answer for"),
            DAYS,
            "GZ 4.2.2",
            "180",
        ),
    )
}


@dataclass(frozen=True)
class Published:
    """A figure that a document or a public notice gives for a territory and a time."""

    name: str
    territory_code: str
    since: date
    until: date | None
    value: Decimal
    clause: str


PUBLISHED = (
    Published("line", "340000000000", date(2020, 1, 1), date(2021, 1, 1), Decimal(5000), "AH 2.2"),
)


class ParameterRefusal(Exception):
    """A value that cannot hold; the message is for the person."""


@transaction.atomic
def set_parameter(*, name, territory, since, value, because, by, at, until=None):
    """Enters a figure that holds in ``territory`` from ``since``. Earlier values stay on record.

    Raises ParameterRefusal for an unknown name, a level that does not enter it, a negative value,
    an end before the beginning, a second value of the same day, or a day in a month that is frozen
    for this territory.
    """
    from monitoring.models import ParameterValue, Run

    if name not in PARAMETERS:
        raise ParameterRefusal(str(_("There is no parameter of this name.")))
    if by and not PARAMETERS[name].may_be_entered_by(by):
        raise ParameterRefusal(str(_("Your office does not enter this figure.")))
    if value < 0:
        raise ParameterRefusal(str(_("A figure of the policy cannot be negative.")))
    if until and until <= since:
        raise ParameterRefusal(str(_("The end must lie after the beginning.")))
    frozen = Run.objects.frozen().filter(as_of__gte=since)
    if territory is not None:
        frozen = frozen.filter(province_id=territory.province_id)
    last = frozen.order_by("-as_of").first()
    if last:
        raise ParameterRefusal(
            _("The review of %(month)s is frozen. A new figure can hold only after %(day)s.")
            % {"month": last.label, "day": last.as_of}
        )
    if ParameterValue.objects.filter(name=name, territory=territory, since=since).exists():
        raise ParameterRefusal(
            str(_("A value from this day is already on record; choose another day."))
        )
    return ParameterValue.objects.create(
        name=name,
        territory=territory,
        since=since,
        until=until,
        value=value,
        because=because,
        clause=PARAMETERS[name].clause,
        set_by=by,
        set_at=at,
    )


def figures_on(day, counties):
    """What holds on ``day`` in each of ``counties``: {county id: {name: Decimal or None}}."""
    from monitoring.models import ParameterValue

    values = list(
        ParameterValue.objects.in_force_on(day)
        .select_related("territory")
        .order_by("since", "-territory__level")
    )
    published = [p for p in PUBLISHED if p.since <= day and (p.until is None or day < p.until)]
    figures = {}
    for county in counties:
        held = {name: (date.min, parameter.default) for name, parameter in PARAMETERS.items()}
        line = {county.id, county.city_id, county.province_id}
        codes = (county.code, county.code[:4].ljust(12, "0"), county.code[:2].ljust(12, "0"))
        for figure in published:
            if figure.territory_code in codes:
                held[figure.name] = (figure.since, figure.value)
        for value in values:
            fits = value.territory_id is None or value.territory_id in line
            if fits and value.since >= held[value.name][0]:
                held[value.name] = (value.since, value.value)
        figures[county.id] = {name: value for name, (_since, value) in held.items()}
    return figures
