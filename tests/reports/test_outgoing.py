"""The list of corrections for the national system: page, workbook, counts."""

import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from households.models import Difference, FaultCount, Household
from households.outgoing.finding import find_differences
from households.quality.rolling import OUTGOING
from households.quality.running import check_province
from households.register import record_household, record_member
from jobs.models import Job
from reports.outgoing import ask_for_list, outgoing_workbook
from tests.cast import NOW
from tests.households.faults import Export, load

FIRST = 4  # row of the sheet


@pytest.fixture
def homes(cast):
    """Two households of two villages, changed by a visit and by a correction."""
    load(cast, Export(2))
    load(cast, Export(1, place="斗林", start=5))
    made = list(Household.objects.order_by("number"))
    facts = {"on": NOW.date(), "by": None, "at": NOW}
    record_household(made[0], origin="visit", house_grade="C", phone="13900001234", **facts)
    member = made[0].members.get(relation="child")
    record_member(member, origin="visit", resident_id="341524199801230098", **facts)
    record_household(made[2], origin="correction", group_name="=1+1", **facts)
    find_differences(cast.divisions["341524000000"], at=NOW)
    return made


def page(client, post, **params):
    client.force_login(post.officer)
    return client.get(reverse("outgoing"), params)


def workbook(place, by, source=""):
    job = ask_for_list(place=place, source=source, by=by, at=timezone.now())
    job.started_at = timezone.now()
    outgoing_workbook(job)
    with job.file.open("rb") as file:
        return list(openpyxl.load_workbook(io.BytesIO(file.read())).active.values)


def test_one_sees_what_is_to_be_entered_for_ones_own_division(cast, homes, client):
    for post, number in [(cast.village, 3), (cast.next_village, 1), (cast.county, 4)]:
        assert len(page(client, post).context["lines"]) == number
    assert len(page(client, cast.stranger).context["lines"]) == 0
    assert page(client, cast.water).status_code == 403
    lines = page(client, cast.county, source="correction").context["lines"]
    assert [(line.column, line.said, line.here) for line in lines] == [("自然村", "东畈组", "=1+1")]
    assert len(page(client, cast.county, division="341524105201").context["lines"]) == 1


def test_counts_come_with_the_nightly_run(cast, homes, client):
    check_province(cast.divisions["340000000000"], at=NOW)
    below = page(client, cast.township).context["below"]
    assert {place.name: number for place, number in below} == {"斗林村委会": 1, "豹迹岩村委会": 3}
    county = FaultCount.objects.get(division=cast.divisions["341524000000"], code=OUTGOING)
    assert county.open == 4
    # Faults are counted without them.
    client.force_login(cast.county.officer)
    told = client.get(reverse("checks")).context["told"]
    assert OUTGOING not in [check.code for check, _open, _waived in told]


def test_the_workbook_has_text_masks_and_the_words_of_the_export(cast, homes):
    rows = workbook(cast.county.division, cast.county)
    head = [row for row in rows[FIRST - 1 :] if row[3] == homes[0].number]
    assert {row[8]: row[9:11] for row in head} == {
        "住房等级": ("A", "C"),
        "户联系电话": ("138****6171", "139****1234"),
        "证件号码": (homes[0].members.get(relation="child").past.get().resident_id_masked,
                 "341524********0098"),
    }  # fmt: skip
    assert {row[7] for row in head} == {None, "341524********0098"}
    assert rows[-1][10] == "=1+1" or rows[FIRST - 1][10] == "=1+1"
    text = str(rows)
    assert "13900001234" not in text and "341524199801230098" not in text


def test_the_workbook_is_in_the_order_of_townships_and_limited(cast, homes):
    villages = [row[2] for row in workbook(cast.county.division, cast.county)[FIRST - 1 :]]
    assert villages == ["斗林村委会", *["豹迹岩村委会"] * 3]
    assert len(workbook(cast.stranger.division, cast.stranger)) == FIRST - 1
    only = workbook(cast.township.division, cast.township, "correction")
    assert [row[8] for row in only[FIRST - 1 :]] == ["自然村"]


def test_the_workbook_brings_the_list_up_to_date(cast, homes):
    facts = {"on": NOW.date(), "origin": "correction", "by": None, "at": NOW}
    record_household(homes[0], house_grade="A", **facts)
    rows = workbook(cast.township.division, cast.township)
    assert "住房等级" not in [row[8] for row in rows]
    assert Difference.objects.get(column="house_grade").ended_on is not None


def test_asked_for_in_the_page_by_who_loads_the_export(cast, homes, client):
    client.force_login(cast.township.officer)
    client.post(reverse("outgoing_workbook"), {"division": "341524105201", "source": "x"})
    job = Job.objects.get(kind="outgoing")
    assert job.arguments == {"division": "341524105201", "source": ""}
    # Of a foreign division nothing is asked.
    client.post(reverse("outgoing_workbook"), {"division": "341525000000"})
    assert Job.objects.filter(kind="outgoing").latest("id").arguments["division"] == "341524105000"
    client.force_login(cast.village.officer)
    assert client.post(reverse("outgoing_workbook")).status_code == 403
    assert reverse("outgoing_workbook") not in page(client, cast.village).content.decode()


def test_more_lines_cost_no_more_statements(cast, homes, client, django_assert_max_num_queries):
    page(client, cast.county)
    with django_assert_max_num_queries(30):
        page(client, cast.county)
