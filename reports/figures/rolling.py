"""The roll-up of a reviewed month: how each household stood, then every figure of every division.

One transaction for a month, under a lock: killed it has written nothing, repeated it gives the
same. Correction runs have none; the regular run of a month is what figures tell.
"""

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Count, Sum

from accounts.models import Division
from monitoring.models import Run
from monitoring.review import month_before
from reports.figures.sources import Month
from reports.figures.table import FIGURES
from reports.models import Rollup

STOOD_SQL = Path(__file__).parent / "sql" / "stood.sql"
LOCK_SPACE = 0x666967  # the first key of this project's advisory locks on roll-ups
BATCH = 2000


def roll_up(run):
    """Writes the roll-up of a frozen regular run anew. Returns how many divisions have figures."""
    month = Month(run)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, run.province_id])
        cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '256MB'")
        _stand(cursor, month)
        values = _summed(_by_place(month), run.province)
        in_province = Rollup.objects.filter(division__province=run.province_id)
        in_province.filter(month=run.month).delete()
        Rollup.objects.bulk_create(
            [
                Rollup(division_id=division, month=run.month, values=figures)
                for division, figures in values.items()
            ],
            batch_size=BATCH,
        )
    return len(values)


def without_rollup():
    """Frozen regular runs that have none yet."""
    rolled = Rollup.objects.values("division__province", "month").distinct()
    have = set(rolled.values_list("division__province", "month"))
    runs = Run.objects.frozen().regular().select_related("province").order_by("month")
    return [run for run in runs if (run.province_id, run.month) not in have]


def _stand(cursor, month):
    run = month.run
    before = Run.objects.frozen().regular()
    before = before.filter(province=run.province, month=month_before(run.month)).first()
    quarter = run.month.replace(month=run.month.month - (run.month.month - 1) % 3)
    # Written without indexes, indexed once: half the time.
    partition = f"reports_stood_{run.id}"
    cursor.execute(
        f"DROP TABLE IF EXISTS {partition};"
        f" CREATE TABLE {partition} (LIKE reports_stood INCLUDING DEFAULTS)"
    )
    cursor.execute(
        STOOD_SQL.read_text().replace("{partition}", partition),
        {
            "run": run.id,
            "before": before.id if before else None,
            "first": month.first,
            "last": month.last,
            "quarter": quarter,
            "frozen_at": run.frozen_at,
        },
    )
    cursor.execute(
        f"ALTER TABLE reports_stood ATTACH PARTITION {partition} FOR VALUES IN ({run.id});"
        f" ANALYZE {partition}"
    )


def _by_place(month):
    """Division id -> code -> [numerator, denominator]: one statement for each source."""
    found = defaultdict(dict)
    by_source = defaultdict(list)
    for figure in FIGURES:
        by_source[figure.source].append(figure)
    for source, figures in by_source.items():
        counts = {}
        for figure in figures:
            counts |= _counts(figure, month)
        rows = source.rows(month).order_by().values_list(source.place).annotate(**counts)
        at = {name: place for place, name in enumerate(counts)}
        pairs = [(one.code, at[f"{one.code}_n"], at.get(f"{one.code}_d")) for one in figures]
        for place, *numbers in rows.values_list(source.place, *counts):
            for code, n, d in pairs:
                if numbers[n] or (d and numbers[d]):
                    found[place][code] = [_plain(numbers[n]), d and _plain(numbers[d])]
    return found


def _counts(figure, month):
    """The aggregates of a figure: ``CODE_n`` and, of shares and means, ``CODE_d``."""
    rows = figure.rows(month)
    if figure.amount:
        total = Sum(figure.amount, filter=rows)
        by = Sum(figure.over, filter=rows) if figure.over else Count("pk", filter=rows)
        return {f"{figure.code}_n": total, f"{figure.code}_d": by}
    counts = {f"{figure.code}_n": Count("pk", filter=rows)}
    if figure.of:
        counts[f"{figure.code}_d"] = Count("pk", filter=figure.of(month))
    return counts


def _plain(value):
    """Days for a length of time, fen for money; what is not there adds nothing."""
    value = getattr(value, "days", value)
    return int(value) if isinstance(value, Decimal) else value


def _summed(found, province):
    """The same for every division with anything below it, and always for the province: each adds
    what it has to the one above, villages first."""
    total = defaultdict(dict, {province.id: {}})
    places = Division.objects.filter(province=province).order_by("-level")
    for place, parent in places.values_list("id", "parent_id"):
        if place in found:
            _add(total[place], found[place])
        if parent and place in total:
            _add(total[parent], total[place])
    return total


def _add(total, figures):
    for code, (n, d) in figures.items():
        before = total.setdefault(code, [0, None])
        before[0] += n or 0
        before[1] = d if before[1] is None else before[1] + (d or 0)
