"""An edge household and special funds by the ways that take many: a list, a workbook, a plan."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assistance.groups import acts
from assistance.models import GroupAction, Measure
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
