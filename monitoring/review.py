"""The monthly review (AH 3.2): gather, judge, mark, compare, freeze.

One row per household and month. Killed anywhere, doubled or run late, it gives the same result:
judging is rewritten as a whole until the month is frozen, and flags are written only in the
transaction that freezes it. A frozen month stays; a correction is a named run that touches no flag.
"""

import json
from calendar import monthrange
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Min
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import Division
from accounts.models.divisions import Level
from accounts.workdays import add_workdays
from assistance.catalogue import MEASURE_TYPES
from households.models import Household
from jobs.running import Refused
from monitoring.models import FACT_NAMES, Run
from monitoring.policy.judging import (
    EVERYWHERE,
    REGISTER,
    facts_parameters,
    facts_sql,
    figures_cte,
    judged_sql,
)
from monitoring.policy.parameters import figures_on
from monitoring.policy.rules import SUDDEN_EVENT
from monitoring.policy.versions import policy_version
from monitoring.procedures import PROCEDURES

SQL = Path(__file__).parent / "sql"
LOCK_SPACE = 0x726576  # the first key of this project's advisory locks on runs
WORTH_SLICING = 50_000  # households; below, a second connection costs more than it saves
STAGES = (gettext_lazy("judging households"), gettext_lazy("setting flags"))


def month_end(month):
    return month.replace(day=monthrange(month.year, month.month)[1])


def month_before(day):
    """The first day of the month before that of ``day``."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def review_month(*, province, month, by, at, name="", because="", progress=lambda done: None):
    """Reviews ``month`` (any day of it) of a province and freezes it. Returns the run.

    A frozen run is returned as it is. ``name`` makes a correction beside the regular run. Raises
    ``Refused`` when the month has not ended or a county has no income line.
    """
    month = month.replace(day=1)
    with _one_at_a_time(province):
        run = _open_run(province, month, name, because, by, at)
        if run.state == Run.State.FROZEN:
            return run
        tiers = _judge(run, at)
        progress(1)
        _mark_and_freeze(run, tiers, at)
        progress(2)
    return run


@contextmanager
def _one_at_a_time(province):
    """Two reviews of a province wait for each other; the lock dies with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_SPACE, province.id])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, province.id])


def _open_run(province, month, name, because, by, at):
    as_of = month_end(month)
    if as_of > localdate(at):
        raise Refused(
            _("%(month)s has not ended; it can be reviewed from its last day on.")
            % {"month": f"{month:%Y-%m}"}
        )
    runs = Run.objects.filter(province=province)
    known = runs.filter(month=month, name=name).first()
    if known:
        return known
    return Run.objects.create(
        province=province,
        month=month,
        name=name,
        as_of=as_of,
        asked_by=by,
        asked_at=at,
        because=because,
    )


def figures_for(province, day):
    """The figures of each county, refused where no income line holds."""
    counties = list(Division.objects.filter(province=province, level=Level.COUNTY))
    figures = figures_on(day, counties)
    without = [county.name for county in counties if figures[county.id]["line"] is None]
    if without:
        raise Refused(
            _(
                "No line of per-capita net income holds on %(day)s in %(counties)s. "
                "No document gives one: enter it under policy parameters."
            )
            % {"day": day, "counties": _names(without, len(counties), province)}
        )
    return figures


def _names(without, all_of_them, province):
    if len(without) == all_of_them:
        return province.name
    return "、".join(without[:5]) + ("…" if len(without) > 5 else "")


def _judge(run, at):
    """Fills the run's partition anew and attaches it. Killed anywhere, it is done again whole.
    Returns how many households are of each tier."""
    figures = figures_for(run.province, run.as_of)
    run.policy = policy_version(figures, province=run.province, day=run.as_of, at=at)
    run.save(update_fields=["policy"])
    partition = f"monitoring_assessment_{run.id}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TABLE IF EXISTS {partition};"
            f" CREATE TABLE {partition} (LIKE monitoring_assessment INCLUDING DEFAULTS)"
        )
    slices = _slices(run)
    if len(slices) == 1:
        tiers = _fill(run, figures, slices[0])
    else:
        with ThreadPoolExecutor(len(slices)) as pool:
            found = pool.map(lambda between: _fill_beside(run, figures, between), slices)
            tiers = sum(found, Counter())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(
            f"ALTER TABLE monitoring_assessment ATTACH PARTITION {partition}"
            f" FOR VALUES IN ({run.id}); ANALYZE {partition} (household_id, red, listed, tier)"
        )
    return tiers


