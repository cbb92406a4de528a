"""Ledgers of assets, the store and the collectives' income equal a count of our own, on any day;
the figure of GZ 2.5 is the count of its rows."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from assistance.funds.limits import set_limit
from assistance.models import Asset, Project
from assistance.projects.assets import ask_write_off, decide_write_off, transfer_asset
from assistance.projects.collective import book_back, use
from assistance.projects.helping import name_households, take_out
from assistance.projects.store import adjust, adjust_out, start
from assistance.projects.upkeep import inspect
from reports.as_of import Standing
from reports.figures.sources import Month
from reports.figures.table import BY_CODE
from reports.ledgers import LEDGERS
from tests.assistance.project_things import PLACE, asset_of, income, leased, project_of, stored
from tests.cast import NOW, SHANGHAI, TODAY

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=10)
AFTER = LATER.date()


def rows(slug, post, day=TODAY, part=""):
    standing = Standing(LEDGERS[slug], day=day, post=post, part=part)
    found = [row for chunk in standing.chunks() for row in chunk]
    assert standing.count() == len(found)
    return found


def ask(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def told(slug, row):
    """Every cell, as a workbook has it."""
    return {column.code: column.value(row) for column in LEDGERS[slug].columns}


def test_assets_of_today_are_the_rows_of_the_table(cast):
    for code, by in ((PLACE, "township"), ("341524105000", "county"), ("341524000000", "county")):
        asset_of(cast, code=code, by=getattr(cast, by), use="idle")
    asset_of(cast, code="341525100201", by=cast.stranger)
    sql = """SELECT a.number, a.value, a.use, d.level FROM assistance_asset a
        JOIN accounts_division d ON d.id = a.at_id
        WHERE d.{0} = %s AND a.state <> 'written_off' ORDER BY 1"""
    for post, column in ((cast.county, "county_id"), (cast.township, "township_id"),
                         (cast.village, "village_id"), (cast.province, "province_id")):  # fmt: skip
        found = rows("assets", post, part="kept")
        wanted = ask(sql.format(column), post.division_id)
        assert sorted((r.number, r.value, r.use, r.at_level) for r in found) == wanted
    assert [len(rows("assets", cast.county, part=part)) for part in
            ("village", "township", "county", "idle")] == [1, 1, 1, 3]  # fmt: skip
    assert rows("assets", cast.assigned) == rows("assets", cast.next_village) == []


def test_an_earlier_day_shows_the_asset_as_it_was(cast):
    asset = asset_of(cast)
    leased(cast, asset)
    before = told("assets", rows("assets", cast.county)[0])
    inspect(asset, on=AFTER, words="停用", found="idle", by=cast.village, at=LATER)
    transfer_asset(
        asset, owner="collective", keeper="cooperative", keeper_name="合作社", supervisor="镇",
        paper="移1", on=AFTER, because="移交", by=cast.township, at=LATER + timedelta(hours=1),
    )  # fmt: skip
    ask_write_off(asset, because="塌", by=cast.village, at=LATER + timedelta(days=1))
    assert told("assets", rows("assets", cast.county)[0]) == before
    after = told("assets", rows("assets", cast.county, AFTER)[0])
    assert (after["keeper_name"], after["inspected_on"]) == ("合作社", AFTER)
    assert before["keeper_name"] == "豹迹岩村委会" and before["lessee"] == "徽春茶业公司"
    assert len(rows("assets", cast.county, AFTER, "kept")) == 1
    with pytest.raises(Exception, match="租|lease"):
        said = {"because": "定", "by": cast.county, "at": LATER + timedelta(days=2)}
        decide_write_off(asset, approve=True, **said)
    assert rows("assets", cast.county, TODAY - timedelta(days=1)) == []


def test_the_store_of_today_and_of_an_earlier_day(cast):
    project, other = stored(cast, priority="control"), project_of(cast, name="水渠")
    home = cast.household()
    name_households(project, households=[home], by=cast.village, at=NOW)
    before = [told("projects", row) for row in rows("projects", cast.county)]
    sql = """SELECT p.number, p.planned, p.state, count(h.id) FILTER (WHERE h.ended_at IS NULL)
        FROM assistance_project p LEFT JOIN assistance_projecthousehold h ON h.project_id = p.id
        GROUP BY p.id ORDER BY 1"""
    found = rows("projects", cast.county)
    assert sorted((r.number, r.planned, r.state, r.homes) for r in found) == ask(sql)
    adjust(project, money={"social": Decimal(9)}, because="减", year=2021, by=cast.county, at=LATER)
    start(project, on=AFTER, by=cast.township, at=LATER)
    take_out(project.helped.get(), because="迁出", by=cast.village, at=LATER)
    adjust_out(project, because="停", by=cast.county, at=LATER + timedelta(days=1))
    assert [told("projects", row) for row in rows("projects", cast.county)] == before
    (late,) = rows("projects", cast.county, AFTER, "started")
    assert (late.planned, late.year, late.homes, late.adjusted) == (9, 2021, 0, 1)
    assert [r.number for r in rows("projects", cast.county, part="first")] == [project.number]
    assert [r.number for r in rows("projects", cast.county, part="proposed")] == [other.number]


def test_collective_income_equals_a_sum_of_our_own(cast):
    income(cast, 48000)
    income(cast, 3000, what="subsidy")
    income(cast, 70000, on=TODAY - timedelta(days=366))
    wrong = income(cast, 5000)
    village = cast.divisions[PLACE]
    said = {"on": TODAY, "by": cast.village, "at": NOW}
    use(village, what="works", amount=Decimal(700), words="修桥", **said)
    use(village, what="aid", amount=Decimal(300), words="慰问", household=cast.household(), **said)
    leased(cast, asset_of(cast))
    book_back(wrong, because="记错", by=cast.village, at=LATER)
    (row,) = rows("collective-income", cast.county)
    ((earned, came, used, balance),) = ask(
        """SELECT sum(amount) FILTER (WHERE way = 'in' AND what = 'business' AND "on" > %s),
            sum(amount) FILTER (WHERE way = 'in' AND "on" > %s),
            sum(amount) FILTER (WHERE way = 'out' AND reverses_id IS NULL),
            sum(CASE way WHEN 'in' THEN amount ELSE -amount END) FILTER (WHERE reverses_id IS NULL)
        FROM assistance_collectiveentry""",
        date(2019, 6, 25), date(2019, 6, 25),
    )  # fmt: skip
    assert (row.earned, row.came, row.used, row.balance) == (earned, came, used, balance)
    assert (row.earned, row.works, row.awards, row.late) == (53000, 700, 300, 2)
    (row,) = rows("collective-income", cast.county, AFTER)
    assert (row.earned, row.balance) == (48000, balance - 5000)
    assert len(rows("collective-income", cast.county, AFTER, "low")) == 1
    assert rows("collective-income", cast.county, TODAY, "low") == []
    assert rows("collective-income", cast.county, TODAY - timedelta(days=1)) == []


def test_another_least_income_of_the_city_counts(cast):
    income(cast, 55000)
    assert rows("collective-income", cast.county, part="low") == []
    county = cast.county.division.city
    said = {"since": date(2020, 1, 1), "value": Decimal(60000), "because": "市定"}
    set_limit(name="collective_income", territory=county, **said, by=cast.city, at=NOW)
    (row,) = rows("collective-income", cast.county, part="low")
    assert row.least == 60000


class _Run:
    """A reviewed month, as far as a figure asks."""

    def __init__(self, cast, month, last):
        self.month, self.as_of = month, last
        self.province_id = cast.province.division_id


def test_the_figure_of_villages_under_50000_is_the_count_of_its_rows(cast):
    income(cast, 49999)
    income(cast, 90000, what="donation")
    income(cast, 50000, "341524105201", by=cast.next_village)
    month = Month(_Run(cast, date(2020, 6, 1), date(2020, 6, 30)))
    low, unknown = BY_CODE["collectives_low"], BY_CODE["collectives_unknown"]
    assert [row.code for row in low.counted(month, cast.county)] == [PLACE]
    assert [row.code for row in low.counted(month, cast.stranger)] == []
    names = set(unknown.counted(month, cast.province).values_list("code", flat=True))
    wanted = ask("""SELECT code FROM accounts_division d WHERE level = 5 AND province_id = %s
        AND NOT EXISTS (SELECT FROM assistance_collective c WHERE c.village_id = d.id)""",
        cast.province.division_id)  # fmt: skip
    assert names == {code for (code,) in wanted}
    assert low.source.rows(month).filter(low.of(month)).count() == 2
    may = Month(_Run(cast, date(2020, 5, 1), date(2020, 5, 31)))
    assert not low.counted(may, cast.county).exists()


@pytest.mark.parametrize("slug", ["assets", "projects", "collective-income"])
def test_pages_print_and_lead_to_the_row(cast, client, slug):
    income(cast, 100)
    asset_of(cast)
    project_of(cast)
    client.force_login(cast.county.officer)
    today = datetime.now(SHANGHAI).date()
    page = client.get(f"/ledgers/{slug}/?on={today}").text
    pk = {"assets": lambda: Asset.objects.get().pk, "projects": lambda: Project.objects.get().pk}
    row = pk.get(slug, lambda: cast.divisions[PLACE].pk)()
    assert f'href="{reverse(LEDGERS[slug].page, args=[row])}"' in page
    assert client.get(f"/ledgers/{slug}/print/").status_code == 200
    assert client.post(f"/ledgers/{slug}/workbook/").status_code == 302
