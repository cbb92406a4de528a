"""Assets, leases, projects and books go where their village goes; unpaid rents stay where they were
due."""

from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import Division, Post
from assistance.models import Asset, Collective, Lease, Project, Rent
from assistance.projects.assets import ask_write_off, transfer_asset
from assistance.projects.collective import book_back, earn, sum_of
from assistance.projects.leases import end_lease, follow_rents
from assistance.projects.refusals import ProjectRefusal
from assistance.projects.store import adjust
from assistance.projects.successors import follow_places
from assistance.projects.upkeep import ask_repair
from duties.models import Task
from reports.as_of import Standing
from reports.ledgers import LEDGERS
from tests.assistance.project_things import PLACE, asset_of, income, leased, project_of, stored
from tests.cast import NOW, TODAY
from tests.households.test_successors import given_up

pytestmark = pytest.mark.django_db
NEXT = "341524105201"  # a village of the same township
FAR = "341525100201"  # one of the next county
DAY, LATER = date(2020, 6, 25), NOW + timedelta(days=2)


def follow(on=date(2020, 6, 30), at=LATER):
    return follow_places(on=on, at=at)


def moved(assets=0, projects=0, books=0):
    return {"assets": assets, "projects": projects, "books": books}, []


def keys(post, slug, day):
    return [row.key for row in Standing(LEDGERS[slug], day=day, post=post).page({})]


def test_assets_leases_projects_and_books_go_along_and_the_trail_says_so(cast):
    asset, project = asset_of(cast), project_of(cast)
    lease = leased(cast, asset)
    ask_repair(asset, words="屋面漏雨", days=9, by=cast.county, at=NOW)
    off = ask_write_off(asset_of(cast), because="塌了", by=cast.village, at=NOW)
    income(cast, 500)
    due = {task.kind: task.due_on for task in Task.objects.open()}
    given_up(cast, PLACE, FAR, on=DAY)
    assert follow(on=DAY - timedelta(days=1)) == moved()
    assert follow() == moved(2, 1, 1)
    assert follow() == moved(), "twice is once"
    heir = cast.divisions[FAR]
    assert {*Asset.objects.values_list("at", flat=True)} == {heir.pk}
    assert (Project.objects.get().at, Lease.objects.get().village) == (heir, heir)
    assert Collective.objects.get().village == heir
    act = asset.acts.first()
    assert (act.what, act.on, act.by) == ("code_change", DAY, None)
    assert act.changes == {"at_id": [cast.divisions[PLACE].pk, heir.pk]}
    tasks = {task.kind: task for task in Task.objects.open()}
    assert {kind: task.due_on for kind, task in tasks.items()} == due
    places = {kind: task.at.code[:9] for kind, task in tasks.items()}
    assert places == {"asset_repair": FAR[:9], "asset_write_off": "341525000",
                      "project_step": FAR[:9]}  # fmt: skip
    there = cast.post("village", FAR)
    assert [*Asset.objects.visible_to(there).order_by("id")] == [asset, off]
    assert not Asset.objects.visible_to(cast.village) and not Project.objects.visible_to(
        cast.county
    )
    rent = Rent.objects.filter(lease=lease).first()
    said = {"amount": Decimal(12000), "on": TODAY, "party": "茶业公司", "paper": "收9"}
    booked, _new = earn(heir, what="rent", rent=rent, **said, by=there, at=LATER)
    assert booked.rent == rent and project.acts.first().what == "codes"


def test_the_ledger_of_an_earlier_day_names_the_village_of_then(cast):
    asset, project = asset_of(cast), project_of(cast)
    before = {slug: keys(cast.village, slug, TODAY) for slug in ("assets", "projects")}
    assert before == {"assets": [asset.pk], "projects": [project.pk]}
    given_up(cast, PLACE, NEXT, on=DAY)
    follow(at=NOW + timedelta(days=3))
    heir = cast.post("village", NEXT)
    for slug, was in before.items():
        assert keys(heir, slug, TODAY) == was == keys(cast.village, slug, TODAY), slug
        assert keys(heir, slug, localdate(NOW + timedelta(days=4))) == was, slug
        assert keys(cast.village, slug, localdate(NOW + timedelta(days=4))) == [], slug
        assert keys(cast.stranger, slug, TODAY) == [], slug
    (row,) = Standing(LEDGERS["assets"], day=TODAY, post=heir).page({})
    assert row.village_id == cast.divisions[PLACE].pk


