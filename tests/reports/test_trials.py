"""What if other figures held: counted on the facts of a month, as a review would count them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from accounts.models import Division
from accounts.refusals import Refused
from households.population.making import make_population
from monitoring.models import Assessment, ParameterValue, RedFlag
from monitoring.policy.judging import FIRST_PASS
from monitoring.policy.parameters import ParameterRefusal
from monitoring.policy.rules import BY_CODE
from monitoring.review import review_month
from reports.models import Trial
from reports.trials import trying
from tests.cast import NOW, SHANGHAI
from tests.monitoring.test_review import AUGUST_EVE, JULY, JUNE, make_red, visit

pytestmark = pytest.mark.django_db
AUGUST = datetime(2020, 8, 1, 0, 5, tzinfo=SHANGHAI)
# Values that turn somebody in the made-up population; of the others a small one does.
TURNS = {
    "line": "9000", "idle_either": "1", "skill_line": "3", "steady_months": "9", "drop_share": "-1",
    "small_business": "9000", "loss_months": "1", "pupils_from": "1",
}  # fmt: skip


@pytest.fixture
def run(cast):
    """One red household, one blue, and one more in each county."""
    make_red(cast, head_name="汪秀兰")
    visit(cast, cast.family())
    for code in ("341524105207", "341525100201"):
        home = cast.family(code)
        visit(cast, home)
    return review(cast, JUNE)


def review(cast, month, at=AUGUST_EVE):
    return review_month(province=cast.province.division, month=month, by=cast.province, at=at)


def tried(cast, run, by="province", **values):
    values = {name: Decimal(value) for name, value in values.items()}
    return trying.try_figures(run=run, values=values, name="试算", by=getattr(cast, by), at=NOW)


def told(trial, cast, post="province"):
    below = Division.objects.below(getattr(cast, post).division).filter(level=3)
    return trying.Told(trial, below.order_by("code").values_list("id", "name"))


def test_with_the_figures_that_hold_nothing_turns(cast, run):
    result = told(tried(cast, run, line="5000"), cast)
    assert (result.turned, result.households, result.rules()) == (0, 4, [])


def test_a_trial_counts_what_the_next_review_finds(cast, run):
    """Steady work only from 13 months a year: nobody has that, and households turn."""
    trial = tried(cast, run, steady_months="13", skill_line="100")
    result = told(trial, cast)
    assert result.turned > 0
    trying.adopt(trial, since=date(2020, 7, 1), because="试行", by=cast.province, at=NOW)
    review(cast, JULY, AUGUST)
    found = dict.fromkeys(("red", "yellow", "blue", "unknown"), 0)
    for tier in Assessment.objects.filter(run__month=JULY).values_list("tier", flat=True):
        found[tier] += 1
    assert {str(tier): after for tier, _before, after in result.tiers()} == found


def test_it_says_which_rules_turn_and_where(cast, run):
    result = told(tried(cast, run, steady_months="13"), cast)
    turned = {row.rule.code: row.yellow_on for row in result.rules()}
    assert turned["unstable_work"] == 4
    assert BY_CODE["unstable_work"] in [row.rule for row in result.rules()]


def test_asking_some_rules_again_answers_as_asking_all(cast, monkeypatch):
    """Each figure alone, and all at once, at a value that turns somebody of many."""
    make_population(households=400, seed=7, until=date(2020, 6, 30), division="3415")
    run, province = review(cast, JUNE), cast.province.division
    triable = trying.triable()
    tries = [[name] for name in triable] + [list(triable)]
    values = [{name: Decimal(TURNS.get(name, "0.01")) for name in names} for names in tries]
    some = [sorted(trying.judged_with(run, one, province)) for one in values]
    monkeypatch.setattr(trying, "rules_reading", lambda names: FIRST_PASS)
    assert some == [sorted(trying.judged_with(run, one, province)) for one in values]
    assert all(any(any(row[4:8]) for row in rows) for rows in some)


def test_a_trial_changes_nothing(cast, run):
    flags = set(RedFlag.objects.values_list("id", "ended_on"))
    before = list(Assessment.objects.order_by("id").values_list("id", "red", "yellow", "tier"))
    tried(cast, run, line="9000")
    assert set(RedFlag.objects.values_list("id", "ended_on")) == flags
    after = list(Assessment.objects.order_by("id").values_list("id", "red", "yellow", "tier"))
    assert after == before
    assert not ParameterValue.objects.exists()


@pytest.mark.parametrize(
    ("by", "shared", "seen_by"),
    [
        ("province", False, {"province"}),
        ("province", True, {"province", "city", "county", "stranger", "other_city", "auditor"}),
        ("county", False, {"county"}),
        ("city", True, {"city", "county", "stranger", "auditor"}),
    ],
)
def test_who_sees_a_trial(cast, run, by, shared, seen_by):
    trial = tried(cast, run, by=by, line="6000")
    trying.share(trial, shared=shared, by=getattr(cast, by), at=NOW)
    seen = {role for role in cast.ROLES if Trial.objects.visible_to(getattr(cast, role)).exists()}
    assert seen == seen_by


def test_a_county_tries_only_on_its_own_households(cast, run):
    assert told(tried(cast, run, by="stranger", line="6000"), cast).households == 1
    shared = told(tried(cast, run, line="6000"), cast, "stranger")
    assert shared.households == 1


def test_what_is_refused(cast, run):
    with pytest.raises(Refused, match="请至少"):
        tried(cast, run)
    with pytest.raises(Refused):
        tried(cast, run, line="-1")
    with pytest.raises(Refused):
        tried(cast, run, flag_days="10")  # no rule reads it
    trial = tried(cast, run, line="6000")
    with pytest.raises(Refused):
        trying.share(trial, shared=True, by=cast.city, at=NOW)
    with pytest.raises(Refused):
        trying.adopt(trial, since=JULY, because="试行", by=cast.city, at=NOW)
    with pytest.raises(ParameterRefusal):  # June is frozen
        trying.adopt(trial, since=JUNE, because="试行", by=cast.province, at=NOW)
    assert not ParameterValue.objects.exists()
    trial.refresh_from_db()
    assert trial.adopted_on is None


def test_a_trial_is_adopted_once(cast, run):
    trial = tried(cast, run, line="6000")
    trying.adopt(trial, since=JULY, because="试行", by=cast.province, at=NOW)
    with pytest.raises(Refused):
        trying.adopt(trial, since=date(2020, 8, 1), because="再来", by=cast.province, at=NOW)
    assert ParameterValue.objects.count() == 1


def test_the_pages(cast, run, client):
    client.force_login(cast.province.officer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/trials/new/", {"name": "x"}).status_code == 422
    made = client.post("/trials/new/", {"name": "五个月", "steady_months": "13"})
    page = client.get(made.url)
    assert "五个月" in page.text and "六安市" not in page.text
    assert [row["name"] for row in page.context["told"].counties()] == ["金寨县"]
    client.post(f"{made.url}share/", {"shared": "1"})
    assert Trial.objects.get().shared
    answer = client.post(f"{made.url}adopt/", {"since": "2020-07-01", "because": "试行"})
    assert answer.status_code == 302
    assert ParameterValue.objects.get().name == "steady_months"
