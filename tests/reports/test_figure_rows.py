"""The rows behind a figure: every page of them once, at any level, and the file of them."""

from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Post
from households.models import Fault, Household
from households.quality.check import ERROR
from households.quality.checks import codes_of
from jobs.models import Job, ListedRows, State
from jobs.running import run_job
from monitoring.review import review_month
from reports.figures import listing
from reports.figures.asking import Asked
from reports.figures.reading import of_division
from reports.figures.rolling import roll_up
from reports.figures.table import BY_CODE, figures_for
from reports.figures.workbooks import ask_for_rows
from tests.monitoring.test_review import AUGUST_EVE

pytestmark = pytest.mark.django_db
JUNE = date(2020, 6, 1)
HERE, NEXT, ELSEWHERE = "341524105207", "341524105201", "341525100201"


@pytest.fixture
def counted(cast):
    """Households of three villages in turn, so that ids say nothing about where they are; each
    with a fault."""
    for n in range(80):
        home = cast.household((HERE, ELSEWHERE, NEXT)[n % 3], head_name=f"户{n}")
        Fault.objects.create(household=home, code=codes_of(ERROR)[0], found_on=date(2020, 6, 9))
    run = review_month(province=cast.province.division, month=JUNE, by=cast.province, at=AUGUST_EVE)
    roll_up(run)
    return run


def paged(client, address):
    """Names of all pages, forwards, and the address of the last."""
    names, after = [], ""
    while True:
        page = client.get(f"{address}{after}")
        names += [line.name for line in page.context["lines"]]
        if page.context["page"].older is None:
            return names, page
        after = f"&after={page.context['page'].older}"


@pytest.mark.parametrize("code", ["tier_unknown", "faults"])
@pytest.mark.parametrize("post", ["province", "city", "county", "village"])
def test_every_row_stands_on_one_page(cast, counted, client, code, post):
    post = getattr(cast, post)
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    names, last = paged(client, f"/figures/{code}/?month=2020-06")
    value = last.context["value"]
    rows = Fault.objects.visible_to(post) if code == "faults" else None
    assert len(names) == len(set(names)) == value.n > 0
    if rows is not None:
        assert set(names) == set(rows.values_list("household__head_name", flat=True))
    newer = last.context["page"].newer
    if newer:
        back = client.get(f"/figures/{code}/?month=2020-06&before={newer}")
        assert [line.name for line in back.context["lines"]] == names[: len(back.context["lines"])]


@pytest.mark.parametrize("post", ["province", "county", "education"])
def test_every_figure_leads_to_a_page_of_rows(cast, counted, client, post):
    post = getattr(cast, post)
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    for figure in figures_for(post):
        if figure.compared:
            for span in ("", "&span=quarter"):
                page = client.get(f"/figures/{figure.code}/?month=2020-06{span}")
                assert page.status_code == 200, figure.code


def test_rows_stand_by_village(cast, counted, client):
    """Whether they are walked along an index or sorted, the order is the same."""
    asked = Asked(cast.province, {"month": "2020-06"})
    figure = BY_CODE["tier_unknown"]
    value = of_division(asked.place, asked.span, [figure])[figure.code]
    rows, order = listing.ordered(asked.rows_of(figure), value, asked.place)
    villages = [row.village_id for row in rows.order_by(*order)]
    assert villages == sorted(villages) and len(set(villages)) == 3
    plain = asked.rows_of(figure).order_by("village_id", "id").values_list("id", flat=True)
    assert [row.id for row in rows.order_by(*order)] == list(plain)


@pytest.fixture
def made(cast, counted):
    asked = {"figure": BY_CODE["faults"], "month": JUNE, "division": cast.county.division}
    job = ask_for_rows(**asked, by=cast.county, at=timezone.now())
    run_job(job.id)
    job.refresh_from_db()
    return job


def file_of(client, post, job):
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("job_file", args=[job.id])).status_code


def test_the_file_holds_the_rows_of_the_county(cast, made):
    rows = list(openpyxl.load_workbook(made.file.path).active.iter_rows(values_only=True))
    assert made.state == State.DONE
    assert len(rows) - 3 == made.result["rows"] == 53
    assert ListedRows.objects.get(job=made).model == "households.Fault"


def test_a_row_that_left_what_the_post_sees_closes_the_file(cast, made, client):
    assert file_of(client, cast.county, made) == 200
    assert file_of(client, cast.city, made) == 404
    home = Household.objects.filter(village__code=HERE).first()
    away = cast.divisions[ELSEWHERE]
    place = {f"{level}_id": getattr(away, f"{level}_id") for level in ("county", "township")}
    Household.objects.filter(id=home.id).update(village_id=away.id, **place)
    assert file_of(client, cast.county, made) == 404
    Household.objects.filter(id=home.id).delete()
    assert file_of(client, cast.county, made) == 200


def test_whoever_is_told_the_figure_no_longer_gets_no_file(cast, made, client):
    Post.objects.filter(id=cast.county.id).update(role="department", department="health")
    assert file_of(client, cast.county, made) == 404
    assert Job.objects.get().is_offered_to(Post.objects.get(id=cast.county.id)) is False
