"""Departments read the assets and projects that they are in charge of, and nothing beside them."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from assistance.models import Asset, AssetAct, Lease, Project, Rent
from assistance.models.assets import AssetKind
from assistance.models.projects import ProjectKind
from assistance.projects.helping import name_households
from assistance.projects.in_charge import ALL, ASSETS, PROJECTS
from tests.assistance.project_things import asset_of, leased, project_of
from tests.cast import NOW

pytestmark = pytest.mark.django_db
COUNTY, CITY, OTHER = "341524000000", "341500000000", "341525000000"


@pytest.fixture(autouse=True)
def in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with override("en"):
        yield


@pytest.fixture
def agriculture(cast):
    return cast.post("department", COUNTY, department="agriculture")


def page(client, post, name, *args):
    client.force_login(post.officer)
    return client.get(reverse(name, args=args))


def kinds_seen(model, post):
    return set(model.objects.visible_to(post).values_list("kind", flat=True))


def test_each_department_its_kinds_in_its_own_division(cast):
    for kind in AssetKind:
        asset_of(cast, kind=kind)
    for kind in ProjectKind:
        project_of(cast, kind=kind)
    asset_of(cast, by=cast.stranger, code="341525100201", kind="plant")
    for name, kinds in ASSETS.items():
        own = cast.post("department", COUNTY, department=name)
        assert kinds_seen(Asset, own) == (set(AssetKind) if kinds == ALL else set(kinds)), name
        assert kinds_seen(Project, own) == set(PROJECTS[name]), name
        assert Asset.objects.visible_to(own).count() <= len(AssetKind), "not the next county's"
        assert not Lease.objects.visible_to(own) and not Rent.objects.visible_to(own)
    for name in ("education", "civil_affairs", "health", "insurance"):
        own = cast.post("department", COUNTY, department=name)
        assert not kinds_seen(Asset, own) and not kinds_seen(Project, own), name
    wide = cast.post("department", CITY, department="agriculture")
    assert Asset.objects.visible_to(wide).count() == len(AssetKind) + 1
    assert Asset.objects.visible_to(cast.post("department", OTHER, department="water")).count() == 0


def test_agriculture_reads_the_page_without_rents_and_acts(cast, client, agriculture):
    asset = asset_of(cast)
    leased(cast, asset)
    shown = page(client, agriculture, "assets")
    assert asset.name in shown.text and reverse("collectives") not in shown.text
    assert "which=late" not in shown.text
    shown = page(client, agriculture, "asset", asset.pk).text
    assert "徽春茶业公司" not in shown and "/transfer/" not in shown and "/lease/" not in shown
    assert reverse("collective", args=[asset.at_id]) not in shown
    for name in ("collectives", "collective", "asset_new"):
        args = [asset.at_id] if name == "collective" else []
        assert page(client, agriculture, name, *args).status_code == 403, name
    assert client.get(f"/assets/{asset.pk}/change/").status_code == 403
    assert AssetAct.objects.visible_to(agriculture).filter(asset=asset).exists()
    client.force_login(agriculture.officer)
    assert client.get(f"/api/assets/{asset.pk}/").status_code == 200
    assert client.get("/api/collectives/").status_code == 403
    assert reverse("assets") in client.get(reverse("today")).text, "the menu leads there"
    client.force_login(cast.education.officer)
    assert reverse("assets") not in client.get(reverse("today")).text


def test_a_department_reads_the_project_and_not_who_is_named(cast, client, agriculture):
    project, home = project_of(cast), cast.family(head_name="汪大壮")
    name_households(project, households=[home], by=cast.village, at=NOW)
    shown = page(client, agriculture, "project", project.pk)
    assert "1 household" in shown.text and "汪大壮" not in shown.text
    assert "Who they are is read by village" in shown.text
    answer = client.get(f"/api/projects/{project.pk}/households/").json()
    assert answer["results"] == []
    assert page(client, cast.village, "project", project.pk).text.count("汪大壮") >= 1
    works = cast.post("department", COUNTY, department="human_resources")
    assert page(client, works, "project", project.pk).status_code == 404
    assert "Your line of work reads: employment" in page(client, works, "projects").text
