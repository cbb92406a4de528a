"""The table of a page as a workbook: the page's own rows, for one post, as long as it sees them."""

from datetime import timedelta
from urllib.parse import quote

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Post
from households.models import Household
from jobs.models import Job, ListedRows, State
from jobs.running import run_job
from jobs.tables.making import ask_for_table, plain
from jobs.tables.page import found_on
from jobs.watching import ended_of
from tests.cast import NOW, TODAY

HOMES = "/households/"


@pytest.fixture
def made(queue):
    """Asks for a table as a post and makes it; gives the job."""

    def make(post, address=HOMES, query="", **more):
        with override("en"):
            job = ask_for_table(address=address, query=query, by=post, at=NOW, **more)
        run_job(job.id)
        job.refresh_from_db()
        return job

    return make


@pytest.fixture
def enter(client):
    def enter(post):
        client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def rows_in(job):
    sheet = openpyxl.load_workbook(job.file.path).active
    title, said, heads, *rows = sheet.iter_rows()
    return [[cell.value for cell in row] for row in (heads, *rows)]


def heads_in(job):
    return {row[0] for row in rows_in(job)[1:]}


def test_the_workbook_holds_the_rows_and_columns_of_the_page(cast, made):
    cast.household(head_name="汪红", tier="red")
    cast.household("341524105201", head_name="李蓝", tier="blue")
    job = made(cast.county)
    assert (job.state, job.result["rows"]) == (State.DONE, 2)
    assert rows_in(job)[0][:4] == ["Head", "Township", "Village", "Members"]
    assert heads_in(job) == {"汪红", "李蓝"}
    assert "金寨县" in job.file_name and job.file_name.endswith(".xlsx")


def test_filters_order_and_chosen_columns_are_those_of_the_address(cast, made):
    for name, tier in (("甲", "red"), ("乙", "blue"), ("丙", "red")):
        cast.household(head_name=name, tier=tier)
    assert heads_in(made(cast.county, query="tier=red")) == {"甲", "丙"}
    job = made(cast.county, query="cols=number&sort=-number&after=999")
    assert rows_in(job)[0][4:] == ["number"]
    numbers = [row[4] for row in rows_in(job)[1:]]
    assert len(numbers) == 3 and numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("role", ["village", "next_village", "county", "stranger", "province"])
def test_each_post_gets_what_its_page_shows(cast, made, enter, role):
    cast.household(head_name="汪红")
    cast.household("341524105201", head_name="李邻")
    cast.household("341525100201", head_name="王外")
    post = getattr(cast, role)
    page = enter(post).get(HOMES).context["page"]
    assert heads_in(made(post)) == {row.head_name for row in page}


