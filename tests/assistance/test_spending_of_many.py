"""An edge household and special funds by the ways that take many: a list, a workbook, a plan."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assistance.groups import acts
from assistance.groups.checks import GroupRefusal
from assistance.models import GroupAction, Measure, PlanLine
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db
XIUJIAN, JINZHAI = "360728100201", "341524105207"
FACTS = {
    "kind": "industry",
    "title": "茶苗补助",
    "organiser": "汤家汇镇",
    "amount": 500,
    "source": "special",
}
# Where, on which day, and whether the edge household among the two is refused.
WAYS = [
    (JINZHAI, TODAY, True),
    (JINZHAI, date(2020, 3, 2), True),
    (JINZHAI, date(2020, 3, 1), False),
    (XIUJIAN, TODAY, False),
]


def two_homes(cast, code):
    return cast.household(code, status="edge"), cast.household(code)


def check_what_was_recorded(homes, refused):
    action = GroupAction.objects.get()
    said = [line.refusal for line in action.lines.order_by("household_id") if line.refusal]
    assert bool(said) == refused
    if refused:
        (sentence,) = said
        assert "AH 4.2.1" in sentence
        assert Measure.objects.get().household == homes[1]
    else:
        assert Measure.objects.filter(source="special").count() == 2


@pytest.mark.parametrize(("code", "day", "refused"), WAYS)
def test_a_picked_list(cast, code, day, refused):
    homes, by = two_homes(cast, code), cast.post("township", f"{code[:9]}000")
    said = {"started_on": day, "due_on": day + timedelta(days=30)}
    action = acts.begin_action(**FACTS, **said, by=by, at=NOW)[0]
    acts.pick(action, whom=[(home.pk, None) for home in homes], by=by)
    assert acts.record_action(action, by=by, at=NOW) == ((1, 1) if refused else (2, 0))
    check_what_was_recorded(homes, refused)


@pytest.mark.parametrize(("code", "day", "refused"), WAYS)
def test_a_workbook_on_the_page(cast, client, code, day, refused):
    homes, by = two_homes(cast, code), cast.post("township", f"{code[:9]}000")
    client.force_login(by.officer)
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["户编号", "姓名"])
    for home in homes:
        book.active.append([home.number, home.head_name])
    book.save(file)
    said = {"started_on": day.isoformat(), "due_on": (day + timedelta(days=30)).isoformat()}
    upload = SimpleUploadedFile("list.xlsx", file.getvalue())
    answer = client.post(reverse("action_new"), FACTS | said | {"department": "", "file": upload})
    action = GroupAction.objects.get()
    assert answer.status_code == 302, answer.text
    client.post(reverse("action_record", args=[action.pk]), {"version": action.version})
    check_what_was_recorded(homes, refused)
    shown = client.get(reverse("action", args=[action.pk])).text
    assert ("AH 4.2.1" in shown) == refused


# The exception of AH 4.1.2 for an independent exited household

EXCEPTION = {
    "exception": "disaster",
    "exception_problem": "housing",
    "exception_words": "洪水冲毁两间，无力自筹",
}


def exceptions():
    rows = Measure.objects.order_by("household_id")
    return [(m.household_id, m.exception, m.exception_words) for m in rows]


@pytest.mark.parametrize("way", ["list", "workbook"])
def test_an_action_carries_the_exception_to_whom_it_serves(cast, client, way):
    homes = cast.household(exited_class="independent"), cast.household(exited_class="supported")
    edge = cast.household(status="edge")
    by = cast.township
    client.force_login(by.officer)
    said = {"started_on": TODAY.isoformat(), "due_on": (TODAY + timedelta(days=30)).isoformat()}
    said = FACTS | said | {"department": ""} | EXCEPTION
    if way == "workbook":
        book, file = openpyxl.Workbook(), io.BytesIO()
        book.active.append(["户编号", "姓名"])
        for home in (*homes, edge):
            book.active.append([home.number, home.head_name])
        book.save(file)
        said |= {"file": SimpleUploadedFile("list.xlsx", file.getvalue())}
    assert client.post(reverse("action_new"), said).status_code == 302
    action = GroupAction.objects.get()
    if way == "list":
        acts.pick(action, whom=[(home.pk, None) for home in (*homes, edge)], by=by)
        action.refresh_from_db()
    client.post(reverse("action_record", args=[action.pk]), {"version": action.version})
    words = EXCEPTION["exception_words"]
    assert exceptions() == [(homes[0].pk, "disaster", words), (homes[1].pk, "", "")]
    assert "AH 4.2.1" in action.lines.get(household=edge).refusal
    assert words in client.get(reverse("action", args=[action.pk])).text


def test_without_it_or_with_half_of_it_an_action_is_refused(cast):
    home, other = cast.household(exited_class="independent"), cast.household()
    days = {"started_on": TODAY, "due_on": TODAY + timedelta(days=30)}
    action = acts.begin_action(**FACTS, **days, by=cast.township, at=NOW)[0]
    acts.pick(action, whom=[(home.pk, None), (other.pk, None)], by=cast.township)
    assert acts.record_action(action, by=cast.township, at=NOW) == (1, 1)
    assert "AH 4.1.2" in action.lines.get(household=home).refusal
    with pytest.raises(GroupRefusal):
        acts.begin_action(**FACTS, **days, exception="disaster", by=cast.township, at=NOW)


def plan_line(**said):
    return {
        "kind": "industry", "words": "茶苗补助", "responsible": "汪书记", "amount": "500.00",
        "source": "special", "started_on": TODAY.isoformat(),
        "due_on": (TODAY + timedelta(days=30)).isoformat(), **said,
    }  # fmt: skip


def test_a_plan_over_the_api_carries_it_to_its_measure(cast, client):
    home = cast.household(exited_class="independent")
    plan = {
        "household": home.pk, "wishes": "修屋", "work_team": "李", "cadres": "汪",
        "valid_from": TODAY.isoformat(), "valid_until": "2020-12-31",
    }  # fmt: skip
    client.force_login(cast.village.officer)
    address, kind = reverse("api_plans-list"), {"content_type": "application/json"}
    refused = client.post(address, plan | {"lines": [plan_line()]}, **kind)
    assert refused.status_code == 400 and "AH 4.1.2" in refused.text
    half = plan | {"lines": [plan_line(exception="disaster")]}
    assert client.post(address, half, **kind).status_code == 400
    made = client.post(address, plan | {"lines": [plan_line(**EXCEPTION)]}, **kind)
    assert made.status_code == 201 and made.json()["lines"][0]["exception"] == "disaster"
    shown = client.get(reverse("plan", args=[made.json()["id"]])).text
    assert EXCEPTION["exception_words"] in shown
    step = {"seen_version": made.json()["version"]}
    address = reverse("api_plans-submit", args=[made.json()["id"]])
    step = {"seen_version": client.post(address, step, **kind).json()["version"]}
    client.force_login(cast.township.officer)
    address = reverse("api_plans-approve", args=[made.json()["id"]])
    assert client.post(address, step, **kind).json()["state"] == "approved"
    assert exceptions() == [(home.pk, "disaster", EXCEPTION["exception_words"])]


def test_the_form_of_a_plan_carries_it(cast, client):
    home = cast.household(exited_class="independent")
    client.force_login(cast.village.officer)
    address = reverse("plan_write", args=[home.pk])
    assert "line-0-exception" in client.get(address).text
    other = cast.household(exited_class="supported")
    assert "line-0-exception" not in client.get(reverse("plan_write", args=[other.pk])).text
    line = {f"line-0-{name}": value for name, value in plan_line(**EXCEPTION, use="on").items()}
    sent = {
        "wishes": "修屋", "work_team": "李", "cadres": "汪", "valid_from": TODAY.isoformat(),
        "valid_until": "2020-12-31", "line-TOTAL_FORMS": "1", "line-INITIAL_FORMS": "0", **line,
    }  # fmt: skip
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.text[-3000:]
    assert PlanLine.objects.get().exception_facts() == EXCEPTION
