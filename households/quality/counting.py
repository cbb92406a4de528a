"""Figures of faults: read from the counts that the run keeps (``rolling.py``), not from the rows.

Who sees only the households assigned to them is told what their own rows say; those are few.
"""

from django.db.models import Count, Q, Sum

from accounts.models import Division
from accounts.models.divisions import Level
from households.models import FaultCount, FaultTrend, QualityRun
from households.quality.check import Severity
from households.quality.checks import BY_CODE, CHECKS, codes_of

DAYS, MONTHS = 14, 12
FIXED_COUNTED = 1000


def by_code(rows, post, place, today):
    """{code: (open, waived)} in ``place``; ``rows`` are the faults that the post sees there."""
    if post.role_row.sees == "assigned":
        waived = Count("id", filter=Q(waived_until__gte=today))
        told = rows.standing().order_by().values("code")
        told = told.annotate(open=Count("id") - waived, waived=waived)
    else:
        told = FaultCount.objects.visible_to(post).of(place).values("code", "open", "waived")
    counts = {row["code"]: (row["open"], row["waived"]) for row in told}
    return {code: pair for code, pair in counts.items() if any(pair) and code in BY_CODE}


def by_state(counts, codes):
    """How many are open and waived of these checks."""
    pairs = [pair for code, pair in counts.items() if codes is None or code in codes]
    return {"open": sum(pair[0] for pair in pairs), "waived": sum(pair[1] for pair in pairs)}


def fixed(rows):
    """How many were fixed; beyond a thousand it says so."""
    number = rows.fixed().order_by()[: FIXED_COUNTED + 1].count()
    return f"{FIXED_COUNTED}+" if number > FIXED_COUNTED else number


def by_division(post, place, state, codes=None):
    """The divisions right below ``place`` with their faults by severity, those without one too."""
    if place.level == Level.VILLAGE or post.role_row.sees == "assigned" or state == "fixed":
        return []
    rows = FaultCount.objects.visible_to(post).right_below(place)
    rows = rows if codes is None else rows.filter(code__in=codes)
    sums = {
        severity.value: Sum(state, filter=Q(code__in=codes_of(severity)), default=0)
        for severity in Severity
    }
    counts = {row["division"]: row for row in rows.order_by().values("division").annotate(**sums)}
    none = dict.fromkeys((severity.value for severity in Severity), 0)
    below = Division.objects.filter(parent=place).order_by("code")
    return [(division, counts.get(division.id, none)) for division in below]


def by_division_of_code(post, place, code):
    """(division, how many) right below ``place``, of one code that is counted."""
    if place.level == Level.VILLAGE or post.role_row.sees == "assigned":
        return []
    rows = FaultCount.objects.visible_to(post).right_below(place).filter(code=code)
    counts = dict(rows.values_list("division", "open"))
    below = Division.objects.filter(parent=place).order_by("code")
    return [(division, counts.get(division.id, 0)) for division in below]


def by_check(counts):
    """(check, open, waived) of every check with a standing fault, the worst and most first."""
    order = list(Severity)
    told = [(BY_CODE[code], *numbers) for code, numbers in counts.items()]
    return sorted(told, key=lambda row: (order.index(row[0].severity), -row[1], row[0].code))


def clean_checks(counts):
    return len(CHECKS) - len(counts)


def trend(post, place):
    """{"days": rows, "months": rows}, the latest last; a row is (day, errors, warnings, hints)
    that stood open after the day's run. Of a month its last run tells."""
    if post.role_row.sees == "assigned":
        return {}
    runs = QualityRun.objects.visible_to(post).filter(province=place.province_id).order_by("-day")
    days = list(runs.values_list("day", flat=True).distinct()[: 31 * MONTHS])
    last = {(day.year, day.month): day for day in reversed(days)}
    asked = {"days": sorted(days[:DAYS]), "months": sorted(last.values())[-MONTHS:]}
    rows = FaultTrend.objects.visible_to(post).of(place)
    rows = rows.filter(day__in={*asked["days"], *asked["months"]})
    stood = {row[0]: row for row in rows.values_list("day", "errors", "warnings", "hints")}
    return {
        name: [stood.get(day, (day, 0, 0, 0)) for day in chosen]
        for name, chosen in asked.items()
        if len(chosen) > 1
    }
