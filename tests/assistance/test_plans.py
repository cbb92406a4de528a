"""Plans: proposals, writing, submitting, approving, returning, tasks."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.tokens import issue_token
from assistance.models import AssistancePlan, Measure, PlanAct
from assistance.plans import acts
from assistance.plans.checks import Outdated, PlanRefusal
from assistance.plans.missing import follow_missing_plans, without_plan
from assistance.plans.proposals import end_of_plan, proposals_for
from duties.models import Task
from households.models import Household
from households.register import record_household
from households.timeline import timeline
from monitoring.review import review_month
from tests.cast import NOW, SHANGHAI, TODAY

JUNE_END = datetime(2020, 7, 1, 0, 5, tzinfo=SHANGHAI)
FACTS = {
    "wishes": "想在家门口上班",
    "work_team": "张队长",
    "cadres": "李书记",
    "responsible": "李传明",
    "valid_from": TODAY,
    "valid_until": date(2020, 12, 31),
}
LINE = {
    "kind": "house_repair",
    "answers": ["housing"],
    "words": "后墙加固",
    "member": None,
    "department": "housing",
    "responsible": "李传明",
    "amount": None,
    "started_on": TODAY,
    "due_on": TODAY + timedelta(days=60),
}


def by(post):
    return {"by": post, "at": NOW}


def written(cast, household=None, lines=(LINE,), **facts):
    household = household or cast.family()
    return acts.write_plan(household, facts=FACTS | facts, lines=list(lines), **by(cast.village))


def submitted(cast, household=None, **facts):
    plan = written(cast, household, **facts)
    return acts.submit_plan(plan, seen_version=plan.version, **by(cast.village))


def approved(cast, household=None, **facts):
    plan = submitted(cast, household, **facts)
    return acts.approve_plan(plan, seen_version=plan.version, **by(cast.township))


@pytest.fixture
def red(cast):
    household = cast.family(in_charge=cast.assigned.officer)
    cast.member(
        household, name="汪小龙", labour="ordinary", work_months=0, born_on=date(1999, 1, 1)
    )
    said = {"on": date(2020, 6, 20), "origin": "visit", "by": None, "at": NOW}
    record_household(household, house_grade="D", **said)
    june = date(2020, 6, 1)
    review_month(province=cast.province.division, month=june, by=cast.province, at=JUNE_END)
    return household


class TestProposals:
    def test_a_red_flag_proposes_what_answers_it_and_ticks_the_first(self, cast, red):
        found = proposals_for(red, cast.village, TODAY)
        assert found[0].kind == "house_repair" and found[0].ticked
        assert "housing" in found[0].answers
        assert [p.kind for p in found if p.ticked] == ["house_repair"]

    def test_what_is_answered_already_is_not_ticked(self, cast, red):
        cast.measure(red, "resettlement")
        assert not any(p.ticked for p in proposals_for(red, cast.village, date(2020, 7, 2)))

    def test_a_plan_holds_for_the_year(self):
        assert end_of_plan(date(2020, 9, 30)) == date(2020, 12, 31)
        assert end_of_plan(date(2020, 10, 1)) == date(2021, 12, 31)


class TestActs:
    def test_with_the_approval_lines_become_measures_and_open_ones_join(self, cast):
        household = cast.family()
        open_one = cast.measure(household, "family_doctor")
        plan = approved(cast, household)
        measure = Measure.objects.get(kind="house_repair")
        assert (plan.state, measure.plan, measure.words) == ("approved", plan, "后墙加固")
        assert plan.lines.get().measure == measure
        open_one.refresh_from_db()
        assert open_one.plan == plan
        titles = [entry.title for entry in timeline(household, cast.county)]
        assert sum("1" in title for title in titles) >= 2

    def test_nobody_approves_what_they_wrote_or_submitted(self, cast):
        household = cast.family()
        plan = acts.write_plan(household, facts=FACTS, lines=[LINE], **by(cast.township))
        plan = acts.submit_plan(plan, seen_version=plan.version, **by(cast.village))
        with override("en"), pytest.raises(PlanRefusal, match="another officer"):
            acts.approve_plan(plan, seen_version=plan.version, **by(cast.township))
        other = cast.post("township", "341524105000")
        assert acts.approve_plan(plan, seen_version=plan.version, **by(other)).state == "approved"

    @pytest.mark.parametrize("role", ["village", "county", "next_township", "assigned"])
    def test_only_the_township_of_the_household_approves(self, cast, role):
        plan = submitted(cast)
        with pytest.raises(PlanRefusal):
            acts.approve_plan(plan, seen_version=plan.version, **by(getattr(cast, role)))
        assert not Measure.objects.exists()

    def test_a_returned_plan_is_changed_and_submitted_again(self, cast):
        plan = submitted(cast)
        plan = acts.return_plan(
            plan, because="写清楚由谁施工", seen_version=plan.version, **by(cast.township)
        )
        assert Task.objects.get(kind="plan_returned").at == cast.village.division
        plan = acts.write_plan(
            plan.household, facts=FACTS, lines=[LINE | {"words": "由镇建筑队加固"}],
            seen_version=plan.version, **by(cast.village),
        )  # fmt: skip
        plan = acts.submit_plan(plan, seen_version=plan.version, **by(cast.village))
        assert not Task.objects.filter(kind="plan_returned", ended_at=None).exists()
        acts.approve_plan(plan, seen_version=plan.version, **by(cast.township))
        assert Measure.objects.get().words == "由镇建筑队加固"
        kinds = list(PlanAct.objects.values_list("what", flat=True))
        assert kinds == "drawn_up submitted returned changed submitted approved".split()

    def test_the_next_plan_replaces_the_one_in_force_when_it_is_approved(self, cast):
        household = cast.family()
        first = approved(cast, household)
        second = submitted(cast, household)
        first.refresh_from_db()
        assert first.state == "approved" and second.number == 2
        acts.approve_plan(second, seen_version=second.version, **by(cast.township))
        first.refresh_from_db()
        assert first.state == "replaced"
        assert AssistancePlan.objects.in_force(TODAY).get() == second

    def test_who_saw_an_older_version_is_told(self, cast):
        plan = written(cast)
        with pytest.raises(Outdated):
            written(cast, plan.household)
        with pytest.raises(Outdated):
            acts.submit_plan(plan, seen_version=plan.version + 1, **by(cast.village))

    @pytest.mark.parametrize(
        ("facts", "lines", "field"),
        [
            ({"wishes": " "}, [LINE], "wishes"),
            ({"work_team": "", "cadres": ""}, [LINE], "work_team"),
            ({}, [], None),
        ],
    )
    def test_what_is_not_complete_is_not_submitted(self, cast, facts, lines, field):
        plan = written(cast, lines=lines, **facts)
        with pytest.raises(PlanRefusal) as refusal:
            acts.submit_plan(plan, seen_version=plan.version, **by(cast.village))
        assert refusal.value.field == field

    def test_a_line_that_could_be_no_measure_is_refused(self, cast):
        with pytest.raises(PlanRefusal, match="1"):
            written(cast, lines=[LINE | {"responsible": " "}])
        assert not AssistancePlan.objects.exists()

    def test_withdrawn_before_the_township_decides(self, cast):
        plan = submitted(cast)
        with pytest.raises(PlanRefusal):
            acts.withdraw_plan(plan, seen_version=plan.version, **by(cast.township))
        plan = acts.withdraw_plan(plan, seen_version=plan.version, **by(cast.village))
        assert plan.state == "draft"
        assert Task.objects.get(kind="plan_approval").outcome == "gone"


class TestTasks:
    def test_the_township_has_the_plan_on_its_desk_until_it_decides(self, cast):
        plan = submitted(cast)
        task = Task.objects.get(kind="plan_approval")
        assert (task.at, task.role) == (cast.township.division, "township")
        assert task.page == reverse("plan", args=[plan.pk])
        acts.approve_plan(plan, seen_version=plan.version, **by(cast.township))
        task.refresh_from_db()
        assert task.outcome == "approved"

    def test_monitored_edge_and_flagged_households_need_a_plan(self, cast, red):
        record_household(
            red, on=TODAY, origin="correction", by=None, at=NOW, exited_class="supported"
        )
        edge = cast.family(status="edge")
        calm = cast.family(exited_class="supported")
        found = set(without_plan(Household.objects.all(), TODAY))
        assert {red, edge} <= found and calm not in found
        follow_missing_plans(today=TODAY, at=NOW)
        assert Task.objects.filter(kind="plan_missing", ended_at=None).count() == 2
        approved(cast, edge)
        follow_missing_plans(today=TODAY, at=NOW)
        assert Task.objects.get(kind="plan_missing", ended_at=None).household == red

    def test_a_plan_past_its_time_is_missing(self, cast):
        household = cast.family()
        approved(cast, household)
        assert not without_plan(Household.objects.all(), date(2020, 12, 31))
        assert without_plan(Household.objects.all(), date(2021, 1, 1)).get() == household


def posted(lines, **facts):
    data = {name: str(value) for name, value in (FACTS | facts).items()}
    data |= {"line-TOTAL_FORMS": len(lines), "line-INITIAL_FORMS": len(lines)}
    for n, line in enumerate(lines):
        given = line | {"answers": ",".join(line["answers"]), "member": "", "amount": ""}
        del given["department"]
        data |= {f"line-{n}-{name}": str(value) for name, value in given.items()}
        data[f"line-{n}-use"] = "on"
    return data


class TestPages:
    def test_prefilled_sent_and_approved(self, cast, red, client):
        client.force_login(cast.village.officer)
        page = client.get(reverse("plan_write", args=[red.pk]))
        lines = page.context["lines"].forms
        assert lines[0]["kind"].value() == "house_repair" and lines[0]["use"].value()
        answer = client.post(
            reverse("plan_write", args=[red.pk]), posted([LINE]) | {"act": "submit"}
        )
        assert answer.status_code == 302, answer.context["form"].errors
        plan = AssistancePlan.objects.get()
        client.force_login(cast.township.officer)
        assert client.get(reverse("plans"), {"which": "submitted"}).context["page"].rows == [plan]
        client.post(reverse("plan_approve", args=[plan.pk]), {"seen_version": plan.version})
        plan.refresh_from_db()
        assert plan.state == "approved"
        page = client.get(reverse("household_plan", args=[red.pk])).content.decode()
        assert "后墙加固" in page

    def test_what_was_typed_is_kept_when_a_measure_is_not_complete(self, cast, client):
        household = cast.family()
        client.force_login(cast.village.officer)
        answer = client.post(
            reverse("plan_write", args=[household.pk]),
            posted([LINE | {"words": ""}]) | {"act": "submit"},
        )
        assert answer.status_code == 422 and "想在家门口上班" in answer.content.decode()
        assert not AssistancePlan.objects.exists()

    def test_what_is_refused_on_submitting_stays_as_a_draft(self, cast, client):
        household = cast.family()
        client.force_login(cast.village.officer)
        address = reverse("plan_write", args=[household.pk])
        answer = client.post(address, posted([LINE], wishes="") | {"act": "submit"})
        assert answer.status_code == 422
        plan = AssistancePlan.objects.get()
        assert plan.state == "draft"
        again = posted([LINE]) | {"act": "submit", "seen_version": plan.version}
        assert client.post(address, again).status_code == 302
        plan.refresh_from_db()
        assert plan.state == "submitted"


def test_whether_the_rule_turned_is_shown_with_the_measure(cast, red, client):
    measure = cast.measure(red, "house_repair", answers=["housing"], started_on=date(2020, 7, 1))
    said = {"on": date(2020, 7, 20), "origin": "visit", "by": None}
    record_household(red, house_grade="B", at=NOW.replace(month=7, day=20), **said)
    review_month(
        province=cast.province.division, month=date(2020, 7, 1), by=cast.province,
        at=JUNE_END.replace(month=8),
    )  # fmt: skip
    client.force_login(cast.village.officer)
    page = client.get(reverse("measure", args=[measure.pk]))
    assert [effect.state for effect in page.context["effects"]] == ["turned"]


class TestApi:
    @pytest.fixture
    def send(self, client):
        def post(who, address, data):
            token = issue_token(post=who, name="test")
            headers = {"authorization": f"Bearer {token}"}
            return client.post(address, data, content_type="application/json", headers=headers)

        return post

    def test_drawn_up_submitted_and_approved(self, cast, send):
        household = cast.family()
        line = LINE | {"started_on": str(TODAY), "due_on": str(TODAY + timedelta(days=9))}
        data = {name: str(value) for name, value in FACTS.items()}
        data |= {"household": household.pk, "lines": [line | {"amount": "1200.50"}]}
        made = send(cast.village, reverse("api_plans-list"), data)
        assert made.status_code == 201, made.json()
        plan = made.json()
        assert (plan["state"], plan["lines"][0]["amount"]) == ("draft", "1200.50")
        seen = {"seen_version": plan["version"]}
        address = reverse("api_plans-submit", args=[plan["id"]])
        plan = send(cast.village, address, seen).json()
        assert send(cast.village, address, seen).status_code == 400  # it has moved on
        address = reverse("api_plans-approve", args=[plan["id"]])
        seen = {"seen_version": plan["version"]}
        assert send(cast.village, address, seen).status_code == 403
        assert send(cast.township, address, seen).json()["state"] == "approved"
        assert Measure.objects.get().amount == 1200.5

    def test_special_funds_are_refused_for_an_edge_household(self, cast, send):
        """AH 4.2.1 on this path too."""
        household = cast.family(status="edge")
        line = LINE | {"started_on": str(TODAY), "due_on": str(TODAY), "source": "special"}
        data = {name: str(value) for name, value in FACTS.items()}
        data |= {"household": household.pk, "lines": [line]}
        answer = send(cast.village, reverse("api_plans-list"), data)
        assert answer.status_code == 400 and "AH 4.2.1" in str(answer.json())
        assert not AssistancePlan.objects.exists()