def test_numbers_stay_masked_and_no_cell_is_a_formula(cast, made):
    cast.household(head_name="=1+1", tier="red")
    sheet = openpyxl.load_workbook(made(cast.county).file.path).active
    cell = sheet.cell(row=4, column=1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_page_that_the_post_may_not_open_gives_no_table(cast, made):
    with pytest.raises(PermissionDenied):
        found_on("/imports/", "", cast.village)
    with pytest.raises(Http404):
        found_on("/no/such/page/", "", cast.village)
    with pytest.raises(Http404):
        found_on(reverse("me"), "", cast.village)
    assert made(cast.village, "/imports/").state == State.FAILED


def test_a_full_number_never_becomes_the_argument_of_a_job(cast, enter):
    query = f"q={quote('342426196503122317')}"
    enter(cast.county).post(reverse("ask_table"), {"path": HOMES, "query": query})
    assert not Job.objects.exists()


def test_only_the_post_that_asked_gets_the_file(cast, made, enter):
    job = made(cast.county)
    address = reverse("job_file", args=[job.id])
    assert enter(cast.county).get(address).status_code == 200
    for role in ("city", "province", "township", "administrator", "auditor"):
        assert enter(getattr(cast, role)).get(address).status_code == 404, role


def test_a_row_that_left_what_the_post_sees_closes_the_file(cast, made, enter):
    home = cast.household()
    cast.household()
    job = made(cast.county)
    address = reverse("job_file", args=[job.id])
    away = cast.divisions["341525100201"]
    place = {f"{level}_id": getattr(away, f"{level}_id") for level in ("county", "township")}
    Household.objects.filter(id=home.id).update(village_id=away.id, **place)
    assert enter(cast.county).get(address).status_code == 404
    Household.objects.filter(id=home.id).delete()
    assert enter(cast.county).get(address).status_code == 200


def test_a_page_that_was_closed_to_the_post_closes_the_file(cast, made, enter):
    job = made(cast.county, "/imports/")
    assert job.state == State.DONE
    address = reverse("job_file", args=[job.id])
    Post.objects.filter(id=cast.county.id).update(role="auditor")
    assert enter(cast.county).get(address).status_code == 404


def test_a_post_that_has_ended_gets_no_table_made(cast, queue):
    job = ask_for_table(address=HOMES, query="", by=cast.county, at=NOW)
    Post.objects.filter(id=cast.county.id).update(until=timezone.localdate() - timedelta(days=1))
    run_job(job.id)
    job.refresh_from_db()
    assert job.state == State.FAILED and not job.file and job.error


def test_asked_twice_it_is_one_job_and_made_twice_one_file(cast, queue):
    jobs = [ask_for_table(address=HOMES, query="", by=cast.county, at=NOW) for _n in range(2)]
    assert jobs[0].id == jobs[1].id
    cast.household()
    run_job(jobs[0].id)
    Job.objects.update(state=State.RUNNING)  # killed before its end was written
    run_job(jobs[0].id)
    assert ListedRows.objects.count() == 1
    assert Job.objects.get().state == State.DONE


def test_many_rows_cost_no_more_queries_than_few(cast, django_assert_max_num_queries, queue):
    for _n in range(30):
        cast.household()
    address = reverse("coverage_rows", args=["wanted"])
    job = ask_for_table(address=address, query="", by=cast.county, at=NOW)
    with django_assert_max_num_queries(24):
        run_job(job.id)
    job.refresh_from_db()
    assert (job.state, job.result["rows"]) == (State.DONE, 30)


def test_the_button_stands_on_declared_pages_alone(cast, enter):
    client = enter(cast.county)
    assert "pw-take" in client.get(HOMES).text
    assert "pw-take" not in client.get(reverse("me")).text
    answer = client.post(reverse("ask_table"), {"path": HOMES, "query": "tier=red"})
    assert (answer.status_code, answer.url) == (302, f"{HOMES}?tier=red")
    job = Job.objects.get()
    assert job.arguments == {"address": HOMES, "name": ""} and job.private.open() == "tier=red"


def test_cells_are_words_and_days(cast):
    with override("en"):
        assert [str(plain(value)) for value in (True, False)] == ["yes", "no"]
    assert plain(NOW) == "2020-06-25 10:00"
    assert plain(TODAY) == TODAY
    assert plain(["甲", "", "乙"]) == "甲、乙"
    assert plain(cast.county.division) == "金寨县"


def test_what_ended_is_told_on_other_pages_in_one_query(
    cast, made, enter, django_assert_num_queries
):
    job = made(cast.county)
    open_job = ask_for_table(address="/visits/", query="", by=cast.county, at=NOW)
    client = enter(cast.county)
    assert f"?jobs={open_job.id},{job.id}" in client.get(HOMES).text
    answer = client.get(reverse("ended_jobs"), {"jobs": f"{open_job.id},{job.id},x,{'9' * 30}"})
    assert reverse("job_file", args=[job.id]) in answer.text
    assert f"?jobs={open_job.id}" in answer.text
    foreign = enter(cast.township).get(reverse("ended_jobs"), {"jobs": f"{job.id}"})
    assert "pw-toast" not in foreign.text and "hx-get" not in foreign.text
    with django_assert_num_queries(1):
        ended_of(cast.county, f"{open_job.id},{job.id}")


def test_a_page_asks_for_nothing_while_nothing_runs(cast, enter):
    assert reverse("ended_jobs") not in enter(cast.county).get(HOMES).text
