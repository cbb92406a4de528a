"""Pages of assets, the store and the collectives, as officers use them."""

from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from assistance.funds.budgets import enter_budget
from assistance.models import (
    Asset,
    AssetAct,
    Collective,
    CollectiveEntry,
    Project,
    ProjectHousehold,
)
from assistance.projects.store import adjust
from tests.assistance.project_things import PLACE, asset_of, income, leased, project_of, stored
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client):
    def as_post(post):
        client.force_login(post.officer)
        return client

    return as_post


def dot():
    held = BytesIO()
    Image.new("RGB", (4, 4)).save(held, "PNG")
    return SimpleUploadedFile("a.png", held.getvalue(), "image/png")


def asset_said(cast, **more):
    return {
        "at_division": cast.divisions[PLACE].pk, "name": "村光伏电站", "kind": "plant",
        "nature": "productive", "place": "村部屋顶", "built_year": "2019", "owner": "collective",
        "keeper": "village", "keeper_name": "村委会", "supervisor": "镇扶贫办", "use": "in_use",
        "money_special": "300000", "client_id": str(uuid4()),
    } | more  # fmt: skip


def test_an_asset_from_the_form_to_its_photo(cast, enter):
    client = enter(cast.township)
    said = asset_said(cast)
    assert client.post("/assets/new/", said | {"supervisor": ""}).status_code == 422
    answer = client.post("/assets/new/", said)
    asset = Asset.objects.get()
    assert answer.url == f"/assets/{asset.pk}/"
    assert client.post("/assets/new/", said).status_code == 302 and Asset.objects.count() == 1
    for role in ("village", "county", "city", "province", "auditor"):
        assert asset.name in enter(getattr(cast, role)).get("/assets/").text, role
    client = enter(cast.village)
    page = client.get(f"/assets/{asset.pk}/").text
    assert "/inspect/" in page and "/transfer/" not in page and "/ask-repair/" not in page
    seen = {"on": str(timezone.localdate()), "found": "idle", "words": "停用", "photo": dot()}
    client.post(f"/assets/{asset.pk}/inspect/", seen | {"client_id": str(uuid4())})
    act = AssetAct.objects.exclude(photo="").get()
    assert client.get(f"/assets/photos/{act.pk}/").status_code == 200
    assert enter(cast.next_village).get(f"/assets/photos/{act.pk}/").status_code == 404
    assert enter(cast.stranger).get(f"/assets/{asset.pk}/").status_code == 404
    assert enter(cast.education).get("/assets/").status_code == 403
    assert asset.name in enter(cast.county).get("/assets/?which=idle").text
    assert asset.name not in enter(cast.county).get("/assets/?which=broken").text


def test_no_act_beyond_the_role(cast, enter):
    asset = asset_of(cast)
    client = enter(cast.village)
    for act in ("transfer", "ask-repair", "write-off", "keep"):
        assert client.get(f"/assets/{asset.pk}/{act}/").status_code == 403, act
    assert client.get(f"/assets/{asset.pk}/burn/").status_code == 404
    assert enter(cast.city).get(f"/assets/{asset.pk}/inspect/").status_code == 403


def test_every_act_page_opens_and_an_empty_form_is_refused(cast, enter):
    asset = asset_of(cast)
    client = enter(cast.county)
    acts = "change transfer ask-write-off ask-repair lease upkeep repaired inspect"
    for act in acts.split():
        url = f"/assets/{asset.pk}/{act}/"
        assert client.get(url).status_code == 200, act
        assert client.post(url, {}).status_code == 422, act


def test_rent_from_the_lease_to_the_books(cast, enter):
    asset = asset_of(cast)
    rent = leased(cast, asset).rents.first()
    client = enter(cast.village)
    village = cast.divisions[PLACE]
    books = f"/collectives/{village.pk}/"
    assert "徽春茶业公司" in client.get(books).text
    page = client.get(f"{books}income/?rent={rent.pk}").text
    assert "12000.00" in page
    said = {"what": "rent", "rent": rent.pk, "amount": "12000", "on": str(TODAY)}
    said |= {"party": "徽春", "paper": "收1", "client_id": str(uuid4())}
    assert client.post(f"{books}income/", said).status_code == 302
    assert client.post(f"{books}income/", said).status_code == 302
    assert Collective.objects.get().balance == 12000
    entry = CollectiveEntry.objects.get()
    back = f"{books}entries/{entry.pk}/book-back/"
    assert client.post(back, {"because": "记错"}).status_code == 302
    assert client.post(back, {"because": "记错"}).status_code == 422
    assert Collective.objects.get().balance == 0


def test_aid_to_households_by_numbers_and_by_a_workbook(cast, enter):
    income(cast, 1000)
    homes = [cast.household(number=f"3415249988{n:04d}") for n in range(4)]
    far = cast.household("341524105201")
    client = enter(cast.village)
    village = cast.divisions[PLACE]
    url = f"/collectives/{village.pk}/use/"
    said = {"what": "aid", "amount": "100", "on": str(timezone.localdate()), "words": "慰问"}
    numbers = f"{homes[0].number}\n{homes[1].number}"
    assert client.post(url, said | {"client_id": str(uuid4())}).status_code == 422
    wrong = said | {"numbers": f"{numbers}\n{far.number}", "client_id": str(uuid4())}
    assert far.number in client.post(url, wrong).text and not CollectiveEntry.objects.filter(
        way="out"
    )
    once = said | {"numbers": numbers, "client_id": str(uuid4())}
    assert [client.post(url, once).status_code for _ in range(2)] == [302, 302]
    assert Collective.objects.get().balance == 800
    book = openpyxl.Workbook()
    for row in (["户编号"], [homes[2].number], [homes[3].number]):
        book.active.append(row)
    held = BytesIO()
    book.save(held)
    file = SimpleUploadedFile("list.xlsx", held.getvalue())
    client.post(url, said | {"file": file, "client_id": str(uuid4())})
    assert Collective.objects.get().balance == 600
    assert "慰问" in client.get(f"/households/{homes[0].pk}/measures/").text
    assert "慰问" in client.get(f"/households/{homes[0].pk}/history/").text
    assert enter(cast.next_village).get(f"/collectives/{village.pk}/").status_code == 404
    assert enter(cast.next_village).post(url, once).status_code == 404


