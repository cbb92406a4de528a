"""A clue is one task for a household, checked at home, confirmed, and ends with an answer."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override

from accounts.refusals import Refused
from accounts.workdays import add_workdays
from duties.doing import at_desk
from duties.models import Task
from households.models import Household, Member
from households.timeline import timeline
from monitoring.cases.casework import refuse, withdraw
from monitoring.clues.chasing import chase_clues
from monitoring.clues.checking import (
    check_clue,
    confirm_clue,
    open_case_of,
    procedures_for,
    return_clue,
)
from monitoring.clues.placing import candidates, place_clue, register_for
from monitoring.clues.receiving import Person, Told, receive, report_clue
from monitoring.models import Case, Clue, ClueAnswer, ClueState
from monitoring.policy.parameters import set_parameter
from tests.cast import NOW, SHANGHAI, TODAY

pytestmark = pytest.mark.django_db
ID = "341524198003040010"


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def told(cast, home=None, by="village", words="汪家儿子出了车祸。", person=None):
    return report_clue(
        village=cast.village.division, household=home, person=person, words=words,
        by=getattr(cast, by), at=NOW,
    )  # fmt: skip


def checked(clue, by, finding="not_confirmed", **given):
    given = {"words": "入户看过。", "checked_on": TODAY} | given
    clue.refresh_from_db()
    return check_clue(clue, finding=finding, seen_version=clue.version, by=by, at=NOW, **given)


def general(cast, **facts):
    return cast.household(status="general", **facts)


def tasks(kind):
    return Task.objects.open().filter(kind=kind)


def test_a_clue_is_a_check_at_home_in_two_working_days_and_twenty_in_all(cast):
    clue, is_new = told(cast, general(cast))
    assert is_new
    task = tasks("clue_check").get()
    assert (task.at, task.role, task.key) == (cast.village.division, "village", str(clue.pk))
    assert task.due_on == clue.step_due_on == add_workdays(TODAY, 2)
    assert clue.due_on == add_workdays(TODAY, 20)


def test_a_territory_may_set_other_days(cast):
    set_parameter(
        name="clue_check_days", territory=cast.county.division, since=TODAY, value=5,
        because="县里规定", by=cast.province, at=NOW,
    )  # fmt: skip
    clue, _new = told(cast, general(cast))
    assert clue.step_due_on == add_workdays(TODAY, 5)


def test_two_clues_for_one_household_are_one_task(cast):
    home = general(cast)
    clue, _new = told(cast, home)
    again, is_new = told(cast, home, by="county", words="督查发现住房漏雨。")
    assert (again, is_new) == (clue, False)
    assert list(clue.sources.values_list("channel", flat=True)) == ["village", "supervision"]
    assert tasks("clue_check").count() == 1


def test_the_same_source_again_changes_nothing(cast):
    home = general(cast)
    source = Told("department", "住院自付 32,000 元", "医保局", "feed 7")
    for _time in range(2):
        receive(source, household=home, by=None, at=NOW)
    assert Clue.objects.get().acts.count() == 1


def test_not_confirmed_is_confirmed_by_the_township_and_by_another_officer(cast):
    clue, _new = told(cast, general(cast))
    clue = checked(clue, cast.village)
    assert (clue.state, tasks("clue_confirm").get().at) == ("confirm", cast.township.division)
    assert not tasks("clue_check")
    with pytest.raises(Refused):
        confirm_clue(clue, because="属实", seen_version=clue.version, by=cast.village, at=NOW)
    clue = confirm_clue(clue, because="属实", seen_version=clue.version, by=cast.township, at=NOW)
    assert (clue.state, clue.answer, clue.ended_on) == ("ended", "not_confirmed", TODAY)
    assert not Task.objects.open().exists()


def test_words_carry_no_number_of_a_person(cast):
    home, words = general(cast), "他电话13912345678"
    with pytest.raises(Refused, match="phone number"):
        told(cast, home, words=words)
    clue, _new = told(cast, home)
    with pytest.raises(Refused, match="phone number"):
        checked(clue, cast.village, words=words)
    clue = checked(clue, cast.village)
    for act in (confirm_clue, return_clue):
        with pytest.raises(Refused, match="phone number"):
            act(clue, because=words, seen_version=clue.version, by=cast.township, at=NOW)


def test_who_checked_cannot_confirm_in_another_post(cast):
    clue, _new = told(cast, general(cast))
    clue = checked(clue, cast.village)
    township = cast.township
    township.officer = cast.village.officer
    township.save()
    with pytest.raises(Refused, match="cannot confirm"):
        confirm_clue(clue, because="", seen_version=clue.version, by=township, at=NOW)


def test_the_township_sends_it_back_with_new_days(cast):
    clue, _new = told(cast, general(cast))
    clue = checked(clue, cast.village)
    given = {"seen_version": clue.version, "by": cast.township, "at": NOW + timedelta(days=5)}
    with pytest.raises(Refused, match="Say what"):
        return_clue(clue, because=" ", **given)
    clue.refresh_from_db()
    clue = return_clue(clue, because="没有进屋看。", **given)
    assert (clue.state, tasks("clue_check").get().due_on) == ("check", clue.step_due_on)


def test_already_monitored_ends_with_a_note_in_the_history(cast):
    home = cast.household(exited_class="supported")
    clue, _new = told(cast, home)
    with pytest.raises(Refused, match="does not show"):
        checked(clue, cast.village, ClueAnswer.ALREADY_MONITORED)
    Household.objects.filter(pk=home.pk).update(exited_class="monitored")
    clue = checked(clue, cast.village, ClueAnswer.ALREADY_MONITORED, words="4月已纳入。")
    assert (clue.state, clue.answer) == ("ended", "monitored")
    told_of = [entry.words for entry in timeline(home, cast.township)]
    assert any("4月已纳入" in words for words in told_of)


def test_a_monitored_household_is_told_by_a_visit(cast):
    with pytest.raises(Refused, match="monitored already"):
        told(cast, cast.household())


def test_a_risk_of_an_exited_household_opens_the_listing_at_once(cast):
    home = cast.household(exited_class="supported")
    clue, _new = told(cast, home)
    assert [row.code for row in procedures_for(home)][0] == "unstable_listing"
    clue = checked(clue, cast.village, ClueAnswer.CASE_OPENED, procedure="unstable_listing")
    case = Case.objects.get()
    assert (clue.state, case.clue, case.because) == ("case", clue, "入户看过。")
    assert not Task.objects.open().exists()


def test_a_risk_of_an_unregistered_household_goes_to_the_county(cast):
    home = general(cast)
    clue, _new = told(cast, home)
    clue = checked(clue, cast.village, ClueAnswer.CASE_OPENED, procedure="edge_listing")
    assert tasks("clue_case").get().at == cast.county.division
    given = {"seen_version": clue.version, "at": NOW}
    with pytest.raises(Refused):
        open_case_of(clue, by=cast.township, **given)
    case = open_case_of(clue, by=cast.county, **given)
    clue.refresh_from_db()
    assert (case.procedure, case.clue, clue.state) == ("edge_listing", clue, "case")
    assert not Task.objects.open().exists()


def test_a_refused_case_answers_the_clue_and_a_withdrawn_one_does_not(cast):
    home = cast.household(exited_class="supported")
    clue, _new = told(cast, home)
    checked(clue, cast.village, ClueAnswer.CASE_OPENED, procedure="unstable_listing")
    case = Case.objects.get()
    withdraw(case, seen_version=case.version, because="写错了", by=cast.village, at=NOW)
    clue.refresh_from_db()
    assert (clue.state, tasks("clue_check").count()) == ("check", 1)

    checked(clue, cast.village, ClueAnswer.CASE_OPENED, procedure="intervention")
    clue.refresh_from_db()
    case = open_case_of(clue, seen_version=clue.version, by=cast.county, at=NOW)
    Case.objects.filter(pk=case.pk).update(
        step=1, waiting_at=cast.village.division, waiting_role="village"
    )
    refuse(case, seen_version=case.version, because="没有风险", by=cast.village, at=NOW)
    clue.refresh_from_db()
    assert (clue.state, clue.answer) == ("ended", "not_confirmed")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"words": " "}, "Say what was found"),
        ({"checked_on": TODAY + timedelta(days=1)}, "future"),
        ({"checked_on": date(2020, 6, 1)}, "after the clue"),
        ({"finding": "case_opened", "procedure": "return"}, "Choose the procedure"),
        ({"finding": "merged"}, "Choose what was found"),
    ],
)
def test_a_check_says_when_and_what(cast, change, words):
    clue, _new = told(cast, general(cast))
    with pytest.raises(Refused, match=words):
        checked(clue, cast.village, **change)
    clue.refresh_from_db()
    assert clue.state == ClueState.CHECK


def test_of_two_who_check_at_once_the_second_is_told(cast):
    clue, _new = told(cast, general(cast))
    checked(clue, cast.village)
    with pytest.raises(Refused, match="first"):
        check_clue(
            clue, finding="not_confirmed", words="无", checked_on=TODAY, seen_version=1,
            by=cast.village, at=NOW,
        )  # fmt: skip


def test_a_person_in_no_register_is_registered_by_the_village(cast):
    clue, _new = told(cast, person=Person("漆大海", ID, "13955640001"))
    assert (clue.household, clue.resident_id.masked) == (None, "341524********0010")
    with pytest.raises(Refused, match="Find the household"):
        checked(clue, cast.village, ClueAnswer.CASE_OPENED, procedure="edge_listing")
    due = clue.step_due_on
    clue.refresh_from_db()
    clue = register_for(
        clue, head_name="漆大海", resident_id=ID, phone="13955640001",
        seen_version=clue.version, by=cast.village, at=NOW,
    )  # fmt: skip
    home = clue.household
    assert (home.status, home.village, home.members.get().born_on) == (
        "general", cast.village.division, date(1980, 3, 4),
    )  # fmt: skip
    assert (clue.name, clue.resident_id_index) == ("", None)
    task = tasks("clue_check").get()
    assert (task.household, task.due_on) == (home, due)


def test_a_person_found_in_a_household_with_a_clue_is_one_clue(cast):
    home = general(cast)
    member = cast.member(home, resident_id=ID)
    assert Member.objects.get().resident_id_index == member.resident_id_index
    first, _new = told(cast, home)
    clue, _new = told(cast, person=Person("漆大海", ID), by="township")
    assert list(candidates(clue, cast.village)) == [home]
    kept = place_clue(clue, household=home, seen_version=1, by=cast.village, at=NOW)
    assert kept == first
    assert first.sources.count() == 2
    clue.refresh_from_db()
    assert (clue.answer, clue.merged_into) == ("merged", first)
    assert tasks("clue_check").count() == 1


def test_foreign_households_are_no_candidates(cast):
    cast.member(cast.household("341525100201"), resident_id=ID)
    clue, _new = told(cast, person=Person("漆大海", ID))
    assert not candidates(clue, cast.village)


@pytest.mark.parametrize("role", ["stranger", "auditor", "education", "next_village"])
def test_who_may_not_tell_a_clue(cast, role):
    with pytest.raises(Refused):
        told(cast, general(cast), by=role)


def test_the_township_is_told_when_the_twenty_days_run_out(cast):
    clue, _new = told(cast, general(cast))
    assert chase_clues(at=NOW).opened == 0
    near = datetime.combine(clue.due_on - timedelta(days=1), NOW.time(), SHANGHAI)
    assert chase_clues(at=near).opened == 1
    assert tasks("clue_end").get().at == cast.township.division
    clue = checked(clue, cast.village)
    confirm_clue(clue, because="", seen_version=clue.version, by=cast.township, at=NOW)
    assert chase_clues(at=near).ended == 1


def test_a_clue_goes_along_with_its_household(cast):
    home = general(cast)
    clue, _new = told(cast, home)
    Household.objects.filter(pk=home.pk).update(village=cast.next_village.division)
    chase_clues(at=NOW)
    clue.refresh_from_db()
    assert clue.village == cast.next_village.division


def test_a_handed_over_check_lies_on_the_other_desk(cast):
    from duties.doing import hand_over

    clue, _new = told(cast, general(cast))
    task = tasks("clue_check").get()
    hand_over(
        task, to_division=cast.township.division, role="township", because="村里无人",
        seen_version=task.version, by=cast.village, at=NOW,
    )  # fmt: skip
    assert not at_desk(Task.objects.get(pk=task.pk), cast.village)
    assert checked(clue, cast.township).state == "confirm"
