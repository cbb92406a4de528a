"""The half-yearly division (LA 2.1.1, 2.1.2, 4.3): who may do what, and what it does."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.deputies import name_deputy
from accounts.refusals import Refused
from households.models import HouseholdPast
from monitoring.cases import casework
from monitoring.cases.moving import TakenFirst
from monitoring.models import TierAct, TierLine, TierRound
from monitoring.tiers.acts import Chosen, because_of, decide, pass_together, seal_of, suggest
from monitoring.tiers.days import tiers_filed_on
from monitoring.tiers.rounds import open_tier_rounds, round_month
from tests.monitoring import chains
from tests.monitoring.tiers import (
    APRIL,
    AT,
    EARLY,
    decided,
    filed,
    home,
    judged,
    line_of,
    opened,
    suggested,
    to_file,
    to_review,
)


def test_from_opening_to_the_ledger(cast):
    changes, stays = home(cast), home(cast, tier="yellow")
    made = opened(cast)
    assert (made.opened_on, made.until) == (date(2020, 4, 20), date(2020, 4, 30))
    filed(cast, changes, "red")
    filed(cast, stays, "yellow")
    changes.refresh_from_db(), stays.refresh_from_db()
    assert (changes.tier, changes.since, changes.version) == ("red", date(2020, 4, 20), 2)
    assert (changes.origin, changes.recorded_by) == ("case", cast.county.officer)
    assert changes.because == because_of(made)
    past = HouseholdPast.objects.get()
    assert (past.household, past.tier, past.since, past.until) == (
        changes, "blue", date(2020, 1, 5), date(2020, 4, 20),
    )  # fmt: skip
    assert past.head_name == changes.head_name and past.origin == "import"
    assert (stays.tier, stays.version, stays.origin) == ("yellow", 1, "import")
    assert tiers_filed_on([changes, stays]) == dict.fromkeys(
        [changes.id, stays.id], date(2020, 4, 20)
    )
    told = TierAct.objects.filter(line__household=changes).values_list("what", "tier", "by")
    assert list(told) == [
        ("suggested", "red", cast.village.id),
        ("reviewed", "red", cast.township.id),
        ("filed", "red", cast.county.id),
    ]


def test_opened_again_it_is_one_round_with_who_came_moved_and_went(cast):
    stays, moves, goes = home(cast), home(cast), home(cast)
    first = opened(cast)
    to_review(cast, stays, "yellow")
    to_review(cast, goes, "yellow")
    newcomer = home(cast, status="edge")
    other = cast.divisions["341524105201"]
    type(moves).objects.filter(pk=moves.pk).update(village=other, tier="red")
    type(goes).objects.filter(pk=goes.pk).update(status="returned", exited_class="")
    home(cast, status="general")
    assert opened(cast) == first and TierRound.objects.count() == 1
    assert line_of(stays).state == "review" and line_of(stays).version == 2
    assert line_of(newcomer).state == "submit"
    assert (line_of(moves).village, line_of(moves).last) == (other, "red")
    assert line_of(goes).state == "dropped"
    assert TierLine.objects.count() == 4


def test_a_killed_opening_leaves_no_half_county(cast, monkeypatch):
    home(cast), home(cast, "341525100201")
    from monitoring.tiers import rounds as tier_rounds

    fill = tier_rounds._fill

    def dies(made):
        fill(made)
        if made.county == cast.stranger.division:
            raise KeyboardInterrupt

    monkeypatch.setattr(tier_rounds, "_fill", dies)
    with pytest.raises(KeyboardInterrupt):
        open_tier_rounds(division=cast.province.division, month=APRIL, by=None, at=AT)
    assert TierRound.objects.get().lines.count() == 1
    monkeypatch.setattr(tier_rounds, "_fill", fill)
    rounds = open_tier_rounds(division=cast.province.division, month=APRIL, by=None, at=AT)
    assert [made.lines.count() for made in rounds] == [1, 1]


def test_rounds_are_of_april_and_october_by_county_or_province(cast):
    home(cast)
    for month in (date(2020, 5, 1), date(2020, 10, 1)):
        with pytest.raises(Refused):
            open_tier_rounds(division=cast.county.division, month=month, by=None, at=AT)
    for by in (cast.township, cast.stranger, cast.city, cast.province):
        with pytest.raises(Refused):
            open_tier_rounds(division=cast.county.division, month=APRIL, by=by, at=AT)
    assert not TierRound.objects.exists()
    assert opened(cast, by=cast.county).opened_by == cast.county
    days = [date(2020, 3, 31), date(2020, 4, 1), date(2020, 9, 30), date(2020, 10, 1)]
    assert [round_month(day).strftime("%y-%m") for day in days] == [
        "19-10", "20-04", "20-04", "20-10",
    ]  # fmt: skip


def test_a_new_round_takes_the_place_of_what_was_left(cast):
    left, done = home(cast), home(cast)
    opened(cast)
    filed(cast, done, "yellow")
    october = AT.replace(month=10)
    open_tier_rounds(division=cast.county.division, month=october.date(), by=None, at=october)
    states = TierLine.objects.order_by("round__month", "id").values_list("state", flat=True)
    assert list(states) == ["dropped", "done", "submit", "submit"]
    assert opened(cast, at=october).lines.filter(state="dropped").count() == 1
    lasts = TierLine.objects.filter(round__month__month=10).values_list("household", "last")
    assert dict(lasts) == {left.id: "blue", done.id: "yellow"}


@pytest.mark.parametrize(
    ("visited", "able"),
    [
        (None, False),
        (date(2019, 10, 19), False),
        (date(2019, 10, 20), True),
        (date(2020, 4, 20), True),
        (date(2020, 4, 21), False),
    ],
)
def test_a_suggestion_rests_on_a_visit_within_six_months(cast, visited, able):
    household = home(cast, visited=visited)
    opened(cast)
    assert (suggested(cast, household, "yellow") == "") is able
    assert line_of(household).visited_in_person_on == (visited if able else None)


def test_a_phone_call_is_no_visit_and_a_filed_tier_asks_for_a_new_one(cast):
    called = home(cast, visited=None)
    chains.visit(cast, called, on=date(2020, 4, 18), method="phone")
    opened(cast)
    assert suggested(cast, called, "blue")
    divided = home(cast)
    opened(cast)
    filed(cast, divided, "yellow")
    october = AT.replace(month=10, day=2)
    made = open_tier_rounds(
        division=cast.county.division, month=october.date(), by=None, at=october
    )
    line = TierLine.objects.get(round=made[0], household=divided)
    chosen = [Chosen(line.id, line.version, "blue")]
    assert suggest(made[0], chosen, by=cast.village, at=october).refused
    chains.visit(cast, divided, on=date(2020, 4, 20))
    assert suggest(made[0], chosen, by=cast.village, at=october).moved == {line.id}


def test_the_township_answers_a_difference_in_words(cast):
    household = home(cast)
    opened(cast)
    judged(line_of(household), "red")
    to_review(cast, household, "blue")
    assert decided(cast, household, cast.township)
    assert line_of(household).state == "review"
    assert decided(cast, household, cast.township, words="大病已治愈") == ""
    assert line_of(household).answer == "大病已治愈"


def test_lines_go_back_with_a_reason_and_the_village_changes_its_mind(cast):
    household = home(cast)
    opened(cast)
    to_review(cast, household, "yellow")
    assert decided(cast, household, cast.township, "return")
    assert decided(cast, household, cast.township, "return", "收入未核实") == ""
    line = line_of(household)
    assert (line.state, line.returned, line.returns) == ("submit", "收入未核实", 1)
    to_file(cast, household, "blue")
    assert decided(cast, household, cast.county, "return", "再核实") == ""
    assert line_of(household).state == "review"
    assert decided(cast, household, cast.township) == ""
    assert decided(cast, household, cast.county, "start", "再走访") == ""
    assert (line_of(household).state, line_of(household).returns) == ("submit", 3)


def test_nobody_acts_at_two_steps_of_a_line(cast):
    """An officer of the village who is township officer too, and the deputy of one."""
    household = home(cast)
    opened(cast)
    to_review(cast, household, "yellow")
    both = cast.post("township", "341524105000")
    both.officer = cast.village.officer
    both.save()
    standing_in = cast.post("township", "341524105000")
    deputy = name_deputy(
        post=cast.township, officer=standing_in.officer, since=AT.date(),
        until=AT.date() + timedelta(days=5), because="出差", by=cast.township, at=AT,
    )  # fmt: skip
    refusal = decided(cast, household, both)
    assert refusal and line_of(household).state == "review"
    assert decided(cast, household, deputy, "return", "再核实") == ""
    to_review(cast, household, "yellow")
    line = line_of(household)
    assert set(line.reviewed_persons) == {standing_in.officer_id, cast.township.officer_id}
    with pytest.raises(IntegrityError), transaction.atomic():
        TierLine.objects.filter(pk=line.pk).update(
            reviewed_persons=[cast.village.officer_id], state="submit"
        )


def test_only_the_desk_acts_and_foreign_lines_are_not_there(cast):
    household = home(cast)
    made = opened(cast)
    line = line_of(household)
    chosen = [Chosen(line.id, line.version, "yellow", "x")]
    for by in (cast.township, cast.county, cast.assigned, cast.city, cast.education):
        with pytest.raises(Refused):
            suggest(made, chosen, by=by, at=AT)
    for by in (cast.village, cast.city, cast.auditor):
        with pytest.raises(Refused):
            decide(made, chosen, by=by, at=AT)
    assert suggest(made, chosen, by=cast.next_village, at=AT).refused
    for by in (cast.township, cast.county, cast.next_township, cast.stranger):
        assert decide(made, chosen, by=by, at=AT).refused
    assert line_of(household).state == "submit" and not TierAct.objects.exists()


def test_a_single_case_and_the_round_keep_out_of_each_others_way(cast):
    household = home(cast)
    opened(cast)
    case = chains.opened(cast, "tier", household=household, by=cast.village, at=AT)
    assert suggested(cast, household, "yellow")
    casework.withdraw(case, seen_version=1, because="改由半年评定", by=cast.village, at=AT)
    to_review(cast, household, "yellow")
    with pytest.raises(Refused):
        chains.opened(cast, "tier", household=household, by=cast.village, at=AT)
    assert decided(cast, household, cast.township, "return", "个案处理") == ""
    chains.opened(cast, "tier", household=household, by=cast.village, at=AT)


def test_who_comes_second_reads_who_was_first_and_the_rest_is_saved(cast):
    one, two = home(cast), home(cast)
    made = opened(cast)
    other = cast.post("village", "341524105207", name="余秀英")
    seen = [Chosen(line.id, line.version, "yellow") for line in made.lines.order_by("id")]
    assert suggested(cast, one, "red", by=other) == ""
    done = suggest(made, seen, by=cast.village, at=AT)
    assert done.moved == {line_of(two).id}
    assert "余秀英" in done.refused[line_of(one).id]
    assert line_of(one).suggested == "red"


def test_a_household_that_changed_status_or_later_is_not_filed(cast):
    gone, later = home(cast), home(cast)
    opened(cast)
    to_file(cast, gone, "yellow")
    to_file(cast, later, "yellow")
    households = type(gone).objects
    households.filter(pk=gone.pk).update(status="returned", exited_class="")
    households.filter(pk=later.pk).update(since=date(2020, 4, 21))
    assert decided(cast, gone, cast.county) and decided(cast, later, cast.county)
    assert not HouseholdPast.objects.exists()
    assert decided(cast, later, cast.county, at=AT + timedelta(days=1)) == ""


def test_together_is_what_was_seen_or_nothing(cast):
    one, two = home(cast), home(cast)
    made = opened(cast)
    to_review(cast, one, "yellow")
    rows = TierLine.objects.visible_to(cast.township).filter(round=made, state="review")
    seen = seal_of(rows)
    to_review(cast, two, "yellow")
    with pytest.raises(TakenFirst):
        pass_together(made, rows, seen=seen, by=cast.township, at=AT)
    assert pass_together(made, rows, seen=seal_of(rows), by=cast.township, at=AT).moved == {
        line_of(one).id,
        line_of(two).id,
    }


def many(cast, number):
    """So many households with lines that wait for the county."""
    example = home(cast, tier="blue")
    facts = {
        field.attname: getattr(example, field.attname)
        for field in type(example)._meta.concrete_fields
        if field.name not in ("id", "number")
    }
    made = [type(example)(**facts | EARLY, number=f"34152420{n:06d}") for n in range(number - 1)]
    type(example).objects.bulk_create(made)
    tier_round = opened(cast)
    TierLine.objects.filter(round=tier_round).update(
        state="file", suggested="yellow", suggested_by=cast.village, suggested_at=AT,
        suggested_persons=[cast.village.officer_id], visited_in_person_on=AT.date(),
        reviewed_by=cast.township, reviewed_at=AT, reviewed_persons=[cast.township.officer_id],
    )  # fmt: skip
    return tier_round


@pytest.mark.parametrize("number", [2, 2000])
def test_a_set_is_filed_in_a_fixed_number_of_statements(cast, number):
    tier_round = many(cast, number)
    rows = TierLine.objects.visible_to(cast.county).filter(round=tier_round, state="file")
    seen = seal_of(rows)
    assert cast.county.officer
    with CaptureQueriesContext(connection) as asked:
        done = pass_together(tier_round, rows, seen=seen, by=cast.county, at=AT)
    assert len(done.moved) == number and not done.refused
    assert len(asked) == 7
    assert HouseholdPast.objects.filter(tier="blue", until=AT.date()).count() == number
    assert tier_round.lines.filter(state="done").count() == number


def test_many_lines_pass_by_the_township(cast):
    """More than the most of several townships would be one statement too long."""
    home(cast)
    home(cast, "341524106210")
    made = opened(cast)
    TierLine.objects.update(
        state="review", suggested="blue", suggested_by=cast.village, visited_in_person_on=AT.date(),
        suggested_at=AT,
    )  # fmt: skip
    lines = TierLine.objects.filter(round=made)
    said = {"by": cast.county, "at": AT, "most": 1}
    with pytest.raises(Refused):
        pass_together(made, lines, seen=seal_of(lines), **said)
    own = lines.filter(township=cast.township.division)
    assert pass_together(
        made, own, seen=seal_of(own), by=cast.township, at=AT, most=1
    ).moved == set(own.values_list("id", flat=True))
