"""Figures of departments: what a county's department is shown instead of empty townships, and the
table of all departments for whoever oversees them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.refusals import Refused
from accounts.roles import DEPARTMENTS
from feeds.kinds import KINDS
from feeds.models import FeedRow, FeedUpload
from households.models import Household
from jobs.tables.page import found_on
from monitoring.review import review_month
from reports.figures.rolling import roll_up
from tests.monitoring.test_review import AUGUST_EVE
from tests.reports.figure_things import day, departed, noon

pytestmark = pytest.mark.django_db
JUNE = date(2020, 6, 1)
OVERSEERS = ("county", "city", "province", "auditor")


def upload(cast, on, rows, matched, homes=(), state="loaded"):
    """A file of pupils with rows that found members of these households."""
    kind = KINDS["school"].number
    made = FeedUpload.objects.create(
        kind=kind, department="education", division=cast.county.division, file_name="学籍.xlsx",
        digest=f"{on}{rows}{state}", state=state, as_of=on, asked_by=cast.education,
        asked_at=noon(on), loaded_at=noon(on), counts={"rows": rows, "matched": matched},
    )  # fmt: skip
    for home in homes:
        FeedRow.objects.create(
            kind=kind, name_matches=True, news=True, on=on, upload=made,
            member=home.members.first(), household=home, values={},
        )  # fmt: skip
    return made


@pytest.fixture
def homes(cast):
    found = [cast.family("341524105207"), cast.family("341524105207"), cast.family("341524105201")]
    for home in found:
        home.members.update(school="primary")
    return found


@pytest.fixture
def rolled(cast, homes):
    departed(cast)
    upload(cast, day(5), 20, 15, homes[:2])
    upload(cast, day(8), 10, 10, homes[:1])
    upload(cast, day(9, 5), 8, 2)
    upload(cast, day(9), 7, 7, homes[2:], state="undone")
    run = review_month(province=cast.province.division, month=JUNE, by=cast.province, at=AUGUST_EVE)
    roll_up(run)
    return run


@pytest.fixture
def look(client):
    def get(post, address):
        client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(address)

    return get


def test_files_are_told_by_kind_and_month_and_not_by_township(cast, rolled, look):
    page = look(cast.education, "/figures/?group=data&month=2020-06")
    context = page.context
    assert context["rows"] == [] and context["foot"] == []
    codes = [value.figure.code for value in context["apart"]]
    assert codes == ["files_education", "rows_education", "matched_education"]
    (row,) = [row for row in context["kinds"] if row["files"]]
    assert (row["kind"].code, row["files"], row["rows"], row["matched"]) == ("school", 2, 30, 25)
    assert row["line"][-2:] == [pytest.approx(0.25), pytest.approx(25 / 30)]
    assert reverse("figure", args=["files_education"]) in page.text


def test_a_household_found_twice_counts_once_and_one_taken_back_not(cast, rolled, look):
    page = look(cast.education, "/figures/?group=data&month=2020-06")
    found = {row["place"].name: row["found"] for row in page.context["matched"]}
    slow = {}
    rows = FeedRow.objects.filter(upload__state="loaded", upload__loaded_at__month=6)
    for home in {row.household for row in rows.select_related("household__township")}:
        slow[home.township.name] = slow.get(home.township.name, 0) + 1
    assert {name: number for name, number in found.items() if number} == slow
    assert sum(slow.values()) == 2
    known = sum(row["known"] for row in page.context["matched"])
    assert known == Household.objects.visible_to(cast.education).count()


def test_what_has_no_rows_below_a_county_stands_apart(cast, rolled, look):
    context = look(cast.education, "/figures/?group=carried").context
    assert [value.figure.code for value in context["apart"]] == ["tasks_education"]
    assert len(context["foot"]) == len(context["asked"].compared) == 4
    page = look(cast.education, "/figures/?group=carried&figure=tasks_education")
    assert page.status_code == 200 and "drawn" not in page.context


@pytest.mark.parametrize("role", OVERSEERS)
def test_whoever_oversees_them_has_a_table_of_departments(cast, rolled, look, role):
    page = look(getattr(cast, role), "/figures/?group=departments&month=2020-06")
    rows = {row["code"]: row["values"] for row in page.context["departments"]}
    assert list(rows) == list(DEPARTMENTS)
    told = {value.figure.code: value.number for value in rows["education"]}
    assert told["asked_education"] == 4 and told["files_education"] == 4
    for value in rows["education"]:
        if value.n:
            address = reverse("figure", args=[value.figure.code])
            assert f"{address}?month=2020-06" in page.text


@pytest.mark.parametrize("role", OVERSEERS)
@pytest.mark.parametrize("code", ["asked_education", "late_education", "files_education"])
def test_each_number_leads_to_as_many_rows(cast, rolled, look, role, code):
    page = look(getattr(cast, role), f"/figures/{code}/?month=2020-06")
    assert len(page.context["lines"]) == page.context["value"].n > 0
    assert str(DEPARTMENTS["education"]) in page.text


@pytest.mark.parametrize("role", ["township", "village", "water", "next_township"])
def test_nobody_else_is_told_of_a_department(cast, rolled, look, role):
    post = getattr(cast, role)
    page = look(post, "/figures/?group=departments")
    assert "departments" not in page.context
    assert look(post, "/figures/asked_education/?month=2020-06").status_code == 404


def test_the_drawn_figure_of_a_department_stands_by_division(cast, rolled, look):
    page = look(cast.city, "/figures/?group=departments&figure=files_education")
    assert [figure.code for figure in page.context["asked"].compared] == ["files_education"]
    shown = {row["place"].name: row["shown"][0].n for row in page.context["rows"]}
    assert shown["金寨县"] == 4
    page = look(cast.county, "/figures/?group=departments&figure=files_education")
    assert page.context["rows"] == []
    page = look(cast.county, "/figures/?group=departments&figure=late_education")
    assert sum(row["shown"][0].n for row in page.context["rows"]) == 1
    below = look(cast.county, "/figures/?group=departments&division=341524105000")
    values = {one["code"]: one["values"] for one in below.context["departments"]}["education"]
    assert [value is None for value in values] == [False] * 6 + [True] * 3


def test_the_machine_is_told_the_same(cast, rolled, look):
    told = look(cast.county, reverse("api_figures-list")).json()
    assert "education" in {one["department"] for one in told}
    late = reverse("api_figures-rows", args=["late_education"])
    assert len(look(cast.county, late).json()["results"]) == 1
    assert look(cast.township, late).status_code == 404


def test_days_of_the_month_are_those_of_the_figure(cast, rolled, look):
    """A file of the last evening is June's, one of the first moment of July is not."""
    last = upload(cast, day(30), 4, 4)
    FeedUpload.objects.filter(pk=last.pk).update(loaded_at=noon(day(30)) + timedelta(hours=11))
    roll_up(rolled)
    context = look(cast.education, "/figures/?group=data&month=2020-06").context
    files = context["own"][0].n
    assert sum(row["files"] for row in context["kinds"]) + 2 == files == 5


def test_its_tables_can_be_downloaded(cast, rolled):
    query = "group=departments&month=2020-06"
    found = found_on("/figures/#departments", query, cast.county)
    assert [column.value(found.rows[0]) for column in found.columns][0] == DEPARTMENTS[
        "civil_affairs"
    ]
    taught = next(row for row in found.rows if row["code"] == "education")
    assert found.columns[1].value(taught) == 4
    for part in ("kinds", "matched"):
        assert found_on(f"/figures/#{part}", "group=data", cast.education).rows
        with pytest.raises(Refused):
            found_on(f"/figures/#{part}", "group=questions", cast.education)
    with pytest.raises(PermissionDenied):
        found_on("/figures/#departments", query, cast.township)
