"""What departments reported of a household's members: a tab and the API, newest first."""

from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from feeds.models import FeedRow
from feeds.saying import said
from households.models import Member
from tests.cast import TODAY
from tests.feeds.files import COUNTY, feed, number_of, officer_of
from tests.feeds.test_facts import FACTS, JUNE, pay, tell

pytestmark = pytest.mark.django_db
# Kinds that are no facts of the register: header, cells, what is read.
COMPARED = {
    "vehicles": ("品牌型号 价格", ["大众朗逸", "80000"], "大众朗逸"),
    "companies": ("企业名称 注册资本", ["金寨某商贸", "500000"], "500,000 yuan"),
    "property": ("坐落 建筑面积", ["梅山镇某小区", "88.5"], "88.50 square metres"),
    "deaths": ("死亡日期", ["2020-05-20"], "2020"),
    "disaster": ("灾害种类 受灾日期", ["洪涝", "2020-05-20"], "洪涝"),
    "veterans": ("类别", ["烈属"], "烈属"),
    "epidemic": ("病例类型", ["治愈"], "cured"),
}


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def enter(client, post):
    client.force_login(post.officer)
    return client


def page(client, post, home, **asked):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return enter(client, post).get(reverse("household_departments", args=[home.pk]), asked)


def rows(client, post, home, **asked):
    address = reverse("api_feed-rows-list")
    return enter(client, post).get(address, {"household": home.pk, **asked})


@pytest.mark.parametrize("kind", [*FACTS, *COMPARED, "medical_payment"])
def test_every_kind_is_said_in_words(cast, home, kind):
    if kind in FACTS:
        tell(cast, kind)
        value = FACTS[kind][1].split()[0]
    elif kind in COMPARED:
        header, cells, value = COMPARED[kind]
        feed(kind, f"姓名 身份证号 {header}", [["汪大山", number_of(1), *cells]],
             officer_of(cast, kind))  # fmt: skip
    else:
        pay(cast, ("汪大山", 1, "12000"), ("汪大山", 1, "345.60"))
        value = "12,345.60 yuan"
    found = dict(said(FeedRow.objects.get()))
    assert found and all(found.values())
    assert kind in FACTS or any(value in word for word in found.values()), found


def test_newest_first_with_who_and_when(cast, home, client):
    tell(cast, "low_income", as_of=date(2020, 4, 30))
    tell(cast, "medical_insurance", as_of=JUNE)
    body = page(client, cast.village, home).content.decode()
    assert body.index("medical insurance enrolment</td>") < body.index("subsistence allowance</td>")
    assert "汪大山" in body and number_of(1) not in body and "350 yuan" in body
    only = page(client, cast.village, home, kind="low_income").content.decode()
    assert "350 yuan" in only and "medical insurance enrolment</td>" not in only


def test_another_name_is_told_and_counts_for_nothing(cast, home, client):
    tell(cast, "medical_insurance", person=("王大山", 1))
    assert "counts for nothing" in page(client, cast.county, home).content.decode()
    assert rows(client, cast.county, home).json()["results"][0]["name_matches"] is False


def test_a_department_sees_its_own_rows_alone(cast, home, client):
    tell(cast, "low_income")
    tell(cast, "medical_insurance")
    office = officer_of(cast, "low_income")
    body = page(client, office, home).content.decode()
    assert "350 yuan" in body and "medical insurance enrolment" not in body
    found = rows(client, office, home).json()["results"]
    assert [row["kind"] for row in found] == ["low_income"]
    elsewhere = cast.post("department", "341500000000", department="civil_affairs")
    assert rows(client, elsewhere, home).json()["results"] == []


def test_who_sees_no_members_sees_no_names(cast, home, client):
    tell(cast, "house_grade")
    office = officer_of(cast, "house_grade")
    body = page(client, office, home)
    assert body.status_code == 200 and ">D<" in body.content.decode().replace("grade ", "")
    assert '<td data-label="Member">' not in body.content.decode()
    assert rows(client, office, home).json()["results"][0]["member"] is None


def test_a_department_without_data_is_refused(cast, home, client):
    office = cast.post("department", COUNTY, department="insurance")
    assert page(client, office, home).status_code in (403, 404)


def test_a_foreign_household_is_not_there(cast, home, client):
    tell(cast, "low_income")
    assert page(client, cast.stranger, home).status_code == 404
    assert rows(client, cast.stranger, home).json()["results"] == []
    assert rows(client, cast.administrator, home).status_code == 403


def test_the_api_asks_for_a_household(cast, home, client):
    tell(cast, "low_income")
    enter(client, cast.county)
    assert client.get(reverse("api_feed-rows-list")).status_code == 400
    found = rows(client, cast.county, home, kind="low_income").json()["results"]
    assert [(row["on"], row["values"]["amount"]) for row in found] == [(str(JUNE), 350)]
    assert rows(client, cast.county, home, kind="water").json()["results"] == []


def test_who_left_is_told_as_left(cast, home, people, client):
    tell(cast, "low_income")
    Member.objects.filter(pk=people[0].pk).update(left_on=TODAY)
    assert ">left<" in page(client, cast.county, home).content.decode()
