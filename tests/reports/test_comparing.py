"""Two months beside each other, and looking back at one: against slow independent counts."""

from datetime import date, datetime

import pytest

from accounts.models import Division
from accounts.refusals import Refused
from households.models import Household
from jobs.models import Job
from jobs.running import run_job
from monitoring.models import Assessment
from monitoring.policy.rules import BY_CODE, RULES, Dimension
from monitoring.review import review_month
from reports.comparing import looking_back
from reports.comparing.months import KINDS, RANK, changed, told
from reports.figures.rolling import roll_up
from reports.models import LookBack, Rollup, Stood
from tests.cast import SHANGHAI
from tests.monitoring.test_review import JULY, JUNE, make_red, visit

pytestmark = pytest.mark.django_db
SEPTEMBER = datetime(2020, 9, 1, 0, 5, tzinfo=SHANGHAI)


@pytest.fixture
def homes(cast):
    """Of four households one turns red in July, one turns blue, one stays, one moves."""
    found = {
        "falls": cast.family(head_name="甲落"),
        "rises": make_red(cast, head_name="乙升"),
        "stays": cast.family(head_name="丙稳"),
        "moves": cast.family(head_name="丁迁"),
    }
    for name in ("falls", "stays", "moves"):
        visit(cast, found[name])
    return found


@pytest.fixture
def runs(cast, homes):
    province = cast.province.division
    june = review_month(province=province, month=JUNE, by=cast.province, at=SEPTEMBER)
    visit(cast, homes["falls"], on=date(2020, 7, 9), food="insecure")
    Household.objects.filter(pk=homes["rises"].pk).update(unsafe_house=False, house_grade="A")
    there = cast.next_village.division
    Household.objects.filter(pk=homes["moves"].pk).update(village=there)
    july = review_month(province=province, month=JULY, by=cast.province, at=SEPTEMBER)
    for run in (june, july):
        roll_up(run)
    return june, july


def heads(rows):
    return {row.household.head_name for row in rows.select_related("household")}


def test_who_turned_and_why(cast, homes, runs):
    june, july = runs
    found = {kind: heads(changed(july, june, cast.province, kind)) for kind in KINDS}
    assert found[""] == found["worse"] | found["better"] | found["known"]
    assert "甲落" in found["worse"] and "甲落" in found["new"]
    assert "丙稳" not in found[""]
    assert found["moved"] == {"丁迁"}
    rows = changed(july, june, cast.province, "worse").select_related("household")
    (row,) = told(rows.filter(household=homes["falls"]), june)
    turned = {one.rule.code: one for one in row.turned}
    assert (turned["food"].before, turned["food"].now) == ("none", "red")
    assert [words for words, _was, _now in turned["food"].facts] == ["food"] or turned["food"].facts


def test_each_sees_the_own_households(cast, homes, runs):
    june, july = runs
    for post, sees in (("county", True), ("stranger", False), ("next_township", False)):
        assert ("甲落" in heads(changed(july, june, getattr(cast, post)))) is sees


def test_the_pages(cast, homes, runs, client):
    def look(post, address):
        client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(address)

    page = look(cast.county, "/review/compare/?from=2020-06&to=2020-07&kind=worse")
    assert "甲落" in page.text and "丙稳" not in page.text
    assert look(cast.county, "/review/compare/?from=x&to=2020-06&kind=y").status_code == 200
    assert look(cast.education, "/review/compare/").status_code == 403
    page = look(cast.county, "/review/back/?month=2020-06")
    assert page.context["told"] is None
    look(cast.province, "/")
    answer = client.post("/review/back/count/", {"month": "2020-06"})
    assert answer.status_code == 302
    run_job(Job.objects.get(kind="look_back").id)
    page = look(cast.county, "/review/back/?month=2020-06")
    assert page.context["told"].missed == 1
    assert look(cast.stranger, "/review/back/?month=2020-06").context["told"].missed == 0
    assert look(cast.village, "/review/back/").status_code == 403


