"""Acts on the page of a case: one effect, the next case, and a sentence for whoever came second."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monitoring.cases import casework
from monitoring.models import Case, CaseAct, State, What
from tests.cast import NOW
from tests.monitoring.chains import (
    officer_of,
    open_for_days,
    opened,
    put_paper,
    refreshed,
    subject_of,
    visit,
    walked,
)

DAY = timezone.localdate()


def enter(client, post):
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")


def send(client, post, case, act, query="", **data):
    enter(client, post)
    data = {"version": case.version, "because": "情况属实"} | data
    return client.post(f"/cases/{case.pk}/{act}/{query}", data)


def at_township(cast, **facts):
    """A class change on the desk of the township, which asks nothing of it."""
    return walked(cast, opened(cast, "class_change"), to=1)


@pytest.fixture
def case(cast):
    return at_township(cast)


def test_a_pass_goes_on_to_the_next_case_and_says_who_is_next(cast, client, case):
    other = at_township(cast)
    answer = send(client, cast.township, case, "pass", "?sort=due")
    assert answer.status_code == 302
    assert answer.url == f"/cases/{other.pk}/?sort=due"
    page = client.get(answer.url).content.decode()
    assert case.number in page and cast.county.division.name in page
    assert refreshed(case).step == 2
    last = send(client, cast.township, other, "pass")
    assert last.url == "/cases/"


def test_a_second_send_has_no_effect_and_is_told_so(cast, client, case):
    send(client, cast.township, case, "pass")
    again = send(client, cast.township, case, "pass")
    assert again.status_code == 409
    assert CaseAct.objects.filter(case=case, what=What.PASSED, step=1).count() == 1


def test_who_comes_second_reads_who_was_first_and_keeps_the_words(cast, client, case):
    other = officer_of(cast, case.household, case.at_step)
    casework.return_case(case, seen_version=case.version, because="请补充收入", by=other, at=NOW)
    answer = send(client, cast.township, case, "pass", because="我的意见")
    assert answer.status_code == 409
    assert other.officer.name in answer.content.decode()
    assert refreshed(case).step == 0


def test_a_return_needs_words_and_goes_to_the_step_before_or_the_start(cast, client):
    case = walked(cast, opened(cast, "class_change"), to=2)
    empty = send(client, cast.county, case, "return", because=" ")
    assert empty.status_code == 422 and refreshed(case).step == 2
    send(client, cast.county, case, "return", to="before", because="请核实收入")
    assert refreshed(case).step == 1
    case = walked(cast, opened(cast, "class_change"), to=2)
    send(client, cast.county, case, "return", to="start", because="请核实收入")
    assert refreshed(case).step == 0


def test_what_fails_is_listed_at_once_and_the_words_stay(cast, client):
    household = subject_of(cast, "closing_exited", water_safe=False)
    case = opened(cast, "closing_exited", household=household)
    cast.measure(case.household, due_on=NOW.date())
    answer = send(client, case.opened_by, case, "pass", because="申请销号的话")
    assert answer.status_code == 422
    assert len(answer.context["failures"]) > 1
    assert refreshed(case).version == case.version


def test_a_reason_is_written_from_the_failed_conditions(cast, client):
    case = walked(cast, opened(cast, "closing_exited"), to=1)
    enter(client, cast.township)
    page = client.get(f"/cases/{case.pk}/")
    acts = page.context["deciding"].acts
    assert [act.code for act in acts if act.form][0] == "return"
    failures = page.context["deciding"].failures
    assert failures and all(
        failure.sentence in acts[0].form.initial["because"] for failure in failures
    )
    assert next(act for act in acts if act.code == "pass").why_not


def test_the_proposal_is_entered_where_the_step_asks(cast, client):
    household = subject_of(cast, "tier")
    visit(cast, household, on=DAY)
    case = opened(cast, "tier", at=timezone.now(), household=household, by=cast.village)
    answer = send(client, cast.village, case, "pass", tier="red", because="住房不安全")
    assert answer.status_code == 302
    case = refreshed(case)
    assert case.step == 1 and case.proposal == {"tier": "red"} and case.because == "住房不安全"


def test_a_wrong_officer_is_refused_with_a_sentence(cast, client, case):
    for post in (cast.village, cast.county, cast.province, cast.auditor, cast.assigned):
        if post == cast.assigned:
            case.household.in_charge = post.officer
            case.household.save()
        for act in ("pass", "return", "refuse", "withdraw", "roll-back"):
            answer = send(client, post, case, act)
            assert answer.status_code in (409, 422), (post.role, act)
            assert 'role="alert"' in answer.content.decode()
    assert refreshed(case).version == case.version
    for post in (cast.next_village, cast.stranger, cast.water, cast.administrator):
        assert send(client, post, case, "pass").status_code == 404


def test_nobody_acts_at_two_steps_and_the_page_says_so_beforehand(cast, client, case):
    twice = cast.post("township", "341524105000")
    casework.return_case(case, seen_version=case.version, because="补充", by=twice, at=NOW)
    case = walked(cast, case, to=2)
    twice.officer.posts.create(role="county", division=cast.county.division, since=NOW.date())
    county = twice.officer.posts.get(role="county")
    enter(client, county)
    session = client.session
    session["post"] = county.id
    session.save()
    page = client.get(f"/cases/{case.pk}/")
    assert [act.code for act in page.context["deciding"].acts if act.form] == []
    answer = client.post(f"/cases/{case.pk}/pass/", {"version": case.version, "because": ""})
    assert answer.status_code == 422 and refreshed(case).step == 2


def test_withdraw_refuse_and_roll_back(cast, client):
    case = opened(cast, "class_change", by=cast.village)
    answer = send(client, cast.village, case, "withdraw", because="看错了户")
    assert answer.url == f"/cases/{case.pk}/" and refreshed(case).state == State.WITHDRAWN
    case = walked(cast, opened(cast, "unstable_listing"), to=3)
    send(client, cast.county, case, "refuse", because="不符合条件")
    assert refreshed(case).state == State.REFUSED
    case = walked(cast, opened(cast, "class_change"))
    send(client, cast.county, case, "roll-back", because="材料有误")
    case = refreshed(case)
    assert case.state == State.ROLLED_BACK
    assert case.household.exited_class == "supported"


def test_the_history_of_the_household_names_the_case(cast, client):
    case = walked(cast, opened(cast, "class_change"))
    enter(client, cast.county)
    page = client.get(f"/households/{case.household_id}/history/").content.decode()
    assert page.count(case.number) >= 4


def test_the_request_is_changed_where_it_was_written(cast, client):
    case = opened(cast, "tier", by=cast.village)
    answer = send(client, cast.village, case, "change", tier="red", because="大病")
    assert answer.status_code == 302
    assert refreshed(case).proposal == {"tier": "red"}
    stale = send(client, cast.village, case, "change", tier="blue", because="大病")
    assert stale.status_code == 409
    enter(client, cast.county)
    assert client.get(f"/cases/{case.pk}/change/").status_code == 403


def test_a_case_is_opened_once(cast, client):
    household = subject_of(cast, "tier")
    enter(client, cast.village)
    address = f"/households/{household.pk}/cases/open/?procedure=tier"
    assert client.get(address).status_code == 200
    answer = client.post(address, {"tier": "yellow", "because": "收入下降"})
    case = Case.objects.get()
    assert answer.url == f"/cases/{case.pk}/" and case.proposal == {"tier": "yellow"}
    again = client.post(address, {"tier": "yellow", "because": "收入下降"})
    assert again.status_code == 422 and case.number in again.content.decode()
    enter(client, cast.county)
    assert client.get(address).status_code == 403


def test_the_tab_offers_what_the_post_may_open_and_says_why_not_the_rest(cast, client):
    household = subject_of(cast, "closing_exited")
    enter(client, cast.village)
    page = client.get(f"/households/{household.pk}/cases/")
    codes = {choice.row.code for choice in page.context["may_open"]}
    assert codes == {"tier", "return", "closing_exited"}
    assert all(choice.why_not for choice in page.context["may_not"])
    enter(client, cast.auditor)
    page = client.get(f"/households/{household.pk}/cases/")
    assert page.context["may_open"] == page.context["may_not"] == []
    enter(client, cast.next_village)
    assert client.get(f"/households/{household.pk}/cases/").status_code == 404


def test_a_notice_with_an_objection_and_its_answer(cast, client):
    case = walked(cast, opened(cast, "return"), to=2)
    open_for_days(case)
    enter(client, cast.village)
    at = f"/cases/{case.pk}/"
    up = DAY - timedelta(days=6)
    said = {"version": case.version, "place": "村务公开栏", "up_on": up, "until": DAY}
    early = client.post(at + "notice/", said | {"until": up + timedelta(days=2)})
    assert early.status_code == 422 and case.notices.count() == 0
    assert client.post(at + "notice/", said).url == f"{at}#notice"
    notice = case.notices.get()
    words = {"version": case.version, "raised_on": DAY, "words": "家有轿车"}
    client.post(f"{at}notices/{notice.pk}/objection/", words)
    objection = notice.objections.get()
    found = {"version": case.version, "answer": "轿车是邻居的", "upheld": "no"}
    client.post(f"{at}objections/{objection.pk}/", found)
    objection.refresh_from_db()
    assert objection.upheld is False
    client.post(f"{at}notices/{notice.pk}/down/", {"version": case.version, "down_on": DAY})
    notice.refresh_from_db()
    assert notice.down_on == DAY
    page = client.get(at).content.decode()
    assert "家有轿车" in page and "轿车是邻居的" in page
    put_paper(case, "notice_photo", cast.village)
    answer = send(client, cast.village, refreshed(case), "pass")
    assert answer.status_code == 302 and refreshed(case).step == 3


def test_votes_and_questions(cast, client):
    case = walked(cast, opened(cast, "return"), to=1)
    votes = {"in_favour": 9, "against": 1, "abstained": 0}
    said = {"version": case.version, "held_on": DAY, "place": "村部", "chair": "李", **votes}
    enter(client, cast.village)
    assert client.post(f"/cases/{case.pk}/meeting/", said).status_code == 302
    assert case.meetings.get().present == 10
    case = opened(cast, "edge_listing", by=cast.county)
    enter(client, cast.county)
    said = {"version": case.version, "department": "health", "question": "有无大病"}
    client.post(f"/cases/{case.pk}/departments/", said)
    enquiry = case.enquiries.get()
    twice = client.post(f"/cases/{case.pk}/departments/", said)
    assert twice.status_code == 422 and case.enquiries.count() == 1
    withdraw = f"/cases/{case.pk}/departments/{enquiry.pk}/withdraw/"
    client.post(withdraw, {"version": case.version, "because": "问错了"})
    enquiry.refresh_from_db()
    assert enquiry.withdrawn_at
