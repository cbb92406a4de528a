"""The store: who decides, what money may help whom, what is planned of a budget, its trail."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from assistance.funds.budgets import enter_budget
from assistance.funds.refusals import Late
from assistance.models import Project, ProjectHousehold
from assistance.projects.helping import name_households, take_out
from assistance.projects.refusals import ProjectRefusal
from assistance.projects.store import (
    adjust,
    adjust_out,
    change_proposal,
    finish,
    pass_on,
    propose,
    send_back,
    start,
)
from duties.models import Task
from tests.assistance.project_things import PLACE, project_of, stored
from tests.cast import NOW, SHANGHAI, TODAY

pytestmark = pytest.mark.django_db
SPECIAL = {"special": Decimal(1000)}
BESIDE = "341524105201"
SOCIAL = {"social": Decimal(1000)}


def test_three_levels_decide_in_their_order_and_nobody_twice(cast):
    project = project_of(cast)
    assert project.number == "P-341524105207-2020-0001" and project.planned == 50000
    task = Task.objects.open().get(kind="project_step")
    assert (task.at, task.role) == (cast.township.division, "township")
    for nobody in (cast.village, cast.county, cast.next_township, cast.stranger, cast.city):
        with pytest.raises(ProjectRefusal):
            pass_on(project, by=nobody, at=NOW)
    project = pass_on(project, by=cast.township, at=NOW)
    task = Task.objects.open().get(kind="project_step")
    assert (task.at, task.role) == (cast.county.division, "county")
    project = pass_on(project, by=cast.county, at=NOW)
    assert (project.state, project.stored_on) == ("in_store", TODAY)
    assert not Task.objects.open().exists()


def test_a_township_proposes_to_the_county_and_does_not_review_itself(cast):
    project = project_of(cast, by=cast.township)
    assert project.waiting_level == 3
    twice = cast.post("county", "341524000000")
    twice.officer = cast.township.officer
    twice.save()
    with pytest.raises(ProjectRefusal):
        pass_on(project, by=twice, at=NOW)
    assert pass_on(project, by=cast.county, at=NOW).state == "in_store"
    with pytest.raises(ProjectRefusal):
        project_of(cast, by=cast.county)
    with pytest.raises(ProjectRefusal):
        project_of(cast, by=cast.next_village)


def test_returned_with_a_reason_changed_and_sent_up_again(cast):
    project = project_of(cast)
    with pytest.raises(ProjectRefusal):
        send_back(project, because=" ", by=cast.township, at=NOW)
    project = send_back(project, because="缺少用地手续", by=cast.township, at=NOW)
    assert project.state == "returned" and not Task.objects.open().exists()
    project = change_proposal(project, money=SOCIAL, name="茶园提升二期", by=cast.village, at=NOW)
    assert (project.state, project.waiting_level, project.planned) == ("proposed", 4, 1000)
    changed = project.acts.get(what="changed").changes
    assert changed["planned"] == ["50000.00", "1000.00"] and changed["name"][1] == "茶园提升二期"


def test_only_the_county_adjusts_and_what_is_out_stays_on_record(cast):
    project = stored(cast)
    for nobody in (cast.village, cast.township, cast.stranger):
        with pytest.raises(ProjectRefusal):
            adjust(project, money=SOCIAL, because="调整", by=nobody, at=NOW)
        with pytest.raises(ProjectRefusal):
            adjust_out(project, because="调整", by=nobody, at=NOW)
    project = adjust(project, money=SOCIAL, because="压减", year=2021, by=cast.county, at=NOW)
    assert (project.year, project.planned) == (2021, 1000)
    with pytest.raises(ProjectRefusal):
        adjust_out(project, because="", by=cast.county, at=NOW)
    project = adjust_out(project, because="用地未落实", by=cast.county, at=NOW)
    assert project.state == "out" and Project.objects.count() == 1
    with pytest.raises(ProjectRefusal):
        start(project, on=TODAY, by=cast.township, at=NOW)


def test_begun_and_finished_in_order(cast):
    project = stored(cast)
    with pytest.raises(ProjectRefusal):
        finish(project, on=TODAY, by=cast.township, at=NOW)
    with pytest.raises(ProjectRefusal):
        start(project, on=date(2020, 6, 24), by=cast.township, at=NOW)
    with pytest.raises(ProjectRefusal):
        start(project, on=TODAY, by=cast.village, at=NOW)
    project = start(project, on=TODAY, by=cast.township, at=NOW)
    with pytest.raises(Late):
        finish(project, on=TODAY, seen_version=1, by=cast.township, at=NOW)
    assert finish(project, on=TODAY, by=cast.township, at=NOW).state == "finished"


def test_priority_of_the_epidemic_is_anhuis_from_its_day(cast):
    assert project_of(cast, priority="control").priority == "control"
    gz = cast.post("village", "360728100201")
    with pytest.raises(ProjectRefusal, match="AH0 4.4"):
        project_of(cast, by=gz, code="360728100201", priority="income")
    before = datetime(2020, 3, 1, 10, tzinfo=SHANGHAI)
    said = {"name": "一", "kind": "water", "year": 2020, "words": "一", "benefit": "一"}
    with pytest.raises(ProjectRefusal, match="AH0 4.4"):
        propose(at_division=cast.divisions[PLACE], money=SOCIAL, priority="control", **said,
                by=cast.village, at=before)  # fmt: skip


def test_money_keeps_edge_households_out_in_anhui_and_not_in_ganzhou(cast):
    project = project_of(cast, money=SPECIAL)
    edge, fine = cast.household(status="edge"), cast.household()
    named, refused = name_households(project, households=[edge, fine], by=cast.village, at=NOW)
    assert named == 1 and refused[0][0] == edge and "AH 4.2.1" in refused[0][1]
    gz = cast.post("village", "360728100201")
    there = project_of(cast, by=gz, code="360728100201", money=SPECIAL)
    edge = cast.household("360728100201", status="edge")
    assert name_households(there, households=[edge], by=gz, at=NOW) == (1, [])


def test_on_the_day_before_no_edge_household_was_refused(cast):
    project = project_of(cast, money=SPECIAL)
    edge = cast.household(status="edge", since=date(2020, 1, 1))
    before = datetime(2020, 3, 1, 10, tzinfo=SHANGHAI)
    assert name_households(project, households=[edge], by=cast.village, at=before) == (1, [])


def test_independent_households_need_their_exception(cast):
    project = project_of(cast, money={"fiscal": Decimal(1000)})
    home = cast.household(exited_class="independent")
    _named, refused = name_households(project, households=[home], by=cast.village, at=NOW)
    assert "AH 4.1.2" in refused[0][1]
    said = {"exception": "disaster", "exception_problem": "water"}
    with pytest.raises(ProjectRefusal):
        name_households(project, households=[home], **said, by=cast.village, at=NOW)
    said["exception_words"] = "洪灾冲毁水源"
    assert name_households(project, households=[home], **said, by=cast.village, at=NOW)[0] == 1


def test_money_is_not_changed_to_what_is_forbidden_for_whom_it_helps(cast):
    project = stored(cast, money=SOCIAL)
    edge = cast.household(status="edge")
    name_households(project, households=[edge], by=cast.county, at=NOW)
    with pytest.raises(ProjectRefusal, match="AH 4.2.1"):
        adjust(project, money=SPECIAL, because="换资金", by=cast.county, at=NOW)
    take_out(project.helped.get(), because="不在受益范围", by=cast.county, at=NOW)
    assert adjust(project, money=SPECIAL, because="换资金", by=cast.county, at=NOW).planned == 1000


def test_a_household_that_became_edge_stops_the_beginning(cast):
    project = stored(cast, money=SPECIAL)
    home = cast.household()
    name_households(project, households=[home], by=cast.village, at=NOW)
    home.status, home.exited_class = "edge", ""
    home.save()
    with pytest.raises(ProjectRefusal, match="AH 4.2.1"):
        start(project, on=TODAY, by=cast.township, at=NOW)


def test_only_households_of_the_place_that_one_sees(cast):
    project = project_of(cast)
    far = cast.household("341524105201")
    for post in (cast.village, cast.township):
        _n, refused = name_households(project, households=[far], by=post, at=NOW)
        assert [home for home, _why in refused] == [far]
    for nobody in (cast.next_village, cast.stranger, cast.city, cast.assigned):
        with pytest.raises(ProjectRefusal):
            name_households(project, households=[far], by=nobody, at=NOW)
    home = cast.household(in_charge=cast.assigned.officer)
    assert name_households(project, households=[home, home], by=cast.village, at=NOW) == (1, [])
    assert name_households(project, households=[home], by=cast.village, at=NOW) == (0, [])
    seen = ProjectHousehold.objects
    assert seen.visible_to(cast.assigned).count() == seen.visible_to(cast.water).count() + 1
    assert not seen.visible_to(cast.stranger).exists()


def test_a_line_of_the_budget_is_not_planned_twice(cast):
    said = {"year": 2020, "source": "special", "paper": "财农1", "by": cast.county, "at": NOW}
    line = enter_budget(amount=Decimal(1500), **said)
    project_of(cast, money=SPECIAL, lines={"special": line})
    with pytest.raises(ProjectRefusal, match="500.00"):
        project_of(cast, money=SPECIAL, lines={"special": line})
    with pytest.raises(ProjectRefusal):
        project_of(cast, money=SOCIAL, lines={"social": line})
    far = enter_budget(amount=Decimal(9000), **(said | {"by": cast.stranger}))
    with pytest.raises(ProjectRefusal):
        project_of(cast, money=SPECIAL, lines={"special": far})
    first = Project.objects.get()
    for post in (cast.township, cast.county):
        first = pass_on(first, by=post, at=NOW)
    adjust_out(first, because="调出", by=cast.county, at=NOW)
    assert project_of(cast, money=SPECIAL, lines={"special": line}).planned == 1000


def test_after_a_return_the_same_township_reviews_again_and_not_who_changed_it(cast):
    project = pass_on(project_of(cast), by=cast.township, at=NOW)
    project = send_back(project, because="补充预算", by=cast.county, at=NOW)
    changer = cast.post("village", PLACE)
    project = change_proposal(project, money=SOCIAL, by=changer, at=NOW)
    twice = cast.post("township", "341524105000")
    twice.officer = changer.officer
    twice.save()
    with pytest.raises(ProjectRefusal):
        pass_on(project, by=twice, at=NOW)
    project = pass_on(project, by=cast.township, at=NOW)
    assert pass_on(project, by=cast.county, at=NOW).state == "in_store"


def test_a_project_of_another_place_is_not_the_answer(cast):
    project = project_of(cast)
    with pytest.raises(ProjectRefusal):
        project_of(cast, by=cast.next_village, code=BESIDE, client_id=project.client_id)