def test_books_of_two_villages_that_become_one(cast):
    income(cast, 500)
    income(cast, 300, village=NEXT, by=cast.township)
    given_up(cast, PLACE, NEXT, on=DAY)
    assert follow() == moved(books=1)
    old, new = (Collective.objects.get(village=cast.divisions[code]) for code in (PLACE, NEXT))
    assert (old.balance, new.balance) == (0, 800)
    assert all(sum_of(book) == book.balance for book in (old, new))
    assert (old.entries.first().what, new.entries.first().what) == ("passed_on", "taken_over")
    with pytest.raises(ProjectRefusal, match="change of codes|代码"):
        book_back(new.entries.first(), because="误记", by=cast.township, at=LATER)
    with pytest.raises(ProjectRefusal):
        income(cast, 5, village=NEXT, by=cast.township, what="taken_over")
    (row,) = [r for r in Standing(LEDGERS["collective-income"], day=localdate(LATER),
              post=cast.township).page({}) if r.number == NEXT]  # fmt: skip
    assert (row.came, row.balance) == (300, 800), "what went over is no income"


def test_a_county_adjusts_a_project_whose_line_of_the_budget_stayed_behind(cast):
    from assistance.funds.budgets import enter_budget

    said = {"source": "social", "by": cast.county, "at": NOW}
    line = enter_budget(year=2020, amount=Decimal(90000), paper="1", **said)
    project = stored(cast, lines={"social": line})
    given_up(cast, PLACE, FAR, on=DAY)
    follow()
    there = cast.post("county", "341525000000")
    project.refresh_from_db()
    adjust(project, money={"social": Decimal(60000)}, because="追加", by=there, at=LATER)
    assert project.money.get().line == line


def test_the_command_tells_what_moved_and_what_stayed(cast):
    asset_of(cast)
    income(cast, 5, village=NEXT, by=cast.township)
    given_up(cast, PLACE, FAR, on=DAY)
    given_up(cast, NEXT, "341525100000", on=DAY)
    said = StringIO()
    call_command("follow_successors", on=date(2020, 6, 30), stdout=said)
    assert "1" in said.getvalue() and cast.divisions[NEXT].name in said.getvalue()
    assert Asset.objects.get().at == cast.divisions[FAR]
    assert Post.objects.filter(division=cast.divisions[FAR], role="village").count() <= 1


def transferred(cast, asset, on=TODAY):
    said = {"owner": "collective", "keeper": "village", "keeper_name": "村委会", "paper": "移1",
            "supervisor": "镇扶贫办", "because": "村庄调整", "on": on}  # fmt: skip
    at_division = cast.divisions[NEXT]
    return transfer_asset(asset, at_division=at_division, **said, by=cast.township, at=NOW)


def test_unpaid_rents_of_a_transferred_asset_stay_with_the_old_village(cast, client):
    asset = asset_of(cast)
    lease = leased(cast, asset)
    end_lease(lease, on=TODAY, because="合同解除", by=cast.village, at=NOW)
    with pytest.raises(ProjectRefusal):
        transferred(cast, asset, on=TODAY - timedelta(days=1))
    transferred(cast, asset)
    rent = Rent.objects.overdue(TODAY).first()
    old, new = cast.divisions[PLACE], cast.divisions[NEXT]
    follow_rents(at=NOW)
    task = Task.objects.open().get(kind="rent_late", key=str(rent.pk))
    assert task.at == old and task.row.page(task) == reverse("collective", args=[old.pk])
    client.force_login(cast.village.officer)
    page = client.get(reverse("collective", args=[old.pk])).text
    assert asset.name in page and reverse("asset", args=[asset.pk]) not in page
    address = reverse("collective_income", args=[old.pk])
    assert str(rent.left) in client.get(f"{address}?rent={rent.pk}").text.replace(",", "")
    said = {"amount": rent.left, "on": TODAY, "party": "茶业公司", "paper": "收9", "rent": rent}
    with pytest.raises(ProjectRefusal):
        earn(new, what="rent", **said, by=cast.township, at=NOW)
    earn(old, what="rent", **said, by=cast.village, at=NOW)
    assert not Task.objects.open().filter(key=str(rent.pk), kind="rent_late").exists()
    there = cast.post("village", NEXT)
    client.force_login(there.officer)
    page = client.get(reverse("asset", args=[asset.pk])).text
    assert reverse("collective_income", args=[old.pk]) not in page


def test_leases_of_older_versions_are_of_the_village_that_let_them(cast):
    asset, other = asset_of(cast), asset_of(cast)
    lease, running = leased(cast, asset), leased(cast, other)
    end_lease(lease, on=TODAY, because="合同解除", by=cast.village, at=NOW)
    Lease.objects.update(made_at=NOW - timedelta(days=1))
    transferred(cast, asset)
    Lease.objects.update(village=cast.county.division)
    sql = import_module("assistance.migrations.0019_places_that_follow_codes").LET_BY
    with connection.cursor() as cursor:
        cursor.execute(sql)
    for row in (lease, running):
        row.refresh_from_db()
        assert row.village == cast.divisions[PLACE]


def test_a_village_given_up_without_books_is_not_asked_for_income(cast, client):
    given_up(cast, PLACE, NEXT, on=localdate() - timedelta(days=1))
    client.force_login(cast.township.officer)
    shown = client.get(reverse("collectives")).text
    assert Division.objects.get(code=NEXT).name in shown
    assert reverse("collective", args=[cast.divisions[PLACE].pk]) not in shown
