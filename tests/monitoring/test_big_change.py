"""A big change that a visit reports opens a single adjustment of the tier at once (LA 2.1.2)."""

from datetime import date, timedelta
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.utils.timezone import localdate

from households.findings import Findings
from households.visiting import record_visit
from monitoring import tasks
from monitoring.cases import casework
from monitoring.cases.moving import TakenFirst
from monitoring.models import Case, CaseAct, CaseActor, ReportedChange, What
from monitoring.tiers.adjusting import adjust_again, adjust_waiting
from tests.cast import NOW, TODAY
from tests.monitoring import tiers
from tests.monitoring.chains import opened, refreshed, walked

ILLNESS = {"kind": "accident", "happened_on": date(2020, 6, 20), "causes_risk": True}
HOUR = timedelta(hours=1)


def family(cast, tier="blue", **facts):
    household = cast.family(tier=tier, **facts)
    told(household, cast, Findings(assurances={"food": "secure", "clothing": "secure"}))
    ReportedChange.objects.all().delete()
    return household


def told(household, cast, findings=None, by=None, at=NOW, **said):
    said = {"visited_on": TODAY, "made_at": at, "method": "in_person"} | said
    by = by or cast.village
    return record_visit(
        household, client_id=uuid4(), findings=findings or Findings(), by=by, at=at, **said
    )[0]


def accident():
    return Findings(events=[dict(ILLNESS)])


def tier_cases(household):
    return list(household.cases.filter(procedure="tier"))


def answer_of(visit):
    return ReportedChange.objects.get(visit=visit).answer


def test_a_visit_from_a_phone_without_network_opens_it_when_it_arrives(
    cast, django_capture_on_commit_callbacks
):
    household = family(cast)
    with django_capture_on_commit_callbacks(execute=True):
        visit = told(household, cast, accident(), visited_on=date(2020, 6, 21))
    (case,) = tier_cases(household)
    assert case.proposal == {"tier": "red"} and case.opened_by is None
    assert (case.waiting_at, case.waiting_role) == (cast.village.division, "village")
    (act,) = case.acts.all()
    assert (act.what, act.by) == (What.OPENED, None)
    assert "2020年6月21日" in act.because and "意外事故" in act.because
    assert act.changes == [["proposal.tier", "", "red"]]
    change = ReportedChange.objects.get(visit=visit)
    assert (change.answer, change.case, change.settled) == ("opened", case, True)


def test_what_nobody_looked_at_the_calendar_opens_once(cast):
    """The process died between the visit and the look: nothing ran on commit here."""
    household = family(cast)
    told(household, cast, accident())
    assert not tier_cases(household)
    assert adjust_waiting(at=NOW + HOUR) == 1
    assert adjust_waiting(at=NOW + HOUR) == 0 == adjust_again(at=NOW + HOUR)
    assert len(tier_cases(household)) == 1


