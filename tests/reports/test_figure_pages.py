"""The pages of figures: the table below a division, and the rows behind each number."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.models import Job
from jobs.running import run_job
from monitoring.review import review_month
from reports.figures import maps, reading, tiles
from reports.figures.rolling import roll_up
from reports.figures.table import BY_CODE
from reports.models import Rollup
from tests.monitoring.test_review import AUGUST_EVE, make_red, visit
from tests.reports.figure_things import burdened, departed, passed

pytestmark = pytest.mark.django_db
JUNE = date(2020, 6, 1)


@pytest.fixture
def reviewed(cast):
    make_red(cast, head_name="汪秀兰")
    make_red(cast, code="341525100201", head_name="何霍山")
    visit(cast, cast.family())
    run = review_month(province=cast.province.division, month=JUNE, by=cast.province, at=AUGUST_EVE)
    roll_up(run)
    return run


@pytest.fixture
def look(client):
    def get(post, address):
        client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(address)

    return get


def shown(page, code):
    """Division -> the figure, as the table below shows it; without those that have none."""
    found = {row["place"].name: row["values"][code].number for row in page.context["rows"]}
    return {name: number for name, number in found.items() if number}


def test_each_level_sees_the_divisions_below_it(cast, look, reviewed):
    assert shown(look(cast.province, "/figures/"), "flags_opened") == {"六安市": 2}
    assert shown(look(cast.city, "/figures/"), "flags_opened") == {"金寨县": 1, "霍山县": 1}
    assert shown(look(cast.county, "/figures/"), "flags_opened") == {"汤家汇镇": 1}
    page = look(cast.county, "/figures/?division=341525000000")  # not the county's own
    assert shown(page, "flags_opened") == {"汤家汇镇": 1}


def test_a_column_sorts_and_turns(cast, look, reviewed):
    make_red(cast, head_name="汪秀英")
    roll_up(reviewed)
    page = look(cast.city, "/figures/?group=tiers&order=tier_red")
    assert [row["place"].name for row in page.context["rows"]] == ["金寨县", "霍山县"]
    page = look(cast.city, "/figures/?group=tiers&order=-tier_red")
    assert [row["place"].name for row in page.context["rows"]] == ["霍山县", "金寨县"]


@pytest.mark.parametrize(
    ("post", "heads"),
    [
        ("province", {"汪秀兰", "何霍山"}),
        ("county", {"汪秀兰"}),
        ("stranger", {"何霍山"}),
        ("next_township", set()),
    ],
)
def test_the_click_shows_exactly_the_rows(cast, look, reviewed, post, heads):
    page = look(getattr(cast, post), "/figures/flags_opened/?month=2020-06")
    assert {line.name for line in page.context["lines"]} == heads
    assert page.context["value"].number == len(heads)


def test_rows_narrow_to_a_division(cast, look, reviewed):
    page = look(cast.city, "/figures/tier_red/?month=2020-06&division=341525000000")
    assert [line.name for line in page.context["lines"]] == ["何霍山"]
    assert page.context["value"].n == 1


def test_no_month_is_said_in_words(cast, look):
    page = look(cast.county, "/figures/")
    assert page.status_code == 200
    assert "rows" not in page.context
    assert look(cast.county, "/figures/flags_opened/").status_code == 404


@pytest.mark.parametrize("post", ["assigned", "administrator"])
def test_whoever_sees_no_division_whole_sees_no_figures(cast, look, reviewed, post):
    assert look(getattr(cast, post), "/figures/").status_code == 403


def test_nonsense_in_the_address_counts_as_not_asked(cast, look, reviewed):
    page = look(
        cast.city, "/figures/?month=2020-13&group=x&figure=y&order=-z&division=12&span=week"
    )
    assert page.status_code == 200
    assert page.context["asked"].month == JUNE


def test_the_page_asks_a_fixed_number_of_questions(cast, look, reviewed):
    few = asked(look, cast)
    for division in cast.divisions.values():
        if division.level >= 4 and division.county_id == cast.county.division_id:
            Rollup.objects.update_or_create(division=division, month=JUNE)
    assert asked(look, cast) == few


def asked(look, cast):
    look(cast.county, "/figures/")
    with CaptureQueriesContext(connection) as questions:
        look(cast.county, "/figures/")
    return len(questions)


def test_the_rows_as_a_workbook(cast, look, reviewed, client):
    look(cast.county, "/figures/")
    address = "/figures/flags_opened/workbook/"
    assert client.post(address, {"month": "2020-06"}).status_code == 302
    job = Job.objects.get(kind="figure_rows")
    run_job(job.id)
    job.refresh_from_db()
    rows = list(openpyxl.load_workbook(job.file).active.iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[1]) for row in rows] == [("汪秀兰", "豹迹岩村委会")]
    assert not job.may_be_opened_by(cast.stranger)


def test_the_cities_of_a_province_are_a_map(cast, look, reviewed):
    page = look(cast.province, "/figures/")
    drawn = page.context["drawn"]
    told = [(one.name, one.value.number, one.shade) for one in drawn.tiles]
    assert told == [("六安", 2, 4), ("宣城", 0, 1)]
    assert drawn.tiles[0].shape == maps.map_of("340000000000").shapes["341500"]
    assert len(drawn.others) == 14
    assert drawn.legend == [(1, 0, 0), (3, 1, 1), (4, 2, 2)]
    words = page.content.decode()
    assert 'href="?division=341500000000" aria-label="六安市 2"' in words
    assert look(cast.city, "/figures/").context["drawn"] is None


def test_without_a_map_the_cities_of_anhui_are_tiles(cast, reviewed, monkeypatch, tmp_path):
    monkeypatch.setattr(maps, "FOLDER", tmp_path)  # npm has brought nothing
    maps.map_of.cache_clear()
    figure = BY_CODE["flags_opened"]
    rows = reading.below(cast.province.division, [JUNE], [figure])
    tile = tiles.drawn_of(cast.province.division, rows, figure).tiles[0]
    maps.map_of.cache_clear()
    assert (tile.place.name, tile.value.number, tile.row, tile.column) == ("六安市", 2, 3, 1)
    assert set(tiles.PLACES.values()) == {
        (row, column) for row in range(1, 6) for column in range(1, 5)
    } - {(1, 4), (3, 3), (5, 1), (5, 4)}


def test_every_province_has_its_own_map():
    found = {code: maps.map_of(f"{code}0000000000") for code in maps.FILES}
    for code, drawn in found.items():
        named = [one for one in drawn.shapes if one.startswith(code)]
        assert len(drawn.shapes) - len(named) <= 1, code  # an islet has a name only
    maps.map_of.cache_clear()
    anhui = maps.map_of("340000000000")
    assert {code[:4] for code in anhui.shapes} == set(tiles.PLACES)
    north, south = anhui.shapes["341600"], anhui.shapes["341000"]  # Bozhou, Huangshan
    assert north.y < south.y and north.x < south.x
    assert maps.map_of("810000000000") is None


def test_an_outline_is_read_as_steps():
    """``A``: one back; ``B``: one forward; ``@``: none; ``D``: two forward."""
    assert maps.decoded("B@AD", [1024, 2048]) == [
        (1025 / 1024, 2.0),
        (1024 / 1024, 2050 / 1024),
    ]


def test_a_quarter_leads_to_the_rows_of_its_months(cast, look, reviewed):
    """The red flag of June and the one that May knew; what stands is counted once, at the end."""
    may = review_month(
        province=cast.province.division, month=date(2020, 5, 1), name="", by=cast.province,
        at=AUGUST_EVE,
    )  # fmt: skip
    roll_up(may)
    page = look(cast.city, "/figures/visits_monthly/?month=2020-06&span=quarter")
    rows = len(page.context["lines"])
    assert page.context["value"].n == rows > 0
    month = look(cast.city, "/figures/visits_monthly/?month=2020-06")
    assert month.context["value"].n == len(month.context["lines"])
    standing = look(cast.city, "/figures/flags_standing/?month=2020-06&span=quarter")
    assert standing.context["value"].n == len(standing.context["lines"]) == 2


def test_steps_by_kind_of_step(cast, look, reviewed):
    passed(cast)
    roll_up(reviewed)
    page = look(cast.county, "/figures/?group=steps&figure=step_village_submit")
    told = {row["kind"].code: row for row in page.context["steps"]}
    assert set(told) == {"village_submit", "township_review"}
    submitted = told["village_submit"]
    assert (submitted["share"].n, submitted["share"].of, submitted["days"]) == (1, 2, 1)
    assert told["township_review"]["days"] == 3
    assert page.context["asked"].drawn.code == "step_village_submit"
    assert shown(page, "step_village_submit")["汤家汇镇"] == 0.5
    page = look(cast.county, "/figures/step_village_submit_20/")
    assert len(page.context["lines"]) == page.context["value"].n == 2


def test_what_villages_are_asked_is_no_table_of_places(cast, look, reviewed):
    burdened(cast)
    roll_up(reviewed)
    page = look(cast.city, "/figures/?group=burden&order=burden_again")
    assert page.context["rows"] == [] and "drawn" not in page.context
    assert "金寨县</a>" not in page.content.decode()
    assert [value.n for value in page.context["own"]] == [13, 5, 27, 600]
    away = look(cast.city, "/figures/burden_again/?division=341524000000")
    assert away.url == "/burden/?division=341524000000"
    assert look(cast.city, "/figures/?group=flags&figure=burden_again").status_code == 200


def test_a_department_sees_its_own_figures(cast, look, reviewed):
    departed(cast)
    roll_up(reviewed)
    page = look(cast.education, "/figures/")
    assert [value.number for value in page.context["own"]] == [4, Decimal(1) / 3, 6, 1]
    assert shown(page, "asked_education") == {"汤家汇镇": 4}
    assert "moves" not in page.context
    assert "等级" not in str([str(words) for words in page.context["asked"].groups.values()])
    page = look(cast.education, "/figures/late_education/")
    assert len(page.context["lines"]) == 1
    page = look(cast.education, "/figures/matched_education/?group=data")
    assert [line.name for line in page.context["lines"]] == ["0.xlsx", "1.xlsx"]
    assert look(cast.education, "/figures/flags_opened/").status_code == 404
    assert look(cast.water, "/figures/late_education/").status_code == 404
    assert look(cast.township, "/figures/late_education/").status_code == 404
