"""A campaign asks each village once; exceptions climb, corrections are confirmed, tasks follow."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.refusals import Refused
from duties.chasing import chase_tasks
from duties.models import Task
from feeds.kinds import KINDS as KINDS_OF_FEEDS
from feeds.models import FeedTrouble, FeedUpload
from feeds.models.uploads import sealed_person
from households.models import Event, Household
from households.visiting import record_visit
from monitoring.campaigns.acts import Chosen, answer_lines, confirm, look_through
from monitoring.campaigns.keeping import keep_campaigns
from monitoring.campaigns.kinds import KINDS
from monitoring.campaigns.opening import add_households, end_campaign, open_campaign
from monitoring.campaigns.persons import add_person
from monitoring.campaigns.reminding import follow_screenings
from monitoring.cases.casework import open_by_itself
from monitoring.models import Campaign, CampaignLine, Case
from monitoring.procedures import PROCEDURES
from monitoring.tasks import ask_for_campaign, campaign
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db
UNTIL = date(2020, 7, 31)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def opened(cast, kind="lookback", by="county", **changes):
    said = {"kind": kind, "since": TODAY - timedelta(days=10), "until": UNTIL, **changes}
    return open_campaign(**said, by=getattr(cast, by), at=NOW)


def visited(cast, home, method="in_person", by="village"):
    return record_visit(
        home, client_id=uuid4(), visited_on=TODAY, made_at=NOW, method=method,
        by=getattr(cast, by), at=NOW,
    )[0]  # fmt: skip


def line_of(made, home):
    return CampaignLine.objects.get(campaign=made, household=home)


def answer(cast, made, home, code, words="", by="village"):
    line = line_of(made, home)
    chosen = [Chosen(line.pk, line.version, answer=code, words=words)]
    return answer_lines(made, chosen, by=getattr(cast, by), at=NOW)


def decide(cast, act, made, home, by, do="pass", words=""):
    line = line_of(made, home)
    chosen = [Chosen(line.pk, line.version, act=do, words=words)]
    return act(made, chosen, by=getattr(cast, by), at=NOW)


def refusal(done):
    return next(iter(done.refused.values()))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_the_table_names_procedures_that_exist_and_answers_once(kind):
    codes = [answer.code for answer in kind.answers]
    assert len(codes) == len(set(codes)) <= 9
    for each in kind.answers:
        assert not each.opens or each.opens in PROCEDURES
        assert each.reason or not each.is_exception
        assert not (each.opens and each.corrects)


def test_the_list_is_the_households_of_the_kind_inside_the_division(cast):
    exited, edge = cast.household(), cast.household(status="edge")
    cast.household("341525100201")  # the stranger's county
    assert [line.household for line in opened(cast).lines.all()] == [exited]
    assert [line.household for line in opened(cast, "edge").lines.all()] == [edge]
    assert [line.household for line in opened(cast, "classes").lines.all()] == []


@pytest.mark.parametrize(
    ("by", "change", "words"),
    [
        ("township", {}, "the county or the province"),
        ("city", {}, "the county or the province"),
        ("county", {"until": TODAY}, "last day"),
        ("county", {"kind": "screening"}, "Choose the groups"),
    ],
)
def test_what_cannot_be_opened_says_why(cast, by, change, words):
    with pytest.raises(Refused, match=words):
        opened(cast, by=by, **change)


def test_a_household_is_asked_by_one_campaign_of_a_kind(cast):
    opened(cast)
    with pytest.raises(Refused, match="金寨县"):
        opened(cast, by="province")
    opened(cast, "edge", by="province")
    with pytest.raises(Refused, match="安徽省"):
        opened(cast, "edge")


def test_one_task_for_a_village_due_with_the_campaign(cast):
    for _n in range(3):
        cast.household()
    made = opened(cast)
    task = Task.objects.get()
    assert (task.kind, task.at, task.due_on) == ("campaign", cast.village.division, UNTIL)
    assert task.figures["lines"] == 3
    chase_tasks(at=NOW + timedelta(days=40))
    task.refresh_from_db()
    assert task.escalated_to == cast.township.division
    assert Campaign.objects.visible_to(cast.village).get() == made
    assert not Campaign.objects.visible_to(cast.stranger).exists()


def test_an_answer_that_is_no_exception_ends_the_line_and_the_task(cast):
    home = cast.household()
    made = opened(cast)
    assert "No visit in person" in refusal(answer(cast, made, home, "stands"))
    visited(cast, home, "phone")
    assert "No visit in person" in refusal(answer(cast, made, home, "stands"))
    visit = visited(cast, home)
    assert answer(cast, made, home, "stands").moved
    line = line_of(made, home)
    assert (line.state, line.visit, line.answered_by) == ("done", visit, cast.village)
    assert not Task.objects.open().exists()
    assert "does not wait" in refusal(answer(cast, made, home, "stands"))


def test_a_risk_is_looked_through_and_opens_its_case(cast):
    home = cast.household(exited_class="supported")
    made = opened(cast)
    visited(cast, home)
    assert "needs a reason" in refusal(answer(cast, made, home, "risk"))
    answer(cast, made, home, "risk", "主要劳动力生病。")
    assert [task.kind for task in Task.objects.open()] == ["campaign_look"]
    decide(cast, look_through, made, home, "township")
    line, case = line_of(made, home), Case.objects.get()
    assert (line.state, line.case) == ("done", case)
    assert (case.procedure, case.opened_by) == ("unstable_listing", None)
    assert "主要劳动力生病" in case.because


def test_a_case_under_way_takes_the_answer_up(cast):
    home = cast.household(exited_class="supported")
    made = opened(cast)
    visited(cast, home)
    case = open_by_itself(
        procedure="unstable_listing", household=home, because="x", proposal={}, at=NOW
    )
    answer(cast, made, home, "risk", "主要劳动力生病。")
    decide(cast, look_through, made, home, "township")
    assert (line_of(made, home).case, Case.objects.count()) == (case, 1)


def test_what_cannot_open_a_case_is_told_and_stays(cast):
    home = cast.household(exited_class="monitored")
    made = opened(cast)
    visited(cast, home)
    answer(cast, made, home, "risk", "收入下降。")
    assert "this household is not one" in refusal(
        decide(cast, look_through, made, home, "township")
    )
    assert line_of(made, home).state == "look"
    decide(cast, look_through, made, home, "township", "return", "已在监测，不必再报。")
    line = line_of(made, home)
    assert (line.state, line.returns, line.returned) == ("answer", 1, "已在监测，不必再报。")


@pytest.mark.parametrize(("kind", "status", "after"), [("edge", "edge", "general"),
                                                       ("lookback", "exited", "poor")])  # fmt: skip
def test_never_met_the_standard_is_a_correction_confirmed_by_the_county(cast, kind, status, after):
    home = cast.household(status=status)
    made = opened(cast, kind)
    visited(cast, home)
    answer(cast, made, home, "never_met", "识别时收入算错。")
    decide(cast, look_through, made, home, "township")
    home.refresh_from_db()
    assert (home.status, line_of(made, home).state) == (status, "confirm")
    decide(cast, confirm, made, home, "county")
    home.refresh_from_db()
    assert (home.status, home.origin, line_of(made, home).state) == (after, "correction", "done")
    assert "识别时收入算错" in home.because
    assert not Case.objects.exists()


def test_nobody_looks_through_an_answer_of_their_own(cast):
    home = cast.household(exited_class="supported")
    made = opened(cast)
    visited(cast, home)
    answer(cast, made, home, "away", "全家外出。")
    CampaignLine.objects.update(answered_by=cast.township)
    assert "another officer" in refusal(decide(cast, look_through, made, home, "township"))


def test_of_two_who_answer_at_once_the_second_is_told(cast):
    home = cast.household()
    made = opened(cast)
    visited(cast, home)
    line = line_of(made, home)
    chosen = [Chosen(line.pk, line.version, answer="away", words="外出")]
    assert answer_lines(made, chosen, by=cast.village, at=NOW).moved
    assert "meanwhile" in refusal(answer_lines(made, chosen, by=cast.village, at=NOW))


def test_another_village_does_not_answer_and_does_not_see(cast):
    home = cast.household()
    made = opened(cast)
    assert "not in the campaign" in refusal(
        answer(cast, made, home, "away", "外出", by="next_village")
    )
    with pytest.raises(Refused, match="not for your office"):
        answer(cast, made, home, "away", "外出", by="county")


def test_lines_go_along_with_households_and_leave_with_their_status(cast):
    moved, changed = cast.household(), cast.household()
    made = opened(cast)
    there = cast.next_village.division
    Household.objects.filter(pk=moved.pk).update(village=there)
    Household.objects.filter(pk=changed.pk).update(status="poor", exited_class="")
    keep_campaigns(at=NOW)
    assert line_of(made, moved).village == there
    assert line_of(made, changed).state == "dropped"
    assert [task.at for task in Task.objects.open()] == [there]


def test_ended_early_nobody_is_asked_any_more(cast):
    home = cast.household()
    made = opened(cast)
    with pytest.raises(Refused, match="office that opened"):
        end_campaign(made, because="重复", by=cast.province, at=NOW)
    made = end_campaign(made, because="省里另有安排。", by=cast.county, at=NOW)
    assert line_of(made, home).state == "dropped"
    assert not Task.objects.open().exists()
    opened(cast)


# Screening (LA 2.2).


def test_a_screening_lists_general_households_of_key_groups_with_the_reason(cast):
    plain = cast.household(status="general")
    unsafe = cast.household(status="general", unsafe_house=True)
    ill = cast.household(status="general")
    cast.member(ill, major_illness=True, disabled=True)
    struck = cast.household(status="general")
    Event.objects.create(
        household=struck, kind="disaster", happened_on=TODAY - timedelta(days=30), recorded_at=NOW
    )
    cast.household(status="edge", unsafe_house=True)
    groups = ["unsafe_house", "illness", "disability", "disaster"]
    made = opened(cast, "screening", groups=groups)
    why = {line.household: line.groups for line in made.lines.all()}
    assert why == {
        unsafe: ["unsafe_house"], ill: ["illness", "disability"], struck: ["disaster"]
    }  # fmt: skip
    assert add_households(
        made, numbers=[plain.number], words="丧偶老人", by=cast.county, at=NOW
    ) == 1  # fmt: skip
    with pytest.raises(Refused, match="12345"):
        add_households(made, numbers=["12345"], words="x", by=cast.county, at=NOW)


def test_a_candidate_is_visited_or_excused_with_a_reason(cast):
    sick, away = (cast.household(status="general", unsafe_house=True) for _n in range(2))
    made = opened(cast, "screening", groups=["unsafe_house"])
    assert "No visit" in refusal(answer(cast, made, sick, "risk", "房屋漏雨。"))
    visited(cast, sick)
    answer(cast, made, sick, "risk", "房屋漏雨，无力修缮。")
    assert "needs a reason" in refusal(answer(cast, made, away, "excused"))
    answer(cast, made, away, "excused", "全家在外省务工，电话确认。")
    assert line_of(made, away).state == line_of(made, sick).state == "look"
    decide(cast, look_through, made, sick, "township")
    assert line_of(made, sick).case.procedure == "edge_listing"


def test_who_has_not_screened_for_half_a_year_is_told_once(cast):
    cast.household(status="general", unsafe_house=True)
    cast.household("341525100201")  # nobody to screen in the stranger's county
    follow_screenings(at=NOW)
    follow_screenings(at=NOW)
    task = Task.objects.get()
    assert (task.kind, task.at, task.role) == ("screening_due", cast.county.division, "county")
    opened(cast, "screening", groups=["unsafe_house"])
    assert follow_screenings(at=NOW).ended == 1
    assert follow_screenings(at=NOW + timedelta(days=200)).opened == 0
    assert follow_screenings(at=NOW + timedelta(days=214)).opened == 1


def test_a_person_without_a_household_becomes_a_clue(cast):
    made = opened(cast, "screening", groups=["disability"])
    said = {"village": cast.village.division, "told_by": "残联", "by": cast.county, "at": NOW}
    line = add_person(made, name="方小敏", resident_id="341524198005042637", **said)
    with pytest.raises(Refused, match="on the list already"):
        add_person(made, name="方小敏", resident_id="341524198005042637", **said)
    assert (line.added_by, line.added_at) == (cast.county, NOW)
    chosen = [Chosen(line.pk, line.version, answer="risk", words="独居，无收入。")]
    assert answer_lines(made, chosen, by=cast.village, at=NOW).moved
    line.refresh_from_db()
    look_through(made, [Chosen(line.pk, line.version)], by=cast.township, at=NOW)
    line.refresh_from_db()
    assert (line.clue.name, line.clue.village) == ("方小敏", cast.village.division)


def told_by_department(cast, kind, number, name, by="water", code="341524000000"):
    upload = FeedUpload.objects.create(
        kind=KINDS_OF_FEEDS[kind].number, department="civil_affairs",
        division=cast.divisions[code], file_name="x.xlsx", digest="0", state="loaded",
        as_of=timezone.localdate(), asked_by=getattr(cast, by), asked_at=NOW,
    )  # fmt: skip
    return FeedTrouble.objects.create(
        upload=upload, row=2, reason="no_hit", person=sealed_person(number, name),
        masked="341524********2637",
    )  # fmt: skip


def test_whom_a_department_lists_and_nobody_knows_is_a_candidate(cast, client):
    made = opened(cast, "screening", groups=["disability"])
    row = told_by_department(cast, "low_income", "341524198005042637", "方小敏")
    told_by_department(cast, "vehicles", "341524198005042637", "方小敏")
    told_by_department(cast, "low_income", "x", "y", "stranger", "341525000000")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(cast.county.officer)
    page = client.get(reverse("campaign_candidates", args=[made.pk]))
    assert list(page.context["page"]) == [row]
    assert "方小敏" not in page.content.decode()
    url = f"{reverse('campaign_person', args=[made.pk])}?row={row.pk}"
    village = {"village": cast.village.division.code}
    assert client.post(url, village).status_code == 302
    person = made.lines.get().person
    assert (person.name, person.resident_id.open()) == ("方小敏", "341524198005042637")
    assert "on the list already" in client.post(url, village).content.decode()


# Pages and the job.


def test_the_job_opens_it_once_however_often_it_runs(cast):
    home = cast.household()
    said = {"kind": "lookback", "since": TODAY, "until": UNTIL, "groups": []}
    job = ask_for_campaign(**said, by=cast.county, at=NOW)
    campaign(job)
    result = campaign(job)
    assert [line.household for line in Campaign.objects.get().lines.all()] == [home]
    assert result["url"] == reverse("campaign", args=[Campaign.objects.get().pk])


def test_from_the_page_the_village_answers_and_what_fails_is_told(cast, client):
    first, second = cast.household(), cast.household()
    made = opened(cast)
    visited(cast, first)
    rows = {home: line_of(made, home) for home in (first, second)}
    data = {}
    for line in rows.values():
        data |= {f"seen-{line.pk}": f"{line.version}:", f"answer-{line.pk}": "stands"}
    client.force_login(cast.village.officer)
    page = client.post(reverse("campaign_lines", args=[made.pk]), data)
    assert (page.status_code, page.context["saved"]) == (409, 1)
    assert [line for line, _why in page.context["refused"]] == [rows[second]]
    client.force_login(cast.county.officer)
    page = client.get(reverse("campaign", args=[made.pk]))
    assert (page.context["figures"]["all"], page.context["figures"]["done"]) == (2, 1)
    assert [row["answer"] for row in page.context["rows"]] == [1]
    client.force_login(cast.assigned.officer)
    assert client.post(reverse("campaign_lines", args=[made.pk]), data).status_code == 403