def test_the_calendar_looks_at_all_that_wait(cast):
    household, other = family(cast), family(cast)
    for one in (household, other):
        told(one, cast, accident())
    tasks.adjust_tiers()
    assert len(tier_cases(household)) == len(tier_cases(other)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_open_one(cast):
    household = family(cast)
    ReportedChange.objects.all().delete()
    Case.objects.all().delete()
    told(household, cast)  # its own look on commit finds no change
    visit = household.visits.first()
    ReportedChange.objects.create(visit=visit, what=["event"], arrived_at=NOW)
    household.events.create(**ILLNESS, visit=visit, recorded_at=NOW)

    def run():
        adjust_waiting(at=NOW + HOUR)
        connection.close()

    runs = [Thread(target=run) for _ in range(4)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert len(tier_cases(household)) == 1
    assert answer_of(visit) == "opened"


def test_the_village_that_visited_may_submit_it_and_nobody_else_twice(cast):
    """The visitor took no part by visiting; who submits has, and the chain goes on as usual."""
    household = family(cast)
    told(household, cast, accident())
    adjust_waiting(at=NOW)
    (case,) = tier_cases(household)
    assert not CaseActor.objects.filter(case=case).exists()
    casework.pass_on(case, seen_version=case.version, by=cast.village, at=NOW)
    assert refreshed(case).waiting_at == cast.township.division
    case = walked(cast, refreshed(case))
    household.refresh_from_db()
    assert not case.is_open and household.tier == "red"


def test_a_township_officer_who_visited_may_still_review(cast):
    household = family(cast)
    told(household, cast, accident(), by=cast.township)
    adjust_waiting(at=NOW)
    (case,) = tier_cases(household)
    casework.pass_on(case, seen_version=case.version, by=cast.village, at=NOW)
    case = refreshed(case)
    casework.pass_on(case, seen_version=case.version, because="属实", by=cast.township, at=NOW)
    assert refreshed(case).waiting_at == cast.county.division


def test_nobody_withdraws_what_the_system_opened_before_it_is_submitted(cast):
    household = family(cast)
    told(household, cast, accident())
    adjust_waiting(at=NOW)
    (case,) = tier_cases(household)
    with pytest.raises(casework.Refused):
        casework.withdraw(case, seen_version=1, because="不属实", by=cast.village, at=NOW)


def test_a_forged_version_of_a_case_that_nobody_touched_is_answered(cast):
    household = family(cast)
    told(household, cast, accident())
    adjust_waiting(at=NOW)
    (case,) = tier_cases(household)
    with pytest.raises(TakenFirst):
        casework.pass_on(case, seen_version=77, by=cast.village, at=NOW)


def test_nothing_changed_is_not_even_noted(cast):
    household = family(cast, tier="red")
    told(household, cast, unchanged=True)
    told(household, cast, Findings(assurances={"food": "secure"}))
    assert not ReportedChange.objects.exists()


@pytest.mark.parametrize(
    ("facts", "findings", "answer"),
    [
        ({"tier": "red"}, accident(), "same"),
        ({"status": "general"}, accident(), "outside"),
        ({"tier": ""}, Findings(household={"hazard_spot": True}), "undivided"),
        ({"tier": ""}, accident(), "opened"),  # what befell it speaks for itself
        ({"status": "edge"}, accident(), "opened"),
        # Better than the ledger is another tier, too.
        ({"tier": "red"}, Findings(assurances={"food": "at_risk"}), "opened"),
        ({"water_safe": None}, Findings(household={"cropland_mu": 4}), "unknown"),
        ({}, Findings(household={"hazard_spot": True}), "opened"),
        ({}, Findings(household={"cropland_mu": 4}), "same"),
    ],
)
def test_when_an_adjustment_is_opened(cast, facts, findings, answer):
    household = family(cast, **facts)
    visit = told(household, cast, findings)
    adjust_waiting(at=NOW)
    assert answer_of(visit) == answer
    assert len(tier_cases(household)) == (answer == "opened")


def test_facts_that_leave_the_analysis_as_it_was_do_not_open_what_was_answered(cast):
    """The village keeps yellow against the analysis' red; another field is corrected later."""
    household = family(cast, tier="yellow")
    first = told(household, cast, accident())
    adjust_waiting(at=NOW)
    (case,) = tier_cases(household)
    casework.change_request(
        case, seen_version=1, because="家属可以承担", proposal={"tier": "yellow"},
        by=cast.village, at=NOW + HOUR,
    )  # fmt: skip
    case = refreshed(case)
    casework.pass_on(case, seen_version=case.version, by=cast.village, at=NOW + HOUR)
    walked(cast, case, at=NOW + HOUR)
    later = told(household, cast, Findings(household={"cropland_mu": 4}), at=NOW + 2 * HOUR)
    adjust_again(at=NOW + 2 * HOUR)
    assert (answer_of(first), answer_of(later)) == ("opened", "known")
    assert len(tier_cases(household)) == 1


def test_what_stands_in_the_way_is_looked_at_again_in_the_morning(cast):
    household = family(cast)
    case = opened(cast, "tier", household=household, by=cast.village)
    visit = told(household, cast, accident())
    adjust_waiting(at=NOW)
    assert answer_of(visit) == "under_way" and len(tier_cases(household)) == 1
    adjust_waiting(at=NOW + HOUR)  # the calendar's minutes leave it to the morning
    casework.withdraw(case, seen_version=1, because="另行处理", by=cast.village, at=NOW)
    adjust_again(at=NOW + HOUR)
    assert answer_of(visit) == "opened" and len(tier_cases(household)) == 2


def test_an_adjustment_suggested_after_the_visit_answers_it(cast):
    household = family(cast)
    case = opened(cast, "tier", household=household, by=cast.village)  # proposes yellow
    visit = told(household, cast, accident())
    adjust_waiting(at=NOW)
    case = walked(cast, case, at=NOW + HOUR)
    adjust_again(at=NOW + 2 * HOUR)
    household.refresh_from_db()
    assert household.tier == "yellow" and answer_of(visit) == "divided"
    assert len(tier_cases(household)) == 1


def test_a_round_that_has_the_line_is_waited_for(cast):
    household = tiers.home(cast)
    tiers.opened(cast)
    tiers.to_review(cast, household, "blue")
    at = tiers.AT + HOUR
    visit = told(household, cast, accident_of(tiers.VISITED), visited_on=localdate(at), at=at)
    adjust_waiting(at=at)
    assert answer_of(visit) == "round" and not tier_cases(household)
    assert tiers.decided(cast, household, cast.township, words="入户核实") == ""
    assert tiers.decided(cast, household, cast.county) == ""
    adjust_again(at=at + HOUR)  # suggested before the visit: nobody has answered it
    assert answer_of(visit) == "opened" and len(tier_cases(household)) == 1


def accident_of(day):
    return Findings(events=[ILLNESS | {"happened_on": day}])


def test_a_visit_is_stored_though_the_look_fails(cast, django_capture_on_commit_callbacks):
    """A visit is worth more than what follows from it: the calendar makes that good."""
    household = family(cast)
    with django_capture_on_commit_callbacks(execute=True):
        visit = told(household, cast, accident())
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE monitoring_casecounter RENAME TO elsewhere")
    assert household.visits.filter(pk=visit.pk).exists() and not tier_cases(household)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE elsewhere RENAME TO monitoring_casecounter")
    assert adjust_waiting(at=NOW + HOUR) == 1


def page(client, post, address):
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address).text


def test_the_pages_say_what_happened(cast, client):
    household = family(cast)
    visit = told(household, cast, accident())
    address = f"/visits/{visit.pk}/"
    assert "几分钟" in page(client, cast.village, address)
    adjust_waiting(at=NOW)
    (case,) = tier_cases(household)
    assert case.number in page(client, cast.village, address)
    inbox = page(client, cast.village, "/cases/")
    assert household.head_name in inbox and "系统" in inbox and "走访" in inbox
    trail = page(client, cast.village, f"/cases/{case.pk}/")
    assert "系统" in trail and "较大变化" in trail
    assert case.number not in page(client, cast.education, address)
    assert CaseAct.objects.filter(case=case).count() == 1
