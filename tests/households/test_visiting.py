"""A visit: stored once, part of the register at once, nothing lost and nothing undone."""

import threading
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from households.findings import Findings, Left
from households.models import Household, Member, Visit
from households.register import record_household, record_member
from households.visiting import HouseholdMoved, VisitRefusal, household_to_visit, record_visit
from tests.cast import NOW, Cast

TODAY = NOW.date()


def visit(household, post, findings=None, **said):
    said = {
        "client_id": uuid4(),
        "visited_on": TODAY,
        "made_at": NOW,
        "method": "in_person",
        "at": NOW,
    } | said
    return record_visit(household, findings=findings, by=post, **said)


def test_a_child_who_left_school_is_a_fact_of_the_register(cast):
    household = cast.family()
    child = cast.member(household, name="汪小雨", born_on=date(2008, 5, 1), school="primary")
    findings = Findings(assurances={"education": "insecure"}, members={child: {"school": "none"}})
    stored, new = visit(household, cast.village, findings)
    child.refresh_from_db()
    household.refresh_from_db()
    assert new and stored.education == "insecure"
    assert (child.school, child.origin, child.origin_id) == ("none", "visit", stored.id)
    assert child.past.get().school == "primary"
    assert household.last_visited_on == TODAY


def test_the_same_visit_again_is_the_stored_one(cast):
    household = cast.family()
    first, _ = visit(household, cast.village, client_id=(key := uuid4()), words="屋顶漏水")
    again, new = visit(household, cast.village, client_id=key, words="别的")
    assert (again.id, new, again.words) == (first.id, False, "屋顶漏水")
    assert Visit.objects.count() == 1


def test_an_id_that_belongs_to_another_household_is_refused(cast):
    one, other = cast.family(), cast.family()
    visit(one, cast.village, client_id=(key := uuid4()))
    with pytest.raises(VisitRefusal):
        visit(other, cast.village, client_id=key)
    assert not other.visits.exists()


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_once_are_stored_once():
    cast = Cast()
    household, post, key = cast.family(), cast.village, uuid4()
    child = cast.member(household, born_on=date(2008, 5, 1), school="primary")
    answers, start = [], threading.Barrier(4)

    def send():
        start.wait()
        found = Findings(members={Member.objects.get(pk=child.pk): {"school": "none"}})
        home = Household.objects.get(pk=household.pk)
        answers.append(visit(home, post, found, client_id=key)[1])
        connection.close()

    senders = [threading.Thread(target=send) for _ in range(4)]
    [sender.start() for sender in senders]
    [sender.join() for sender in senders]
    assert sorted(answers) == [False, False, False, True]
    assert Visit.objects.count() == 1
    assert child.past.count() == 1


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - timedelta(days=367)])
def test_a_day_to_come_or_over_a_year_ago_is_refused(cast, day):
    with pytest.raises(VisitRefusal):
        visit(cast.family(), cast.village, visited_on=day)


def test_a_phone_clock_that_runs_ahead_is_kept_as_it_is(cast):
    ahead = NOW + timedelta(hours=3)
    stored, _ = visit(cast.family(), cast.village, made_at=ahead)
    assert (stored.made_at, stored.received_at) == (ahead, NOW)


@pytest.mark.parametrize("post", ["next_village", "stranger", "county", "auditor", "education"])
def test_who_does_not_see_or_does_not_visit_is_refused(cast, post):
    household = cast.family()
    with pytest.raises((VisitRefusal, Household.DoesNotExist)):
        visit(household, getattr(cast, post))
    assert not Visit.objects.exists()


def test_an_assigned_person_visits_own_households_only(cast):
    own, other = cast.family(in_charge=cast.assigned.officer), cast.family()
    assert visit(own, cast.assigned)[1]
    with pytest.raises(Household.DoesNotExist):
        visit(other, cast.assigned)


def move(household, cast, on):
    village = cast.next_village.division
    record_household(
        household,
        on=on,
        origin="correction",
        by=cast.county.officer,
        at=NOW,
        village=village,
        township=village.township,
    )


def test_a_household_that_moved_is_refused_with_a_sentence_and_a_stranger_learns_nothing(cast):
    household = cast.family()
    move(household, cast, date(2020, 6, 20))
    with pytest.raises(HouseholdMoved) as refusal:
        household_to_visit(household.pk, by=cast.village)
    assert "2020-06-20" in str(refusal.value) or "6" in str(refusal.value)
    with pytest.raises(Household.DoesNotExist):
        household_to_visit(household.pk, by=cast.stranger)
    with pytest.raises(HouseholdMoved):
        visit(household, cast.village)


def test_nothing_found_changes_nothing_of_the_register(cast):
    household = cast.family()
    stored, _ = visit(household, cast.village, Findings(household={"water_safe": True}))
    assert not household.past.exists()
    assert household.version == 1
    assert stored.found["household"] == {"water_safe": True}


def test_a_late_visit_keeps_what_became_known_later_and_still_brings_the_rest(cast):
    household = cast.family()
    child = cast.member(household, born_on=date(2008, 5, 1), school="primary")
    known = {"on": date(2020, 6, 22), "origin": "department", "by": None, "at": NOW}
    record_member(child, medical_insurance=False, **known)
    found = Findings(members={child: {"school": "none", "medical_insurance": True}})
    stored, _ = visit(household, cast.village, found, visited_on=date(2020, 6, 19))
    child.refresh_from_db()
    assert child.medical_insurance is False
    assert (child.school, child.since) == ("none", date(2020, 6, 22))
    stored.refresh_from_db()
    assert stored.found["kept"] == [[child.id, "medical_insurance"]]


def test_an_earlier_visit_sent_later_does_not_turn_back_the_last_day(cast):
    household = cast.family()
    visit(household, cast.village)
    visit(household, cast.village, visited_on=TODAY - timedelta(days=9))
    household.refresh_from_db()
    assert household.last_visited_on == TODAY


def test_the_head_dies_and_another_becomes_head(cast):
    household = cast.family()
    head, spouse = household.members.order_by("number")
    found = Findings(left={head: Left(TODAY, "died")}, new_head=spouse)
    visit(household, cast.village, found)
    household.refresh_from_db()
    head.refresh_from_db()
    spouse.refresh_from_db()
    assert (household.head_name, spouse.relation) == ("陈秀兰", "head")
    assert head.left_on == TODAY


def test_events_are_recorded_and_earlier_ones_resolved(cast):
    household = cast.family()
    flood = {"kind": "disaster", "happened_on": date(2020, 6, 1), "causes_risk": True}
    visit(household, cast.village, Findings(events=[flood]), visited_on=date(2020, 6, 2))
    event = household.events.get()
    assert event.resolved_on is None
    visit(household, cast.village, Findings(resolved={event.id: TODAY}))
    event.refresh_from_db()
    assert event.resolved_on == TODAY


def test_a_newcomer_becomes_a_member_with_the_visit_as_origin(cast):
    household = cast.family()
    baby = {"name": "汪小宝", "relation": "child", "sex": "male", "born_on": date(2020, 6, 3)}
    stored, _ = visit(household, cast.village, Findings(joined=[baby]))
    born = household.members.get(name="汪小宝")
    assert (born.origin, born.origin_id, born.since) == ("visit", stored.id, TODAY)
