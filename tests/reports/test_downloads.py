"""Every table on screen can be downloaded, or says why not; and each that is declared can be made.

The pages are found by walking every address of the house (``tests/walk/``), so a new page with a
table fails here until it is declared in its room's ``downloads.py``.
"""

import re
from datetime import date, datetime

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import resolve, reverse

from accounts.refusals import Refused
from accounts.tables import TABLES, WITHOUT
from jobs.models import State
from jobs.running import run_job
from jobs.tables.making import ask_for_table
from jobs.tables.page import address_of, found_on
from monitoring.review import review_month
from reports.figures.rolling import roll_up
from tests.cast import NOW, SHANGHAI
from tests.monitoring.test_review import JULY, JUNE, make_red, visit
from tests.test_walk import Walker, addresses
from tests.walk import WALK
from tests.walk_scene import Scene

ROLES = ("village", "county", "stranger", "province", "education", "auditor", "administrator")
# Their pages say nothing before months are reviewed: tests of their own, below.
LATER = ("figures", "compare_months")
OFFERED = re.compile(r'name="part" value="(\w*)"')
PAGES = [step for step in WALK if step.method == "GET" and step.gives == 200 and step.opens]


@pytest.fixture
def walker(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Walker(cast)


def test_every_page_with_a_table_has_a_download_or_a_reason(walker):
    bare = set()
    for step in PAGES:
        for role in step.opens.split()[:2]:
            status, body = walker.ask(step, role)
            if status == 200 and "</html>" in body and "<table" in body:
                name = resolve(walker.address(step).partition("?")[0]).url_name
                bare |= {name} - set(TABLES) - set(WITHOUT)
    assert sorted(bare) == [], f"declare in downloads.py of their room: {sorted(bare)}"


def test_what_is_declared_exists_and_is_either_a_table_or_without():
    assert (set(TABLES) | set(WITHOUT)) - set(addresses()) == set()
    assert set(TABLES) & set(WITHOUT) == set()
    for parts in TABLES.values():
        words = [str(table.words) for table in parts.values()]
        assert len(words) == len(set(words))


def asked(walker):
    """Each declared table with the addresses of the walk: (name, part, address, query)."""
    found = {}
    for step in PAGES:
        if step.name in TABLES:
            path, _sign, query = walker.address(step).partition("?")
            for part in TABLES[step.name]:
                found.setdefault((step.name, part), []).append((address_of(path, part), query))
    return found


def test_each_declared_table_is_made_and_tells_nobody_more_than_the_page(walker, cast):
    faults, made = [], set()
    for (name, part), places in asked(walker).items():
        for role in ROLES:
            post = getattr(cast, role)
            for address, query in places:
                try:
                    found_on(address, query, post)
                except (Http404, PermissionDenied, Refused):
                    continue
                made.add((name, part))
                faults += _faults(walker, address, query, post, role)
    assert not faults, "\n".join(faults)
    missing = {(name, part) for name in TABLES for part in TABLES[name] if name not in LATER}
    missing -= made
    assert sorted(missing) == [], f"no role of the walk gets these: {sorted(missing)}"


def test_what_a_page_offers_is_there(walker, cast):
    """Under each tab, with each filter of the walk: what is offered is what the page shows."""
    empty = []
    for step in PAGES:
        path, _sign, query = walker.address(step).partition("?")
        for role in step.opens.split()[:2] if step.name in TABLES else ():
            _status, body = walker.ask(step, role)
            for part in OFFERED.findall(body):
                try:
                    found_on(address_of(path, part), query, getattr(cast, role))
                except Refused:
                    empty.append(f"{step.name} {part} {query} as {role}")
    assert not empty, "\n".join(empty)


def _faults(walker, address, query, post, role):
    job = ask_for_table(address=address, query=query, by=post, at=NOW)
    run_job(job.id)
    job.refresh_from_db()
    where = f"{address}?{query} as {role}"
    if job.state != State.DONE:
        return [f"{where}: {job.error or 'broke off'}"]
    if not job.may_be_opened_by(post):
        return [f"{where}: made, and not to be opened"]
    sheet = openpyxl.load_workbook(job.file.path).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    told = "\n".join(str(cell.value) for cell in cells)
    faults = [f"{where}: a formula" for cell in cells if cell.data_type == "f"]
    faults += [f"{where}: plain {value}" for value in Scene.PLAIN if value in told]
    if role not in Scene.SEEN_BY:
        faults += [f"{where}: shows {name}" for name in Scene.NAMES if name in told]
    return faults


def test_a_foreign_page_is_not_there_for_a_download_either(client, cast):
    home = cast.household()
    client.force_login(cast.stranger.officer, "django.contrib.auth.backends.ModelBackend")
    page = {"path": reverse("household_visits", args=[home.id]), "query": ""}
    assert client.post(reverse("ask_table"), page).status_code == 404


def rows_of(post, address, query=""):
    job = ask_for_table(address=address, query=query, by=post, at=NOW)
    run_job(job.id)
    job.refresh_from_db()
    assert job.state == State.DONE, job.error
    assert job.may_be_opened_by(post)
    sheet = openpyxl.load_workbook(job.file.path).active
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]


def test_figures_by_division_of_the_place_and_by_month(cast, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_red(cast, head_name="汪秀兰")
    visit(cast, cast.family())
    at = {"by": cast.province, "at": datetime(2020, 9, 1, tzinfo=SHANGHAI)}
    roll_up(review_month(province=cast.province.division, month=JUNE, **at))
    client.force_login(cast.county.officer, "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("figures")).context
    heads, *rows = rows_of(cast.county, reverse("figures"))
    assert heads[1:] == [str(figure.words) for figure in page["asked"].compared]
    assert [row[0] for row in rows] == [row["place"].name for row in page["rows"]]
    own = rows_of(cast.county, address_of(reverse("figures"), "own"))
    assert [row[2] for row in own[1:]] == [value.n for value in page["own"]]
    assert rows_of(cast.county, address_of(reverse("figures"), "months"))[1:] == [["2020-06", 1]]


def test_two_months_compared_tell_what_turned(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    falls = cast.family(head_name="甲落")
    visit(cast, falls)
    at = {"by": cast.province, "at": datetime(2020, 9, 1, tzinfo=SHANGHAI)}
    roll_up(review_month(province=cast.province.division, month=JUNE, **at))
    visit(cast, falls, on=date(2020, 7, 9), food="insecure")
    roll_up(review_month(province=cast.province.division, month=JULY, **at))
    heads, row = rows_of(cast.county, reverse("compare_months"))
    assert (row[4], row[6]) == ("甲落", "红色")
    assert "→" in row[8]
    assert rows_of(cast.stranger, reverse("compare_months"))[1:] == []