def _slices(run):
    """Ranges of household ids to judge at once, one for each connection that the review may use.

    A small province, or a caller inside a transaction that nobody else could look into, is one.
    """
    # Two looks into an index; counting those of the province would read every row once more.
    found = Household.objects.aggregate(first=Min("id"), last=Max("id"))
    parts, first = settings.REVIEW_CONNECTIONS, found["first"] or 0
    room = (found["last"] or 0) - first + 1
    if room < WORTH_SLICING or connection.in_atomic_block or parts < 2:
        return [EVERYWHERE]
    step = -(-room // parts)
    starts = [first + n * step for n in range(parts)]
    return [(start, start + step - 1) for start in starts]


def _fill_beside(run, figures, between):
    try:
        return _fill(run, figures, between)
    finally:
        connection.close()


@transaction.atomic
def _fill(run, figures, between):
    columns = ", ".join(
        [*REGISTER, *(f'"{name}"' for name in FACT_NAMES), "red", "yellow", "unknown", "tier"]
    )
    parameters = facts_parameters(run.as_of, province_id=run.province_id, between=between)
    with connection.cursor() as cursor:
        # Compiling costs more than it saves. Whole tables are read, so a plan that goes row by row
        # is never right, even where a table's statistics are from before it was filled.
        cursor.execute(
            "SET LOCAL jit = off; SET LOCAL work_mem = '256MB'; SET LOCAL enable_nestloop = off"
        )
        cursor.execute(
            f"WITH {figures_cte(run.as_of, figures)}, facts AS ({facts_sql()}), filled AS ("
            f" INSERT INTO monitoring_assessment_{run.id} (run_id, flag_change, {columns})"
            f" SELECT {run.id}, '', {columns} FROM ({judged_sql()}) judged RETURNING tier)"
            " SELECT tier, count(*) FROM filled GROUP BY tier",
            parameters,
        )
        return Counter(dict(cursor.fetchall()))


@transaction.atomic
def _mark_and_freeze(run, tiers, at):
    """Flags, clues and the report's lines, and the end of the month's work, in one transaction."""
    known = Run.objects.select_for_update().get(id=run.id)
    if known.state == Run.State.FROZEN:
        return
    parameters = {
        "run_id": run.id,
        "as_of": run.as_of,
        "sudden_event": SUDDEN_EVENT.bit,
        "regular": run.name == "",
        "measure_words": _measure_words(),
        "at": at,
        "workdays": _workdays(run, localdate(at)),
        "listing": [code for code, row in PROCEDURES.items() if row.lists],
    }
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE figures ON COMMIT DROP AS {_figures_select(run)}")
        for statement in (SQL / "marks.sql").read_text().split(";\n"):
            if statement.strip():
                cursor.execute(statement, parameters)
        cursor.execute("DROP TABLE figures, noted, marked, clues")
    run.counts = {f"tier {tier}": number for tier, number in tiers.items()} | _counts(run)
    run.state, run.frozen_at = Run.State.FROZEN, at
    run.save(update_fields=["counts", "state", "frozen_at"])


def _measure_words():
    """The report is frozen in the language of the house, whoever asked for it."""
    with override(settings.LANGUAGE_CODE):
        return json.dumps({code: str(row.words) for code, row in MEASURE_TYPES.items()})


def _workdays(run, today):
    """Where the days for a clue end, for each number of days that holds in a county."""
    figures = run.policy.by_county().values()
    numbers = {int(row[name]) for row in figures for name in ("clue_check_days", "clue_days")}
    return json.dumps({number: f"{add_workdays(today, number)}" for number in numbers})


def _figures_select(run):
    return f"WITH {figures_cte(run.as_of, run.policy.by_county())} SELECT * FROM figures"


def _counts(run):
    """What the run changed, for its page."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT change, count(*) FROM monitoring_flagline WHERE run_id = %(run)s GROUP BY 1"
            " UNION ALL SELECT 'overdue', count(*) FROM monitoring_flagline"
            " WHERE run_id = %(run)s AND overdue UNION ALL"
            " SELECT 'clues', count(*) FROM monitoring_clue WHERE found_by_id = %(run)s",
            {"run": run.id},
        )
        return dict(cursor.fetchall())
