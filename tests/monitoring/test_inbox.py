"""The inbox: each desk finds what is its own, in the order of deadlines, in a fixed number of
queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.workdays import add_workdays
from monitoring.cases import casework
from monitoring.cases.records import ask_department
from monitoring.models import Case, State
from tests.cast import NOW
from tests.monitoring.chains import answer, opened, refreshed, subject_of, walked
from tests.monitoring.desks import lying

TODAY = timezone.localdate()


def look(client, post, address="/cases/"):
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address)


def heads(page):
    return [row.case.household.head_name for row in page.context["page"]]


def test_the_first_deadline_comes_first_and_may_be_turned(cast, client):
    for name, days in (("甲三", 3), ("甲一", -2), ("甲二", 0)):
        lying(cast, "tier", 2, head_name=name, due=TODAY + timedelta(days=days))
    page = look(client, cast.county)
    assert heads(page) == ["甲一", "甲二", "甲三"]
    assert page.context["figures"] == {"all": 3, "late": 1, "today": 1}
    assert 'aria-sort="ascending"' in page.text
    assert heads(look(client, cast.county, "/cases/?sort=-due")) == ["甲三", "甲二", "甲一"]
    turned = look(client, cast.county, "/cases/?sort=head")
    assert len(heads(turned)) == 3 and turned.text.count("aria-sort") == 1


def test_each_desk_has_its_own(cast, client):
    lying(cast, "tier", 0, head_name="村级")
    lying(cast, "tier", 1, head_name="镇级")
    lying(cast, "tier", 2, head_name="县级")
    for post, name in (("village", "村级"), ("township", "镇级"), ("county", "县级")):
        assert heads(look(client, getattr(cast, post))) == [name]
    for post in ("next_village", "next_township", "stranger", "city", "province"):
        assert heads(look(client, getattr(cast, post))) == []


def test_an_auditor_reads_the_division_and_has_no_desk(cast, client):
    lying(cast, "tier", 1, head_name="汪大山")
    page = look(client, cast.auditor)
    assert list(page.context["inbox_tabs"]) == ["all"] and heads(page) == ["汪大山"]
    assert 'name="case"' not in page.text
    assert heads(look(client, cast.auditor, "/cases/?tab=todo")) == ["汪大山"]


def test_a_responsible_person_sees_the_own_households(cast, client):
    lying(cast, "tier", 1, head_name="自包", in_charge=cast.assigned.officer)
    lying(cast, "tier", 1, head_name="别家")
    assert heads(look(client, cast.assigned)) == ["自包"]


@pytest.mark.parametrize("post", ["administrator", "education"])
def test_others_have_no_inbox(cast, client, post):
    assert look(client, getattr(cast, post)).status_code == 403


def test_what_i_did_and_what_i_began(cast, client):
    begun = opened(cast, "tier", by=cast.village)
    assert heads(look(client, cast.village, "/cases/?tab=done")) == []  # still on the own desk
    walked(cast, begun, to=1)
    assert len(heads(look(client, cast.village, "/cases/?tab=done"))) == 1
    assert len(heads(look(client, cast.village, "/cases/?tab=mine"))) == 1
    colleague = cast.post("village", "341524105207")
    assert heads(look(client, colleague, "/cases/?tab=done")) == []
    assert heads(look(client, colleague, "/cases/?tab=mine")) == []


def test_what_is_done_says_how_it_ended(cast, client):
    case = opened(cast, "tier", by=cast.village)
    casework.withdraw(case, seen_version=1, because="看错了户", by=cast.village, at=NOW)
    page = look(client, cast.village, "/cases/?tab=mine")
    assert [row.case.state for row in page.context["page"]] == [State.WITHDRAWN]
    assert heads(look(client, cast.village, "/cases/?tab=mine&state=open")) == []
    assert len(heads(look(client, cast.village, "/cases/?tab=mine&state=withdrawn"))) == 1


def test_late_below_is_seen_by_the_level_that_was_told(cast, client):
    case = lying(cast, "tier", 1, head_name="镇迟")
    Case.objects.filter(pk=case.pk).update(escalated_to=cast.county.division)
    assert heads(look(client, cast.county, "/cases/?tab=late")) == ["镇迟"]
    assert heads(look(client, cast.city, "/cases/?tab=late")) == []
    assert "late" not in look(client, cast.village).context["inbox_tabs"]


@pytest.fixture
def mixed(cast):
    lying(cast, "tier", 2, head_name="备案户", due=TODAY - timedelta(days=1))
    lying(cast, "class_change", 2, head_name="类别户", due=TODAY)
    lying(cast, "edge_listing", 0, head_name="比对户", due=add_workdays(TODAY, 2))
    lying(cast, "edge_listing", 4, head_name="审定户", due=add_workdays(TODAY, 9))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("procedure=tier", ["备案户"]),
        ("procedure=edge_listing", ["比对户", "审定户"]),
        ("procedure=edge_listing&step=approve", ["审定户"]),
        ("due=overdue", ["备案户"]),
        ("due=today", ["类别户"]),
        ("due=soon", ["类别户", "比对户"]),
        ("division=341524105207", ["备案户", "类别户", "比对户", "审定户"]),
        ("division=341524105201", []),
        ("division=341525000000", ["备案户", "类别户", "比对户", "审定户"]),  # not mine: unknown
        ("tier=red", []),
        ("q=审定户", ["审定户"]),
        ("q=边-341524", ["比对户", "审定户"]),
        ("procedure=nonsense&step=x&due=y&tier=z&state=w&sort=v", None),
    ],
)
def test_filters_stand_in_the_address(cast, client, mixed, asked, found):
    page = look(client, cast.county, f"/cases/?{asked}")
    assert heads(page) == (["备案户", "类别户", "比对户", "审定户"] if found is None else found)


def test_chips_count_what_the_other_filters_leave(cast, client, mixed):
    page = look(client, cast.county, "/cases/?procedure=edge_listing")
    assert [(chip.code, chip.count) for chip in page.context["chips"]] == [
        ("tier", 1),
        ("edge_listing", 2),
        ("class_change", 1),
    ]
    steps = [(chip.code, chip.count) for chip in page.context["steps"]]
    assert steps == [("compare", 1), ("approve", 1)]


def test_the_tier_of_the_analysis_is_a_filter(cast, client):
    case = lying(cast, "tier", 2, head_name="红户")
    Case.objects.filter(pk=case.pk).update(judged={"tier": "red"})
    lying(cast, "tier", 2, head_name="蓝户")
    assert heads(look(client, cast.county, "/cases/?tier=red")) == ["红户"]


def test_a_full_number_never_stands_in_an_address(cast, client):
    case = lying(cast, "tier", 2, head_name="有号户")
    member = case.household.members.get()
    member.resident_id = "341524201204262611"
    member.save()
    assert look(client, cast.county, "/cases/?q=341524201204262611").status_code == 302
    answer = client.post("/cases/search/", {"q": "341524201204262611", "tab": "todo"})
    assert answer.url == f"/cases/?tab=todo&household={case.household_id}"
    assert heads(client.get(answer.url)) == ["有号户"]
    assert client.post("/cases/search/", {"q": "110101199003072316"}).url == "/cases/"
    assert client.post("/cases/search/", {"q": "有号"}).url == "/cases/?q=%E6%9C%89%E5%8F%B7"


def test_a_row_says_who_sent_it_and_that_it_was_returned(cast, client):
    case = lying(cast, "tier", 2, head_name="退回户")
    casework.return_case(
        case, seen_version=case.version, because="照片看不清", by=cast.county, at=NOW
    )
    page = look(client, cast.township)
    (row,) = page.context["page"]
    assert row.returned and row.sent.by == cast.county
    assert "照片看不清" in page.text


def test_whether_it_can_pass_is_said_beforehand(cast, client):
    ready = lying(cast, "tier", 2, head_name="齐全")
    taken = lying(cast, "tier", 2, head_name="办过")
    taken.actors.create(officer=cast.county.officer, step=1)
    states = {row.case.id: row.failing for row in look(client, cast.county).context["page"]}
    assert states == {ready.id: 0, taken.id: 1}


def test_what_is_to_be_entered_is_no_fault(cast, client):
    lying(cast, "edge_listing", 5)
    (row,) = look(client, cast.township).context["page"]
    assert (row.failing, row.to_enter) == (0, 1)


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)


@pytest.mark.parametrize(("procedure", "step"), [("edge_listing", 4), ("closing_exited", 2)])
def test_fifty_rows_cost_the_queries_of_five(cast, client, procedure, step):
    def more(number):
        for _ in range(number):
            lying(cast, procedure, step)

    more(5)
    look(client, cast.county)
    addresses = ["/cases/", "/cases/?tab=all", "/"]
    few = [queries(client, address) for address in addresses]
    more(45)
    many = [queries(client, address) for address in addresses]
    assert len(look(client, cast.county).context["page"]) == 50
    assert many == few
    assert few[0] < 45


def test_a_long_list_comes_in_pages_that_meet(cast, client):
    for number in range(52):
        lying(cast, due=TODAY + timedelta(days=number % 3))
    first = look(client, cast.county)
    second = client.get(f"/cases/?after={first.context['page'].older}")
    ids = [row.case.id for page in (first, second) for row in page.context["page"]]
    assert len(ids) == len(set(ids)) == 52
    due = [row.case.due_on for page in (first, second) for row in page.context["page"]]
    assert due == sorted(due)


def test_the_menu_and_the_day_count_what_waits(cast, client):
    lying(cast, "tier", 2, head_name="等县里", due=TODAY)
    page = look(client, cast.county, "/")
    entry = next(e for g in page.context["menu"] for e in g["entries"] if e["href"] == "/cases/")
    assert entry["count"] == 1
    assert page.context["waiting"]["all"] == 1 and "等县里" in page.text
    for post in (cast.auditor, cast.assigned, cast.administrator):
        assert "waiting" not in look(client, post, "/").context


# Departments.


@pytest.fixture
def asked(cast):
    household = subject_of(cast, "edge_listing", head_name="问户")
    case = opened(cast, "edge_listing", household=household, by=cast.county)
    return ask_department(
        case, department="education", question="有无失学儿童", by=cast.county, at=timezone.now()
    )


def test_a_department_answers_what_it_is_asked(cast, client, asked):
    page = look(client, cast.education, "/enquiries/")
    assert [row.id for row in page.context["page"]] == [asked.id]
    address = f"/enquiries/{asked.id}/"
    page = client.get(address)
    assert asked.case.household.number in page.text and "有无失学儿童" in page.text
    assert client.post(address, {"speaks_against": "yes"}).status_code == 422
    answer = client.post(address, {"speaks_against": "yes", "answer": "户主名下有公司"})
    assert answer.url == "/enquiries/"
    asked.refresh_from_db()
    assert asked.speaks_against is True and asked.answered_by == cast.education
    again = client.post(address, {"speaks_against": "no", "answer": "没有"})
    assert again.status_code == 409
    assert [r.id for r in client.get("/enquiries/?tab=answered").context["page"]] == [asked.id]
    assert not client.get("/enquiries/").context["page"].rows


def test_no_other_department_and_no_other_post_sees_the_question(cast, client, asked):
    assert look(client, cast.water, f"/enquiries/{asked.id}/").status_code == 404
    assert look(client, cast.water, "/enquiries/").context["page"].rows == []
    neighbour = cast.post("department", "341525000000", department="education")
    assert look(client, neighbour, f"/enquiries/{asked.id}/").status_code == 404
    assert look(client, cast.county, "/enquiries/").status_code == 403


def test_a_question_of_an_ended_case_waits_for_nobody(cast, client, asked):
    case = refreshed(asked.case)
    casework.withdraw(case, seen_version=case.version, because="重复", by=case.opened_by, at=NOW)
    assert look(client, cast.education, "/enquiries/").context["figures"]["all"] == 0
    page = client.get(f"/enquiries/{asked.id}/")
    assert page.status_code == 200 and "<textarea" not in page.text


def test_the_day_of_a_department_shows_its_questions(cast, client, asked):
    page = look(client, cast.education, "/")
    assert page.context["asked"]["all"] == 1 and "问户" in page.text
    answer(cast, asked)
    assert look(client, cast.education, "/").context["asked"]["all"] == 0
