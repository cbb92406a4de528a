"""Counts of faults, each by one statement whatever the number of divisions or checks."""

from django.db.models import Count, F, Q

from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS, Level
from households.models import QualityRun
from households.quality.check import Severity
from households.quality.checks import BY_CODE, CHECKS, codes_of

RUNS = 8


def by_state(rows, today):
    standing = Q(fixed_on=None)
    waived = standing & Q(waived_until__gte=today)
    return rows.aggregate(
        open=Count("id", filter=standing) - Count("id", filter=waived),
        waived=Count("id", filter=waived),
        fixed=Count("id", filter=~standing),
    )


def _by_severity():
    return {
        severity.value: Count("id", filter=Q(code__in=codes_of(severity))) for severity in Severity
    }


def by_division(rows, place):
    """The divisions right below ``place`` with their faults, those without one too."""
    if place.level == Level.VILLAGE:
        return []
    column = LEVEL_COLUMNS[place.level + 1]
    counted = rows.order_by().values(below=F(f"household__{column}")).annotate(**_by_severity())
    counts = {row["below"]: row for row in counted}
    none = dict.fromkeys((severity.value for severity in Severity), 0)
    below = Division.objects.filter(parent=place).order_by("code")
    return [(division, counts.get(division.id, none)) for division in below]


def by_check(rows, today):
    """(check, open, waived) of every check with a standing fault, the worst and most first."""
    waived = Count("id", filter=Q(waived_until__gte=today))
    counted = rows.order_by().values("code").annotate(number=Count("id") - waived, waived=waived)
    found = {row["code"]: (row["number"], row["waived"]) for row in counted}
    order = list(Severity)
    told = [(BY_CODE[code], *numbers) for code, numbers in found.items() if code in BY_CODE]
    return sorted(told, key=lambda row: (order.index(row[0].severity), -row[1], row[0].code))


def clean_checks(told):
    return len(CHECKS) - len(told)


def trend(rows, post):
    """(day, errors that stood after that day's run), the latest last."""
    days = QualityRun.objects.visible_to(post).order_by("-day").values_list("day", flat=True)
    days = sorted(days.distinct()[:RUNS])
    stood = {
        f"day{n}": Count(
            "id", filter=Q(found_on__lte=day) & (Q(fixed_on=None) | Q(fixed_on__gt=day))
        )
        for n, day in enumerate(days)
    }
    counts = rows.errors().aggregate(**stood) if days else {}
    return [(day, counts[f"day{n}"]) for n, day in enumerate(days)]
