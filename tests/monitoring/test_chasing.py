"""Deadlines are chased once each: a reminder before, the level above when they are over."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import workdays
from accounts.models import CalendarDay
from households.models import Household
from monitoring import tasks
from monitoring.cases import casework
from monitoring.cases.records import answer_enquiry, ask_department, withdraw_enquiry
from monitoring.inbox.chasing import Chased, chase
from monitoring.models import Case, CaseAct, Enquiry, What
from tests.cast import NOW, TODAY
from tests.monitoring.chains import opened, refreshed
from tests.monitoring.desks import lying
from tests.worker import Worker, wait_for

LATE = TODAY - timedelta(days=1)
NEXT = date(2020, 6, 28)  # 25 and 26 June 2020 were holidays, the Sunday was made up for them
FAR = date(2020, 7, 10)


def told(what):
    return list(CaseAct.objects.filter(what=what).values_list("case", flat=True))


@pytest.mark.parametrize(
    ("due", "reminded"),
    [
        (LATE, False),  # over: that is told to the level above
        (TODAY, True),
        (NEXT, True),
        (date(2020, 6, 29), False),
    ],
)
def test_a_desk_is_reminded_one_working_day_before(cast, due, reminded):
    case = lying(cast, due=due)
    chase(at=NOW)
    assert refreshed(case).reminded is reminded
    assert told(What.REMINDED) == [case.id] * reminded


@pytest.mark.parametrize(
    ("procedure", "step", "above"),
    [
        ("tier", 0, "341524105000"),
        ("tier", 1, "341524000000"),
        ("tier", 2, "341500000000"),
        ("closing_exited", 3, "340000000000"),
        ("closing_exited", 4, None),  # the province has nobody above
        ("intervention", 2, "341500000000"),  # waits for departments of the county
    ],
)
def test_what_is_late_is_told_one_level_up(cast, procedure, step, above):
    case = lying(cast, procedure, step, due=LATE)
    chase(at=NOW)
    case = refreshed(case)
    assert (case.escalated_to and case.escalated_to.code) == above
    assert told(What.ESCALATED) == ([case.id] if above else [])
    if above:
        act = case.acts.get(what=What.ESCALATED)
        assert act.by is None and act.because == case.escalated_to.name and act.changes == []


def test_twice_is_once(cast):
    lying(cast, due=TODAY)
    lying(cast, due=LATE)
    assert chase(at=NOW) == Chased(reminded=1, escalated=1)
    assert chase(at=NOW) == Chased(reminded=0, escalated=0)


def test_a_missed_morning_is_made_good(cast):
    case = lying(cast, due=TODAY)
    chase(at=NOW + timedelta(days=9))
    assert told(What.REMINDED) == [] and told(What.ESCALATED) == [case.id]


def test_who_looks_at_the_case_meanwhile_is_not_disturbed(cast):
    case = lying(cast, due=LATE)
    seen = case.version
    chase(at=NOW)
    colleague = cast.post("county", "341524000000")
    casework.return_case(case, seen_version=seen, because="再核实", by=colleague, at=NOW)
    case = refreshed(case)
    assert case.escalated_to is None and case.reminded is False  # a new desk, a new deadline


def test_ended_and_distant_cases_are_left_alone(cast):
    lying(cast, due=FAR)
    ended = lying(cast, due=LATE)
    casework.return_case(ended, seen_version=1, because="再核实", by=cast.county, at=NOW)
    assert chase(at=NOW) == Chased(0, 0)


def test_a_thousand_cost_what_ten_do(cast):
    def many(number):
        model = lying(cast, due=TODAY)
        homes = [cast.household() for _ in range(number)]
        rows = []
        for n, home in enumerate(homes):
            row = Case.objects.get(pk=model.pk)
            row.pk, row.household, row.number = None, home, f"{number}-{n}"
            row.due_on = (TODAY, LATE)[n % 2]
            rows.append(row)
        Case.objects.bulk_create(rows)

    def cost(number):
        many(number)
        with CaptureQueriesContext(connection) as seen:
            chased = chase(at=NOW)
        assert chased.reminded + chased.escalated == number + 1
        return len(seen)

    assert cost(10) == cost(1000) == 5


@pytest.mark.django_db(transaction=True)
def test_it_waits_for_nobody_who_is_acting(cast):
    """A case that an officer holds at this moment is passed over, and found by the next run."""
    held, free = lying(cast, due=LATE), lying(cast, due=LATE)
    found = []

    def run():
        found.append(chase(at=NOW))
        connection.close()

    with transaction.atomic():
        Case.objects.select_for_update(of=["self"]).get(pk=held.pk)
        other = Thread(target=run)
        other.start()
        other.join(timeout=30)
        assert not other.is_alive()
    assert found == [Chased(0, 1)] and told(What.ESCALATED) == [free.id]
    assert chase(at=NOW) == Chased(0, 1)


def test_by_hand(cast, capsys):
    lying(cast, due=timezone.localdate() - timedelta(days=7))
    call_command("chase_deadlines")
    assert capsys.readouterr().out == "reminded 0, told the level above 1\n"


@pytest.fixture
def offices(db):
    """``offices(works)``: whether this very day is a working day."""

    def say(works):
        CalendarDay.objects.create(day=timezone.localdate(), works=works, name="")
        workdays.look_again()

    return say


@pytest.mark.parametrize("works", [True, False])
def test_the_calendar_rests_when_the_offices_rest(cast, offices, works):
    offices(works)
    case = lying(cast, due=timezone.localdate() - timedelta(days=7))
    tasks.chase_deadlines()
    assert told(What.ESCALATED) == [case.id] * works


@pytest.mark.django_db(transaction=True)
def test_a_worker_chases_and_a_second_message_changes_nothing(cast, offices):
    offices(True)
    today = timezone.localdate()
    late = lying(cast, due=today - timedelta(days=7))
    with Worker():
        for _ in range(3):
            tasks.chase_deadlines.delay()
        wait_for(lambda: told(What.ESCALATED) == [late.id])
        near = lying(cast, due=today)
        tasks.chase_deadlines.delay()
        wait_for(lambda: told(What.REMINDED) == [near.id])
    assert told(What.ESCALATED) == [late.id]


def test_the_beat_knows_it():
    from povertywatch.celery import app

    entry = app.conf.beat_schedule["chase deadlines"]
    assert entry["task"] == tasks.chase_deadlines.name


def asked(cast, due, **facts):
    """A question of Jinzhai to its education office, due on a day."""
    case = opened(cast, "edge_listing", by=cast.county, **facts)
    question = ask_department(
        case, department="education", question="有无失学", by=cast.county, at=NOW
    )
    Case.objects.filter(pk=case.pk).update(due_on=FAR)
    Enquiry.objects.filter(pk=question.pk).update(due_on=due)
    return question


def trail(question, what):
    return list(question.case.acts.filter(what=what).values_list("because", "by"))


@pytest.mark.parametrize(("due", "reminded"), [(LATE, False), (TODAY, True), (FAR, False)])
def test_a_department_is_reminded_of_a_question(cast, due, reminded):
    question = asked(cast, due)
    assert chase(at=NOW).questions == (due != FAR)
    question.refresh_from_db()
    assert question.reminded is reminded
    assert trail(question, What.REMINDED) == [("教育", None)] * reminded


def test_a_late_question_is_told_to_the_department_above_once(cast, client):
    question = asked(cast, LATE)
    assert [chase(at=NOW).questions for _ in range(2)] == [1, 0]
    question.refresh_from_db()
    assert question.escalated_to == cast.city.division
    assert trail(question, What.ESCALATED) == [("教育 → 六安市", None)]
    above = cast.post("department", "341500000000", department="education")
    other = cast.post("department", "341500000000", department="water")
    for post, shown in ((above, True), (other, False), (cast.education, False)):
        client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
        page = client.get("/enquiries/?tab=late")
        assert [row.pk for row in page.context["page"]] == [question.pk] * shown
        assert ('href="?tab=late"' in page.text) is (post.division.level < 3)


@pytest.mark.parametrize("gone", ["answered", "withdrawn", "ended"])
def test_a_question_that_waits_no_longer_is_not_chased(cast, gone):
    question = asked(cast, LATE)
    if gone == "ended":
        casework.withdraw(question.case, seen_version=1, because="重复", by=cast.county, at=NOW)
    elif gone == "answered":
        answer_enquiry(question, answer="无", speaks_against=False, by=cast.education, at=NOW)
    else:
        withdraw_enquiry(question, because="问错了", by=cast.county, at=NOW)
    assert chase(at=NOW).questions == 0


def test_a_case_that_follows_its_household_says_so(cast):
    case = lying(cast, "tier", 0, due=FAR)
    village = cast.divisions["341524105201"]
    Household.objects.filter(pk=case.household_id).update(village=village)
    chase(at=NOW)
    chase(at=NOW)
    assert refreshed(case).waiting_at == village
    acts = CaseAct.objects.filter(case=case, what=What.FOLLOWED)
    assert [(act.because, act.by) for act in acts] == [("豹迹岩村委会 → 斗林村委会", None)]