def slowly_changed(run, before, kind):
    """Household by household, in plain Python, from the assessments of the two months alone."""
    then = {row.household_id: row for row in Assessment.objects.filter(run=before)}
    for row in Assessment.objects.filter(run=run).select_related("household"):
        was = then.get(row.household_id)
        if was is None:
            continue
        ranks = RANK.get(was.tier), RANK.get(row.tier)
        both = None not in ranks
        yes = {
            "": row.tier != was.tier,
            "worse": both and ranks[1] < ranks[0],
            "better": both and ranks[1] > ranks[0],
            "known": row.tier != was.tier and not both,
            "new": row.flag_change == "new",
            "cleared": row.flag_change == "cleared",
            "moved": row.village_id != was.village_id,
        }
        if yes[kind]:
            yield row.household.head_name


@pytest.fixture
def four(cast, homes, runs):
    """May before, August after: one turns and turns back, one is left out of July."""
    june, july = runs
    province = cast.province.division
    homes["back"] = make_red(cast, head_name="戊回")
    Household.objects.filter(pk=homes["falls"].pk).update(status="general", exited_class="")
    august = review_month(province=province, month=date(2020, 8, 1), by=cast.province, at=SEPTEMBER)
    roll_up(august)
    return june, july, august


@pytest.mark.parametrize("kind", KINDS)
def test_what_changed_agrees_with_a_slow_comparison(cast, four, kind):
    june, july, august = four
    for run, before in ((july, june), (august, july), (august, june)):
        slow = sorted(slowly_changed(run, before, kind))
        rows = changed(run, before, cast.province, kind).select_related("household")
        assert sorted(row.household.head_name for row in rows) == slow, (run, before)


def test_whoever_was_not_judged_for_a_month_is_compared_over_it(cast, four):
    """Of August everybody looks new when July did not know them: the earlier month decides."""
    june, _july, august = four
    Assessment.objects.filter(run=august).update(tier="yellow")
    Stood.objects.filter(run=august).update(tier="yellow", tier_before="", changed=True)
    slow = sorted(slowly_changed(august, june, ""))
    assert slow and sorted(heads(changed(august, june, cast.province))) == slow


def test_months_with_a_gap_before_them_are_not_compared_yet(cast, four, client):
    june, july, _august = four
    Rollup.objects.filter(month=july.month).delete()
    client.force_login(cast.province.officer, backend="django.contrib.auth.backends.ModelBackend")
    assert "rows" not in client.get("/review/compare/").context
    roll_up(july)
    assert client.get("/review/compare/").context["before"] == july


def test_the_counts_come_after_the_page_and_are_those_of_the_lists(cast, four, client):
    june, _july, august = four
    client.force_login(cast.county.officer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/review/compare/?from=2020-06&to=2020-08")
    assert "/review/compare/counts/?from=2020-06&amp;to=2020-08" in page.text
    told_counts = client.get("/review/compare/counts/?from=2020-06&to=2020-08").context["kinds"]
    for kind, _words, count in told_counts:
        assert count == len(list(changed(august, june, cast.county, kind)))


def slow_look_back(run, later):
    """Household by household, in plain Python: (flagged, fell) -> households."""
    line = BY_CODE["low_income"].bit
    lost = sum(rule.bit for rule in RULES if rule.dimension == Dimension.ASSURANCES)
    found = {}
    for then in Assessment.objects.filter(run=run):
        fell, seen = False, False
        for row in Assessment.objects.filter(run__in=later, household=then.household):
            seen = True
            under = (row.red | row.yellow) & line and not (then.red | then.yellow) & line
            fell = fell or bool(under) or bool(row.red & ~then.red & lost)
        if seen:
            key = (then.flag_change in ("new", "kept"), fell)
            found[key] = found.get(key, 0) + 1
    return found


def test_looking_back_agrees_with_a_slow_count(cast, homes, runs):
    june, july = runs
    kept = looking_back.look_back(june, at=SEPTEMBER)
    names = dict(Division.objects.filter(level=3).values_list("id", "name"))
    found = looking_back.Told(kept, names)
    slow = slow_look_back(june, [july])
    assert found.missed == slow.get((False, True), 0) == 1
    assert found.flagged_fell == slow.get((True, True), 0)
    assert found.spared == slow.get((False, False), 0)
    assert found.flagged == slow.get((True, True), 0) + slow.get((True, False), 0) == 1
    assert [row["name"] for row in found.counties()] == ["金寨县"]
    looking_back.look_back(june, at=SEPTEMBER)
    assert LookBack.objects.count() == 1
    with pytest.raises(Refused):
        looking_back.look_back(july, at=SEPTEMBER)
