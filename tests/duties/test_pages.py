"""The list of tasks and the page of one, as each role uses them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.workdays import add_workdays
from duties.doing import open_task
from duties.models import Task, TaskAct, What
from tests.cast import NOW

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def as_post(client):
    """The client, logged in as a post."""

    def enter(post):
        client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture
def task(cast):
    return opened(cast)


def opened(cast, key="1", due=None, **changes):
    made = {
        "at_division": cast.village.division,
        "words": "清点水井",
        "by": cast.township,
    } | changes
    return open_task("request", key=key, due_on=due or TODAY, at=NOW, **made)[0]


def listed(client, **params):
    page = client.get(reverse("tasks"), params)
    assert page.status_code == 200
    return {row.pk for row in page.context["page"]}


def test_the_first_deadline_comes_first(cast, as_post):
    late = opened(cast, "late", TODAY - timedelta(days=3))
    soon = opened(cast, "soon", add_workdays(TODAY, 2))
    now = opened(cast, "now", TODAY)
    client = as_post(cast.village)
    page = client.get(reverse("tasks"))
    assert [row.pk for row in page.context["page"]] == [late.pk, now.pk, soon.pk]
    assert page.context["figures"] == {"all": 3, "late": 1, "today": 1}
    assert listed(client, due="overdue") == {late.pk}
    assert listed(client, due="today") == {now.pk}


def test_the_supervisor_sees_what_is_late_below(cast, as_post, task):
    other = opened(cast, "other", TODAY)
    Task.objects.filter(pk=task.pk).update(escalated_to=cast.township.division)
    client = as_post(cast.township)
    assert listed(client, tab="late") == {task.pk}
    assert listed(client, tab="all") == {task.pk, other.pk}
    assert listed(client, tab="mine") == set()
    assert listed(as_post(cast.next_township), tab="all") == set()


def test_one_finds_a_task_by_the_head_of_its_household(cast, as_post):
    home = cast.household(head_name="诸葛明")
    found = opened(cast, "1", household=home)
    opened(cast, "2", household=cast.household(head_name="欧阳立"))
    assert listed(as_post(cast.village), q="诸葛") == {found.pk}


def test_the_village_ends_a_task_with_outcome_and_words(cast, as_post, task):
    client = as_post(cast.village)
    address = reverse("task_end", args=[task.pk])
    refused = client.post(address, {"outcome": "done", "result": "", "version": 1})
    assert refused.status_code == 422
    done = client.post(address, {"outcome": "done", "result": "七口", "version": 1}, follow=True)
    assert "七口" in done.content.decode()
    task.refresh_from_db()
    assert (task.outcome, task.ended_by) == ("done", cast.village)
    assert listed(client, tab="ended") == {task.pk}


def test_what_was_typed_survives_a_refusal(cast, as_post, task):
    Task.objects.filter(pk=task.pk).update(version=2)
    answer = as_post(cast.village).post(
        reverse("task_note", args=[task.pk]), {"words": "两口已干", "version": 1}
    )
    assert answer.status_code == 422
    assert "两口已干" in answer.content.decode()
    assert not TaskAct.objects.filter(what=What.NOTED).exists()


def test_handing_over_to_the_township(cast, as_post, task):
    client = as_post(cast.village)
    data = {"desk": "township-341524105000", "because": "不在本村", "version": 1}
    answer = client.post(reverse("task_hand_over", args=[task.pk]), data)
    assert answer.url == reverse("tasks")
    assert listed(client, tab="mine") == set()
    assert listed(as_post(cast.township), tab="mine") == {task.pk}


def test_a_task_cannot_be_handed_to_a_desk_that_was_not_offered(cast, as_post, task):
    data = {"desk": "township-341524106000", "because": "不在本村", "version": 1}
    answer = as_post(cast.village).post(reverse("task_hand_over", args=[task.pk]), data)
    assert answer.status_code == 422
    task.refresh_from_db()
    assert task.at == cast.village.division


def test_the_township_asks_its_villages(cast, as_post):
    due = add_workdays(TODAY, 3)
    data = {"level": 5, "division": "", "words": "清点水井", "due_on": f"{due}"}
    data["client_id"] = uuid4().hex
    answer = as_post(cast.township).post(reverse("task_ask"), data)
    assert answer.status_code == 302
    asked = {task.at.code for task in Task.objects.select_related("at")}
    assert asked == {"341524105207", "341524105201"}
    as_post(cast.township).post(reverse("task_ask"), data)  # the same form sent twice
    assert Task.objects.count() == 2
    data |= {"division": "341524105201", "client_id": uuid4().hex}
    as_post(cast.township).post(reverse("task_ask"), data)
    assert Task.objects.filter(at__code="341524105201").count() == 2


def test_the_page_of_today_shows_tasks_and_what_is_late_below(cast, as_post, task):
    assert "清点水井" in as_post(cast.village).get("/").content.decode()
    Task.objects.filter(pk=task.pk).update(escalated_to=cast.township.division)
    page = as_post(cast.township).get("/")
    assert page.context["tasks_late_below"] == 1
    assert "?tab=late" in page.content.decode()


def test_a_list_of_fifty_asks_as_often_as_one_of_five(cast, as_post):
    client = as_post(cast.village)
    for number in range(5):
        opened(cast, f"{number}", household=cast.household())
    listed(client)
    few = _asked(client)
    for number in range(5, 50):
        opened(cast, f"{number}", household=cast.household())
    assert _asked(client) == few


def _asked(client):
    with CaptureQueriesContext(connection) as asked:
        listed(client)
    return len(asked)
