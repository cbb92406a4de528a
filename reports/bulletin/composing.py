"""The draft of a bulletin: figures of the quarter, and the sentences that are made of them."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Division
from accounts.models.divisions import Level
from accounts.refusals import Refused
from reports.bulletin.naming import LIMITS, WEAK_FROM, late_figures
from reports.figures import reading
from reports.figures.table import BY_CODE, DAYS, SHARE, SHOWN, YUAN
from reports.models import Rollup

# What the charts of twelve months draw.
LINES = ("flags_opened", "flags_cleared", "flags_standing")


def figures_of(province, quarter):
    """What the bulletin keeps: the figures of the province, its cities and counties.

    Raises Refused while a month of the quarter has none.
    """
    months = reading.quarter_of(quarter)
    known = Rollup.objects.filter(division=province, month__in=months)
    have = set(known.values_list("month", flat=True))
    lacking = [f"{month:%Y-%m}" for month in months if month not in have]
    if lacking:
        raise Refused(
            _("%(months)s is not reviewed yet, or its figures are still being counted.")
            % {"months": _(", ").join(lacking)}
        )
    places = Division.objects.below(province).filter(level__lte=Level.COUNTY).order_by("code")
    kept = {place.id: [] for place in places}
    for row in Rollup.objects.filter(division__in=list(kept), month__in=months):
        kept[row.division_id].append(row)
    return {
        "months": [month.isoformat() for month in months],
        "lines": lines_of(province, reading.months_before(months[-1])),
        "places": [
            {
                "id": place.id,
                "code": place.code,
                "level": place.level,
                "name": place.name,
                "city": place.city_id,
                "values": reading.summed(kept[place.id], SHOWN),
            }
            for place in places
            if kept[place.id]
        ],
    }


def lines_of(province, months):
    """What is kept for the charts of twelve months; None where a month was not reviewed."""
    kept = reading.kept([province.id], months, [BY_CODE[code] for code in LINES])
    rows = {row.month: row.values for row in kept.get(province.id, [])}
    values = {
        code: [rows[month].get(code, reading.NONE) if month in rows else None for month in months]
        for code in LINES
    }
    return {"months": [month.isoformat() for month in months], "values": values}


def places_of(figures, level):
    return [place for place in figures["places"] if place["level"] == level]


def named_of(figures):
    """{county id: codes of the figures it is late in}, of those that are late in any."""
    found = {
        place["id"]: late_figures(place["values"]) for place in places_of(figures, Level.COUNTY)
    }
    return {county: codes for county, codes in found.items() if codes}


def said(place, code, counted=False):
    """A figure of a place, as a sentence carries it: ``3``, ``97.2%``, ``12.5 天``; ``counted``:
    a number with what it counts, ``3 户``."""
    figure = BY_CODE[code]
    value = reading.value_of(figure, place["values"])
    if value.number is None:
        return _("none")
    if figure.unit == SHARE:
        return f"{value.number * 100:.1f}%"
    if figure.unit == DAYS:
        return _("%(days)s days") % {"days": f"{value.number:.1f}"}
    if figure.unit == YUAN:
        return f"{value.number:,.2f}"
    return f"{value.number:,} {figure.counts}" if counted else f"{value.number:,}"


def title_of(province, quarter):
    with override(settings.LANGUAGE_CODE):
        return _(
            "Bulletin on watching against return to poverty in %(province)s, "
            "quarter %(number)d of %(year)d"
        ) % {
            "province": province.name,
            "number": (quarter.month + 2) // 3,
            "year": quarter.year,
        }


def body_of(figures, named):
    """[[heading, text], …] in the language of the house, whoever asked for it."""
    with override(settings.LANGUAGE_CODE):
        province = places_of(figures, Level.PROVINCE)[0]
        return [
            [_("1. How the province stands"), _general(province)],
            [_("2. Visits and persons in charge"), _visits(province)],
            [_("3. Counties that are slow"), slow_words(figures, named)],
            [_("4. What is asked"), _asked()],
        ]


def _general(place):
    facts = {
        code: said(place, code)
        for code in (
            "flags_opened",
            "flags_cleared",
            "flags_standing",
            "flags_overdue",
            "flags_reopened",
            "days_to_clear",
        )
    }
    return (
        _(
            "In this quarter %(flags_opened)s red flags were set and %(flags_cleared)s cleared "
            "(on average after %(days_to_clear)s); %(flags_standing)s stood at its end, "
            "%(flags_overdue)s of them overdue. %(flags_reopened)s households were flagged again."
        )
        % facts
    )


def _visits(place):
    codes = ("visits_monthly", "visits_in_person", "without_responsible", "without_contact")
    facts = {code: said(place, code) for code in (*codes, "tasks_in_time", "faults")}
    return (
        _(
            "Of the monthly visits %(visits_monthly)s were made, %(visits_in_person)s in person. "
            "%(without_responsible)s exited households had no responsible person and "
            "%(without_contact)s edge households no contact person. %(tasks_in_time)s of the "
            "tasks ended in time; %(faults)s errors of the data stood at the end."
        )
        % facts
    )


def slow_words(figures, named):
    """A line for each named county: how it is called, and what is late."""
    if not named:
        return _("No county is late in the figures of this bulletin.")
    lines = []
    for place in places_of(figures, Level.COUNTY):
        codes = named.get(place["id"])
        if codes:
            slow = _("weak in its work") if len(codes) >= WEAK_FROM else _("slow in its progress")
            late = _(", ").join(
                f"{BY_CODE[code].words} {said(place, code, counted=True)}" for code in codes
            )
            lines.append(
                _("%(county)s is %(slow)s: %(late)s.")
                % {"county": place["name"], "slow": slow, "late": late}
            )
    return "\n".join(lines)


def limits_words():
    with override(settings.LANGUAGE_CODE):
        return _(", ").join(
            f"{BY_CODE[code].words} {limit.words}" for code, limit in LIMITS.items()
        )


def _asked():
    return _(
        "The named counties answer the urging notice with what they have done, each figure by "
        "itself. Risks are removed within their limits, households due are visited, nobody is "
        "left without a person in charge (AH 3.2, 4.1.3, 4.2.2). Figures are counts of rows: "
        "who doubts one opens it in the system."
    )