def test_villages_under_the_least_income(cast, enter):
    other = cast.divisions["341524105201"]
    client = enter(cast.county)
    income(cast, 49999)
    income(cast, 5000, what="donation")
    income(cast, 50000, "341524105201", by=cast.next_village)
    CollectiveEntry.objects.update(on=timezone.localdate())
    low = client.get("/collectives/?which=low").text
    assert "豹迹岩村委会</a>" in low and f"{other.name}</a>" not in low
    assert "漆店村委会</a>" in client.get("/collectives/?which=unknown").text
    assert f"{other.name}</a>" in client.get("/collectives/?which=enough").text


def test_a_project_from_the_village_to_the_asset(cast, enter):
    client = enter(cast.village)
    said = {
        "at_division": cast.divisions[PLACE].pk, "name": "茶园提升", "kind": "industry",
        "year": str(timezone.localdate().year), "words": "改造茶园", "benefit": "二十户分红",
        "priority": "income", "money_social": "50000", "client_id": str(uuid4()),
    }  # fmt: skip
    assert client.post("/projects/new/", said | {"money_social": ""}).status_code == 422
    assert client.post("/projects/new/", said).status_code == 302
    assert client.post("/projects/new/", said).status_code == 302
    project = Project.objects.get()
    page = f"/projects/{project.pk}/"
    assert client.get(f"{page}pass/").status_code == 403
    for post in (cast.township, cast.county):
        client = enter(post)
        assert project.name in client.get("/projects/").text
        seen = {"version": Project.objects.get().version}
        assert client.post(f"{page}pass/", seen).status_code == 302
    assert Project.objects.get().state == "in_store"
    home = cast.household(number="34152499887777")
    client.post(f"{page}households/", {"numbers": home.number})
    assert ProjectHousehold.objects.get().household == home
    assert project.name in client.get(f"/households/{home.pk}/measures/").text
    today = str(timezone.localdate())
    for act in ("start", "finish"):
        seen = {"version": Project.objects.get().version, "on": today}
        assert client.post(f"{page}{act}/", seen).status_code == 302, act
    form = client.get(f"/assets/new/?project={project.pk}").text
    assert "茶园提升" in form and "50000.00" in form
    made = asset_said(cast, name="茶园", money_special="", money_social="50000")
    client.post(f"/assets/new/?project={project.pk}", made)
    assert Asset.objects.get().project == project and "茶园" in client.get(page).text


def test_an_edge_household_is_refused_with_its_clause(cast, enter):
    project = project_of(cast, money={"special": Decimal(1000)})
    edge = cast.household(status="edge", number="34152499880001")
    fine = cast.household(number="34152499880002")
    client = enter(cast.village)
    url = f"/projects/{project.pk}/households/"
    assert "AH 4.2.1" in client.get(url).text
    answer = client.post(url, {"pick": [edge.pk, fine.pk]})
    assert answer.status_code == 422 and "AH 4.2.1" in answer.text
    assert [row.household for row in project.helped.all()] == [fine]


def test_adjusting_moves_the_money_and_says_why(cast, enter):
    project = stored(cast)
    client = enter(cast.county)
    url = f"/projects/{project.pk}/adjust/"
    said = {
        "name": project.name, "kind": "industry", "year": str(timezone.localdate().year),
        "words": "改造", "benefit": "分红", "priority": "", "money_social": "70000",
        "version": Project.objects.get().version, "because": "追加资金",
    }  # fmt: skip
    assert client.post(url, said | {"because": ""}).status_code == 422
    assert client.post(url, said).status_code == 302
    assert client.post(url, said).status_code == 422  # an older sight of it
    page = client.get(f"/projects/{project.pk}/").text
    assert "70000.00" in page and "追加资金" in page


def test_a_county_with_many_lines_of_budgets_loses_none(cast, enter):
    """However old the line and however many came since; a township's own, too."""
    said = {"source": "social", "words": "", "by": cast.county, "at": NOW}
    old = enter_budget(year=2016, amount=Decimal(80000), paper="旧1", **said)
    for n in range(30):
        enter_budget(year=2020, amount=Decimal(1000), paper=f"新{n}", **said)
    project = stored(cast, lines={"social": old})
    client, url = enter(cast.county), f"/projects/{project.pk}/adjust/"
    form = client.get(url).context["form"]
    assert form["line_social"].value() == old.pk
    offered = [pk for _year, lines in form.fields["line_social"].choices[1:] for pk, _ in lines]
    assert len(offered) == 31
    assert "30,000" in client.get(url).text, "what is left of the old line"
    asked = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    asked |= {"year": timezone.localdate().year, "because": "改名", "name": "茶园二期"}
    assert client.post(url, asked).status_code == 302
    assert project.money.get().line == old
    project.refresh_from_db()
    said = {"because": "追加", "by": cast.county, "at": timezone.now()}
    adjust(project, money={"social": Decimal(60000)}, **said)
    assert project.money.get().line == old
