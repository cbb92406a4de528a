"""Saved views of ledgers: an address that shows each reader only what is theirs."""

import pytest

from accounts.refusals import Refused
from reports.ledger_views import delete_view, save_view, share_view
from reports.ledgers import LEDGERS
from reports.models import LedgerView
from tests.cast import NOW


def saved(by, name="未就业", **facts):
    asked = {"ledger": LEDGERS["employment"], "query": {"part": "idle"}, "shared": True} | facts
    return save_view(name=name, by=by, at=NOW, **asked)


def names(post):
    return [view.name for view in LedgerView.objects.visible_to(post)]


def test_a_shared_view_is_seen_above_below_and_beside(cast):
    saved(cast.township)
    for name in ("township", "county", "province", "village", "next_village"):
        assert names(getattr(cast, name)) == ["未就业"], name
    for name in ("next_township", "stranger", "other_city", "other_province"):
        assert names(getattr(cast, name)) == [], name
    assert names(cast.education) == names(cast.administrator) == []


def test_what_is_not_shared_is_ones_own(cast):
    view = saved(cast.county, shared=False)
    assert (names(cast.county), names(cast.village)) == (["未就业"], [])
    share_view(view, shared=True, by=cast.village, at=NOW)
    assert names(cast.village) == []
    share_view(view, shared=True, by=cast.county, at=NOW)
    assert names(cast.village) == ["未就业"]
    delete_view(view, by=cast.village, at=NOW)
    assert names(cast.county) == ["未就业"]
    delete_view(view, by=cast.county, at=NOW)
    assert not LedgerView.objects.exists()


def test_the_same_name_is_the_view_anew_and_none_is_refused(cast):
    saved(cast.county)
    saved(cast.county, query={"tier": "red"})
    assert LedgerView.objects.get().query == {"tier": "red"}
    with pytest.raises(Refused):
        saved(cast.county, name="  ")


def test_an_officer_saves_a_view_and_a_reader_sees_what_is_theirs(cast, client):
    for code, name in (("341524105207", "汪甲"), ("341524105201", "李乙")):
        home = cast.household(code, head_name=name)
        cast.member(home, name=name, relation="head", work_months=0)
    client.force_login(cast.county.officer)
    form = {"name": "未就业 汤家汇", "shared": "on", "part": "idle", "columns": "labour,age"}
    form |= {"division": "341524105000", "division_of": "place"}
    client.post("/ledgers/employment/save/", form)
    view = LedgerView.objects.get()
    assert view.query == {"division": "341524105000", "part": "idle", "columns": "age,labour"}
    assert "未就业 汤家汇" in client.get("/ledgers/").content.decode()
    page = client.get(f"/ledgers/views/{view.pk}/", follow=True).content.decode()
    assert "汪甲" in page and "李乙" in page
    client.force_login(cast.village.officer)
    page = client.get(f"/ledgers/views/{view.pk}/", follow=True).content.decode()
    assert "汪甲" in page and "李乙" not in page
    assert client.post(f"/ledgers/views/{view.pk}/delete/").status_code == 404
    client.force_login(cast.stranger.officer)
    assert client.get(f"/ledgers/views/{view.pk}/").status_code == 404


def test_a_view_of_today_has_no_day_and_one_of_a_day_keeps_it(cast, client):
    client.force_login(cast.county.officer)
    for name, on in (("今日", ""), ("定日", "2020-06-25")):
        form = {"name": name, "on": on, "division_of": "reader", "division": "341524105000"}
        client.post("/ledgers/edge/save/", form)
    views = {view.name: view.query for view in LedgerView.objects.all()}
    assert views == {"今日": {}, "定日": {"on": "2020-06-25"}}


def test_a_province_is_counted_after_its_first_page(cast, client):
    cast.family(tier="red", head_name="汪甲")
    client.force_login(cast.province.officer)
    page = client.get("/ledgers/three-colour/").content.decode()
    assert "汪甲" in page and 'class="pw-chip"' in page and '<span class="n">' not in page
    assert 'hx-get="/ledgers/three-colour/counts/?"' in page
    counted = client.get("/ledgers/three-colour/counts/").content.decode()
    assert 'hx-swap-oob="true"' in counted and "六安市" in counted
    without_script = client.get("/ledgers/three-colour/?counted=1").content.decode()
    for told in (counted, without_script):
        assert told.count('<span class="n">1</span>') == 2, "all, and red"
    client.force_login(cast.county.officer)
    assert "counts/" not in client.get("/ledgers/three-colour/").content.decode()
    assert "counts/" in client.get("/ledgers/three-colour/?on=2020-06-25").content.decode()
    counted = client.get("/ledgers/three-colour/counts/?on=2020-06-25").content.decode()
    assert counted.count('<span class="n">1</span>') == 2, "an earlier day of a county, too"
