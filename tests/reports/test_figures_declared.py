"""Every figure by hand and by SQL of its own, beside what the roll-up wrote."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Count, Sum

from households.quality.check import ERROR
from households.quality.checks import codes_of
from monitoring.procedures import PROCEDURES
from monitoring.review import review_month
from reports.figures.declared.steps import KINDS
from reports.figures.rolling import roll_up
from reports.figures.sources import Month
from reports.figures.table import BY_CODE, FIGURES
from reports.models import Rollup
from tests.monitoring.test_review import AUGUST_EVE
from tests.reports.figure_things import everything

pytestmark = pytest.mark.django_db
JUNE = date(2020, 6, 1)
LIST = """FROM monitoring_campaignline l JOIN monitoring_campaign c ON c.id = l.campaign_id
 WHERE c.kind = 'screening' AND l.state <> 'dropped'"""
ANSWERED = "l.state <> 'answer' AND l.answered_at < '2020-07-01+08'"
ACTS = """FROM monitoring_caseact a JOIN monitoring_case c ON c.id = a.case_id
 WHERE a.due_on IS NOT NULL AND a.at >= '2020-06-01+08' AND a.at < '2020-07-01+08'"""
SUBMITTED = f"{ACTS} AND c.procedure IN ('tier', 'closing_exited') AND a.step = 0"
IN_TIME = "(a.at AT TIME ZONE 'Asia/Shanghai')::date <= a.due_on"
FAULT = """FROM households_fault WHERE found_on <= '2020-06-30'
 AND coalesce(fixed_on, '2020-08-01') > '2020-06-30'
 AND coalesce(waived_until, '2020-01-01') < '2020-06-30' AND code"""
ERRORS = "IN (SELECT unnest(%(errors)s))"
MEASURE = "FROM assistance_measure m WHERE"
BEGUN = "m.started_on BETWEEN '2020-06-01' AND '2020-06-30'"
OPEN = "m.started_on <= '2020-06-30' AND coalesce(m.ended_on, '2020-08-01') > '2020-06-30'"
PAST = "m.open_because = '' AND coalesce(m.due_on, '2020-01-01') <= '2020-06-30'"
PAID = "FROM assistance_grant WHERE paid_on BETWEEN '2020-06-01' AND '2020-06-30'"
CHECK = """FROM duties_task t WHERE t.kind = 'clue_check'
 AND t.due_on BETWEEN '2020-06-01' AND '2020-06-30' AND EXISTS (SELECT FROM monitoring_cluesource s
 WHERE s.clue_id = t.key::bigint AND s.channel = %(channel)s)"""
CHECKED = " AND t.ended_at < t.due_on + 1"
BURDEN = "FROM monitoring_burden WHERE month = '2020-06-01'"
ASKED = "FROM monitoring_enquiry e WHERE e.department = 'education' AND"
DUE = "e.due_on BETWEEN '2020-06-01' AND '2020-06-30' AND e.withdrawn_at IS NULL"
FILES = """FROM feeds_feedupload WHERE department = 'education'
 AND loaded_at >= '2020-06-01+08' AND loaded_at < '2020-07-01+08'"""
# Code -> (by hand, of by hand, SQL of the number, SQL of what it is of).
TOLD = {
    "screening_listed": (7, None, f"SELECT count(*) {LIST}", ""),
    "screening_visited": (
        3, 7, f"SELECT count(*) {LIST} AND {ANSWERED} AND l.answer IN ('no_risk', 'risk')",
        f"SELECT count(*) {LIST}",
    ),
    "screening_excused": (
        1, 7, f"SELECT count(*) {LIST} AND {ANSWERED} AND l.answer = 'excused'",
        f"SELECT count(*) {LIST}",
    ),
    "screening_waiting": (
        3, 7, f"SELECT count(*) {LIST} AND NOT coalesce({ANSWERED}, FALSE)",
        f"SELECT count(*) {LIST}",
    ),
    "screening_risks": (
        1, 7, f"SELECT count(*) {LIST} AND {ANSWERED} AND l.answer = 'risk'",
        f"SELECT count(*) {LIST}",
    ),
    "burden_again": (13, 40, f"SELECT sum(again) {BURDEN}", f"SELECT sum(answers) {BURDEN}"),
    "burden_twice": (5, 12, f"SELECT sum(twice) {BURDEN}", f"SELECT sum(asked) {BURDEN}"),
    "burden_requests": (27, 2, f"SELECT sum(requests) {BURDEN}", f"SELECT count(*) {BURDEN}"),
    "burden_minutes": (600, 5, f"SELECT sum(seconds) {BURDEN}", f"SELECT sum(timed) {BURDEN}"),
    "steps_in_time": (2, 3, f"SELECT count(*) {ACTS} AND {IN_TIME}", f"SELECT count(*) {ACTS}"),
    "step_village_submit": (
        1, 2, f"SELECT count(*) {SUBMITTED} AND {IN_TIME}", f"SELECT count(*) {SUBMITTED}",
    ),
    "step_village_submit_1": (
        1, None, f"SELECT count(*) {SUBMITTED} AND a.at - a.waited_since <= '1 day'", "",
    ),
    "step_village_submit_20": (
        2, None, f"SELECT count(*) {SUBMITTED} AND a.at - a.waited_since <= '20 days'", "",
    ),
    "step_township_review": (
        1, 1, f"SELECT count(*) {ACTS} AND c.procedure = 'tier' AND a.step = 1 AND {IN_TIME}",
        f"SELECT count(*) {ACTS} AND c.procedure = 'tier' AND a.step = 1",
    ),
    "clues_village_in_time": (
        1, 2, f"SELECT count(*) {CHECK}{CHECKED}", f"SELECT count(*) {CHECK}",
    ),
    "clues_department_in_time": (
        0, 2, f"SELECT count(*) {CHECK}{CHECKED}", f"SELECT count(*) {CHECK}",
    ),
    "faults": (3, None, f"SELECT count(*) {FAULT} {ERRORS}", ""),
    "faults_30": (
        2, None, f"SELECT count(*) {FAULT} {ERRORS} AND '2020-06-30' - found_on > 30", "",
    ),
    "faults_90": (
        1, None, f"SELECT count(*) {FAULT} {ERRORS} AND '2020-06-30' - found_on > 90", "",
    ),
    "warnings": (1, None, f"SELECT count(*) {FAULT} NOT {ERRORS}", ""),
    "faults_mended": (
        1, None,
        "SELECT count(*) FROM households_fault WHERE fixed_on <= '2020-06-30'",
        "",
    ),
    "days_to_mend": (
        10, 1,
        "SELECT sum(fixed_on - found_on) FROM households_fault WHERE fixed_on <= '2020-06-30'",
        "SELECT count(*) FROM households_fault WHERE fixed_on <= '2020-06-30'",
    ),
    "measures_begun": (2, None, f"SELECT count(*) {MEASURE} {BEGUN}", ""),
    "measures_done": (
        1, 2, f"SELECT count(*) {MEASURE} m.ended_on <= '2020-06-30' AND m.result = 'done'",
        f"SELECT count(*) {MEASURE} m.ended_on <= '2020-06-30'",
    ),
    "measures_unaccounted": (
        1, 3, f"SELECT count(*) {MEASURE} {OPEN} AND {PAST}", f"SELECT count(*) {MEASURE} {OPEN}",
    ),
    "grants_paid": (2, None, f"SELECT count(*) {PAID}", ""),
    "grants_amount": (80050, 2, f"SELECT sum(amount) * 100 {PAID}", f"SELECT count(*) {PAID}"),
    "relief_unfiled": (
        1, None, "SELECT count(*) FROM assistance_grant WHERE urgent AND filed_at > '2020-07-01'",
        "",
    ),
    "asked_education": (
        4, None, f"SELECT count(*) {ASKED} e.asked_at < '2020-07-01+08'", "",
    ),
    "answered_education": (
        1, 3, f"SELECT count(*) {ASKED} {DUE} AND e.answered_at < e.due_on + 1",
        f"SELECT count(*) {ASKED} {DUE}",
    ),
    "days_to_answer_education": (
        12, 2, f"SELECT sum(extract(day FROM answered_at - asked_at)) {ASKED}"
        " e.answered_at < '2020-07-01'",
        f"SELECT count(*) {ASKED} e.answered_at < '2020-07-01'",
    ),
    "late_education": (
        1, None, f"SELECT count(*) {ASKED} {DUE} AND e.answered_at > '2020-07-01'", "",
    ),
    "carried_education": (
        1, None, f"SELECT count(*) {MEASURE} {OPEN} AND m.department = 'education'", "",
    ),
    "unaccounted_housing": (
        1, 2, f"SELECT count(*) {MEASURE} {OPEN} AND {PAST} AND m.department = 'housing'",
        f"SELECT count(*) {MEASURE} {OPEN} AND m.department = 'housing'",
    ),
    "tasks_education": (
        1, 2, "SELECT count(*) FROM duties_task WHERE department = 'education'"
        " AND ended_at < due_on + 1",
        "SELECT count(*) FROM duties_task WHERE department = 'education'",
    ),
    "files_education": (2, None, f"SELECT count(*) {FILES}", ""),
    "matched_education": (
        40, 50, f"SELECT sum((counts->>'matched')::int) {FILES}",
        f"SELECT sum((counts->>'rows')::int) {FILES}",
    ),
}  # fmt: skip


@pytest.fixture
def run(cast):
    everything(cast)
    made = review_month(
        province=cast.province.division, month=JUNE, by=cast.province, at=AUGUST_EVE
    )
    roll_up(made)
    return made


def asked(sql, code):
    with connection.cursor() as cursor:
        cursor.execute(sql, {"errors": codes_of(ERROR), "channel": code.split("_")[-3:][0]})
        return int(cursor.fetchone()[0] or 0)


def test_figures_equal_counts_by_hand_and_by_sql(cast, run):
    values = Rollup.objects.get(division=cast.province.division).values
    for code, (n, of, sql, sql_of) in TOLD.items():
        kept = values.get(code, [0, 0])
        assert (kept[0], asked(sql, code)) == (n, n), code
        if of is not None:
            assert (kept[1], asked(sql_of, code)) == (of, of), code


def test_sums_of_amounts_are_those_of_the_rows_in_every_division(cast, run):
    month = Month(run)
    amounts = [one for one in FIGURES if one.amount is not None]
    for rollup in Rollup.objects.select_related("division"):
        place = rollup.division
        for one in amounts:
            rows = one.source.rows(month).filter(one.rows(month)).filter(
                **{f"{one.source.place.removesuffix('_id')}__{place.level_column}": place.id}
            )  # fmt: skip
            by = Sum(one.over) if one.over is not None else Count("pk")
            found = rows.aggregate(n=Sum(one.amount), of=by)
            n, of = rollup.values.get(one.code, [0, 0])
            assert n == int(getattr(found["n"], "days", found["n"]) or 0), (place, one.code)
            assert (of or 0) == (found["of"] or 0), (place, one.code)


def test_every_step_of_every_procedure_is_of_one_kind():
    seen = [
        (procedure, variant, place)
        for kind in KINDS
        for (procedure, variant), places in kind.steps.items()
        for place in places
    ]
    every = [
        (procedure.code, variant.code, place)
        for procedure in PROCEDURES.values()
        for variant in procedure.variants
        for place, _step in enumerate(variant.steps)
    ]
    assert sorted(seen) == sorted(every)


def test_nobody_is_ranked_by_what_it_is_asked():
    assert all(not one.compared for one in FIGURES if one.group == "burden")
    assert not BY_CODE["burden_minutes"].compared and BY_CODE["faults"].compared
