"""Assets, projects and collectives over the API: the same acts, refusals and limits."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import Asset, Collective, Project
from tests.assistance.project_things import PLACE, asset_of, income, leased, project_of
from tests.cast import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(client):
    def as_post(post, url, **said):
        client.force_login(post.officer)
        if said:
            return client.post(f"/api/{url}", said, content_type="application/json")
        return client.get(f"/api/{url}")

    return as_post


def asset_said(**more):
    return {
        "client_id": str(uuid4()), "division": PLACE, "name": "光伏电站", "kind": "plant",
        "nature": "productive", "place": "村部", "built_year": 2019, "owner": "collective",
        "keeper": "village", "keeper_name": "村委会", "supervisor": "镇扶贫办", "use": "in_use",
        "money": [{"source": "special", "amount": "1000"}],
    } | more  # fmt: skip


def test_an_asset_sent_twice_is_one_and_inspected(cast, call):
    said = asset_said()
    assert call(cast.township, "assets/", **said).status_code == 201
    assert call(cast.township, "assets/", **said).status_code == 200
    asset = Asset.objects.get()
    assert call(cast.village, "assets/", **asset_said()).status_code == 403
    assert call(cast.next_township, "assets/", **asset_said()).status_code == 404
    assert call(cast.township, "assets/", **asset_said(supervisor=" ")).status_code == 400
    assert call(cast.township, "assets/", **asset_said(built_year=1900)).status_code == 422
    seen = {"client_id": str(uuid4()), "on": str(TODAY), "found": "idle", "words": "停用"}
    assert call(cast.village, f"assets/{asset.pk}/inspections/", **seen).status_code == 201
    (row,) = call(cast.county, "assets/?use=idle").json()["results"]
    assert (row["number"], row["money"][0]["amount"]) == (asset.number, "1000.00")
    assert call(cast.city, f"assets/{asset.pk}/acts/").json()["results"][-1]["what"] == "inspected"
    assert call(cast.stranger, f"assets/{asset.pk}/").status_code == 404


def test_a_project_and_whom_it_helps(cast, call):
    said = {
        "client_id": str(uuid4()), "division": PLACE, "name": "茶园", "kind": "industry",
        "year": 2026, "words": "改造", "benefit": "分红",
        "money": [{"source": "special", "amount": "1000"}],
    }  # fmt: skip
    assert call(cast.village, "projects/", **said).status_code == 201
    assert call(cast.village, "projects/", **said).status_code == 200
    assert call(cast.county, "projects/", **said).status_code == 403
    project = Project.objects.get()
    edge, fine = cast.household(status="edge"), cast.household()
    url = f"projects/{project.pk}/households/"
    answer = call(cast.village, url, households=[edge.pk, fine.pk])
    assert answer.status_code == 422 and answer.json()["named"] == 1
    (refused,) = answer.json()["refused"]
    assert refused["household"] == edge.pk and "AH 4.2.1" in refused["sentence"]
    (row,) = call(cast.county, url).json()["results"]
    assert row["household"] == fine.pk
    far = cast.household("341525100201")
    assert call(cast.village, url, households=[far.pk]).status_code == 404


def test_income_rent_and_uses(cast, call):
    rent = leased(cast, asset_of(cast)).rents.first()
    village = cast.divisions[PLACE].pk
    said = {"what": "rent", "rent": rent.pk, "amount": "12000", "on": str(TODAY), "paper": "1"}
    said |= {"party": "徽春", "client_id": str(uuid4())}
    url = f"collectives/{village}/income/"
    assert call(cast.village, url, **said).status_code == 201
    assert call(cast.village, url, **said).status_code == 200
    assert call(cast.next_village, url, **said).status_code == 404
    use = {"what": "works", "amount": "12001", "on": str(TODAY), "words": "修桥"}
    url = f"collectives/{village}/uses/"
    assert call(cast.village, url, **use, client_id=str(uuid4())).status_code == 422
    use |= {"amount": "2000"}
    once = str(uuid4())
    codes = [call(cast.village, url, **use, client_id=once).status_code for _ in range(2)]
    assert codes == [201, 201] and Collective.objects.get().balance == 10000
    (book,) = [
        row for row in call(cast.county, "collectives/").json()["results"] if row["code"] == PLACE
    ]
    assert book["balance"] == "10000.00"
    entries = call(cast.auditor, f"collectives/{village}/entries/").json()["results"]
    assert [row["way"] for row in entries] == ["in", "out"]


def test_whoever_reads_no_place_is_refused(cast, call):
    income(cast, 10)
    project_of(cast)
    for name in ("assets", "projects", "collectives"):
        for post in (cast.assigned, cast.education, cast.administrator):
            assert call(post, f"{name}/").status_code == 403


def test_a_source_named_twice_is_refused_and_not_dropped(cast, call):
    twice = [{"source": "special", "amount": "1"}, {"source": "special", "amount": "2"}]
    assert "money" in call(cast.township, "assets/", **asset_said(money=twice)).json()["errors"]
    assert not Asset.objects.exists()


def test_naming_many_households_reads_their_villages_once(cast, call):
    project = project_of(cast)
    url = f"projects/{project.pk}/households/"

    def queries(count):
        homes = [cast.family().pk for _n in range(count)]
        with CaptureQueriesContext(connection) as asked:
            assert call(cast.village, url, households=homes).json()["named"] == count
        return len(asked)

    queries(1)  # the first reads what is kept for the next
    assert queries(1) == queries(4)
