from datetime import date

import openpyxl
import pytest
from django.core.management import call_command
from django.utils.translation import override

from jobs.models import Job
from jobs.running import run_job
from monitoring.models import FlagLine
from monitoring.review import review_month
from reports.red_flags import COLUMNS
from tests.monitoring.test_review import AUGUST_EVE, make_red, visit

JUNE = date(2020, 6, 1)


@pytest.fixture
def flagged(cast):
    """A red household in Jinzhai, one in Huoshan, and a healthy one; June is reviewed."""
    here = make_red(cast, head_name="=汪秀兰", responsible_name="李传明")
    there = make_red(cast, code="341525100201", head_name="何霍山")
    visit(cast, cast.family())
    review_month(province=cast.province.division, month=JUNE, by=cast.province, at=AUGUST_EVE)
    return here, there


def test_each_sees_the_lines_of_the_own_division(cast, flagged):
    here, there = flagged
    seen = {
        name: set(
            FlagLine.objects.visible_to(getattr(cast, name)).values_list("household", flat=True)
        )
        for name in ("village", "township", "county", "stranger", "city", "province")
    }
    assert seen == {
        "village": {here.id},
        "township": {here.id},
        "county": {here.id},
        "stranger": {there.id},
        "city": {here.id, there.id},
        "province": {here.id, there.id},
    }
    assert not FlagLine.objects.visible_to(cast.other_province).exists()
    assert not FlagLine.objects.visible_to(cast.administrator).exists()


def workbook(path):
    with override("zh-hans"):
        sheet = openpyxl.load_workbook(path).active
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    return sheet, [row for row in rows if any(row)]


def test_the_command_writes_what_the_month_holds(cast, flagged, tmp_path):
    path = tmp_path / "report.xlsx"
    call_command("red_flag_report", month="2020-06", division="341524", output=str(path))
    sheet, rows = workbook(path)
    (row,) = rows
    here = flagged[0]
    assert row[5:7] == (here.number, "=汪秀兰")
    assert row[15].date() == date(2020, 6, 30) and row[16].date() == date(2020, 7, 30)
    assert "李传明" in row
    assert sheet.freeze_panes == "H4" and sheet.auto_filter.ref
    assert len(COLUMNS) == sheet.max_column


def test_ids_are_text_and_no_cell_is_a_formula(cast, flagged, tmp_path):
    path = tmp_path / "report.xlsx"
    call_command("red_flag_report", month="2020-06", division="34", output=str(path))
    sheet, rows = workbook(path)
    assert len(rows) == 2
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert all(isinstance(row[5], str) for row in rows)


def test_the_page_names_rule_and_clause(cast, flagged, client):
    client.force_login(cast.county.officer)
    with override("en"):
        page = client.get("/reports/red-flags/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "lives in a dangerous house" in page and "GZ 4.2.1" in page
    assert "何霍山" not in page
    strange = client.get("/reports/red-flags/?division=341525000000").content.decode()
    assert "何霍山" not in strange


def test_the_pages_queries_do_not_grow_with_its_rows(
    cast, client, django_assert_max_num_queries, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def ask():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/reports/red-flags/").status_code == 200
        return len(queries)

    for _n in range(3):
        make_red(cast)
    review_month(province=cast.province.division, month=JUNE, by=cast.province, at=AUGUST_EVE)
    client.force_login(cast.county.officer)
    ask()
    few = ask()
    for _n in range(20):
        make_red(cast)
    review_month(
        province=cast.province.division,
        month=date(2020, 7, 1),
        by=cast.province,
        at=AUGUST_EVE,
    )
    ask()
    assert ask() == few


@pytest.mark.parametrize(
    "wanted", ["", "change=new", "change=cleared", "no_person=1", "late=1", "change=new&again=1"]
)
def test_the_figures_and_lengths_are_of_the_own_lines(cast, flagged, client, wanted):
    """Counted once for a month and a place, a figure is still nobody else's."""
    shown = {}
    for name in ("city", "county", "stranger", "county", "city"):
        client.force_login(getattr(cast, name).officer)
        answer = client.get(f"/reports/red-flags/?{wanted}").context
        assert answer["count"] == len(answer["page"])
        assert shown.setdefault(name, answer["figures"]) == answer["figures"]
    assert {name: each["standing"] for name, each in shown.items()} == {
        "city": 2, "county": 1, "stranger": 1,
    }  # fmt: skip
    assert (shown["county"]["no_person"], shown["stranger"]["no_person"]) == (0, 1)


def test_the_workbook_is_made_in_the_background_for_who_asked(cast, flagged, client):
    client.force_login(cast.county.officer)
    answer = client.post("/reports/red-flags/workbook/", {"division": "341525000000"})
    job = Job.objects.get()
    assert answer.url.endswith(f"/{job.id}/")
    run_job(job.id)
    job.refresh_from_db()
    assert job.state == "done" and job.result == {"rows": 1}
    got = client.get(f"/jobs/{job.id}/file/")
    assert got.status_code == 200 and "no-store" in got["Cache-Control"]
    client.force_login(cast.stranger.officer)
    assert client.get(f"/jobs/{job.id}/file/").status_code == 404


def test_who_moved_on_can_no_longer_download_it(cast, flagged, client):
    client.force_login(cast.county.officer)
    client.post("/reports/red-flags/workbook/", {})
    job = Job.objects.get()
    run_job(job.id)
    cast.county.division = cast.divisions["341525000000"]
    cast.county.save()
    assert client.get(f"/jobs/{job.id}/file/").status_code in (403, 404)


def test_only_known_filters_reach_the_job(cast, flagged, client):
    """What somebody types into the request, a number of a person perhaps, is not kept."""
    client.force_login(cast.county.officer)
    sent = {"rule": "341524197204262619", "change": "new", "late": "yes", "group": "edge"}
    client.post("/reports/red-flags/workbook/", sent)
    job = Job.objects.get()
    assert job.arguments["wanted"] == {"change": "new", "group": "edge"}
    assert "341524197204262619" not in job.key
