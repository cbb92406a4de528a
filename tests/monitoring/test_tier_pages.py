"""The pages of the tier division: each desk saves what was changed in it, and is told the rest."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobs.models import Job
from jobs.running import run_job
from monitoring.models import TierRound
from monitoring.tasks import open_due_tier_rounds
from monitoring.tiers.acts import Chosen, decide, suggest
from monitoring.tiers.rounds import open_tier_rounds, round_month
from tests.monitoring.tiers import home, judged

NOW = timezone.now()
DAY = timezone.localdate()
BEFORE = DAY - timedelta(days=3)


def enter(client, post):
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def house(cast, code="341524105207", visited=BEFORE, **facts):
    return home(cast, code, visited=visited, **facts)


@pytest.fixture
def made(cast):
    """Three households in the village, one of them not visited, and one elsewhere."""
    for name in ("汪一", "汪二", "汪三"):
        house(cast, head_name=name, visited=None if name == "汪三" else BEFORE)
    house(cast, "341524106210", head_name="漆外")
    open_tier_rounds(division=cast.county.division, month=round_month(DAY), by=None, at=NOW)
    return TierRound.objects.get()


def lines(made):
    return {line.household.head_name: line for line in made.lines.select_related("household")}


def seen(line, tier=""):
    return {f"seen-{line.id}": f"{line.version}:{tier}"}


def at(made, show=""):
    return reverse("tier_round", args=[made.pk]) + (f"?show={show}" if show else "")


def advance(made, cast, *names, tier="yellow", to="file"):
    found = lines(made)
    chosen = [Chosen(found[name].id, found[name].version, tier) for name in names]
    assert not suggest(made, chosen, by=cast.village, at=NOW).refused
    if to == "file":
        chosen = [Chosen(row.id, row.version + 1, words="属实") for row in chosen]
        assert not decide(made, chosen, by=cast.township, at=NOW).refused


def test_a_village_saves_only_what_it_chose(client, cast, made):
    one, two, three = (lines(made)[name] for name in ("汪一", "汪二", "汪三"))
    page = enter(client, cast.village).get(at(made)).content.decode()
    assert "汪一" in page and "漆外" not in page and f'name="tier-{three.id}"' not in page
    data = seen(one) | seen(two) | seen(three) | {f"tier-{one.id}": "red"}
    answer = client.post(at(made), data)
    assert answer.status_code == 302
    found = lines(made)
    assert [found[name].state for name in ("汪一", "汪二", "汪三")] == [
        "review",
        "submit",
        "submit",
    ]
    assert (found["汪一"].suggested, found["汪二"].version) == ("red", two.version)
    assert "汪三" in client.get(at(made, "unvisited")).content.decode()


def test_what_another_did_meanwhile_is_told_and_the_rest_is_saved(client, cast, made):
    before = lines(made)
    other = cast.post("village", "341524105207", name="余秀英")
    suggest(made, [Chosen(before["汪一"].id, 1, "blue")], by=other, at=NOW)
    data = {}
    for name in ("汪一", "汪二"):
        data |= seen(before[name]) | {f"tier-{before[name].id}": "red"}
    answer = enter(client, cast.village).post(at(made), data)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "汪一" in text and "余秀英" in text
    found = lines(made)
    assert (found["汪一"].suggested, found["汪二"].suggested) == ("blue", "red")


def test_an_unchanged_page_overwrites_nobody(client, cast, made):
    """The page still shows yellow; another officer has made it red; nothing was changed here."""
    advance(made, cast, "汪一", to="review")
    stale = seen(lines(made)["汪一"], "yellow") | {f"tier-{lines(made)['汪一'].id}": "yellow"}
    line = lines(made)["汪一"]
    other = cast.post("village", "341524105207")
    suggest(made, [Chosen(line.id, line.version, "red")], by=other, at=NOW)
    assert enter(client, cast.village).post(at(made, "sent"), stale).status_code == 302
    assert lines(made)["汪一"].suggested == "red"


def test_the_township_sees_exceptions_first_and_passes_the_rest_together(client, cast, made):
    judged(lines(made)["汪一"], "red")
    advance(made, cast, "汪一", "汪二", to="review")
    page = enter(client, cast.township).get(at(made)).content.decode()
    assert "汪一" in page and "汪二" not in page
    rest = client.get(at(made, "rest"))
    assert "汪二" in rest.content.decode() and rest.context["counts"]["rest"] == 1
    data = {"show": "rest", "seen": rest.context["seal"], "division": ""}
    together = reverse("tier_together", args=[made.pk])
    assert client.post(together, data | {"seen": "0-0-0"}).status_code == 302
    assert lines(made)["汪二"].state == "review"
    client.post(together, data)
    assert (lines(made)["汪一"].state, lines(made)["汪二"].state) == ("review", "file")
    one = lines(made)["汪一"]
    unanswered = seen(one) | {f"act-{one.id}": "pass"}
    assert client.post(at(made), unanswered).status_code == 409
    client.post(at(made), unanswered | {f"words-{one.id}": "大病已愈"})
    assert lines(made)["汪一"].answer == "大病已愈"


def test_the_county_files_by_township_and_returns_with_a_reason(client, cast, made):
    advance(made, cast, "汪一", "汪二")
    page = enter(client, cast.county).get(at(made))
    (pile,) = page.context["piles"]
    assert (pile.division, pile.number) == (cast.township.division, 2)
    one = lines(made)["汪一"]
    client.post(
        at(made, "rest"), seen(one) | {f"act-{one.id}": "return", f"words-{one.id}": "复核"}
    )
    data = {"show": "townships", "division": pile.division.code, "seen": pile.seal}
    together = reverse("tier_together", args=[made.pk])
    client.post(together, data)
    assert lines(made)["汪二"].state == "file", "the pile was another than shown"
    (pile,) = client.get(at(made)).context["piles"]
    client.post(together, data | {"seen": pile.seal})
    found = lines(made)
    assert (found["汪一"].state, found["汪二"].state) == ("review", "done")
    assert found["汪二"].household.tier == "yellow"


def test_progress_by_division_at_every_level(client, cast, made):
    advance(made, cast, "汪一")
    for post, names in (
        (cast.province, ["六安市"]), (cast.city, ["金寨县"]),
        (cast.county, ["汤家汇镇", "斑竹园镇"]),
        (cast.township, ["豹迹岩村委会"]), (cast.village, ["豹迹岩村委会"]),
    ):  # fmt: skip
        context = enter(client, post).get(reverse("tier_rounds")).context
        assert [row.division.name for row in context["rows"]] == names
        expected = {"submit": 2, "review": 0, "file": 1, "done": 0}
        if post.division.level <= 3:
            expected["submit"] = 3
        assert context["whole"].counts == expected
    late = TierRound.objects.filter(pk=made.pk).update(until=DAY - timedelta(days=1))
    assert late and client.get(reverse("tier_rounds")).context["whole"].late == 3


@pytest.mark.parametrize("role", ["village", "township", "county", "city", "province"])
def test_queries_do_not_grow_with_rows(client, cast, made, role):
    advance(made, cast, "汪一", to="review")
    enter(client, getattr(cast, role))
    addresses = [reverse("tier_rounds"), at(made), at(made, "unvisited"), at(made, "exceptions")]

    def queries():
        with CaptureQueriesContext(connection) as asked:
            for address in addresses:
                assert client.get(address).status_code == 200
        return len(asked)

    queries()
    few = queries()
    for _n in range(12):
        house(cast), house(cast, "341524106210")
    open_tier_rounds(division=cast.county.division, month=made.month, by=None, at=NOW)
    assert queries() == few


def test_the_county_opens_a_round_by_hand_once(client, cast, made):
    enter(client, cast.county)
    address = reverse("tier_open")
    first, second = client.post(address), client.post(address)
    assert first.url == second.url
    job = Job.objects.get(kind="tier_rounds")
    newcomer = house(cast)
    run_job(job.id)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"rounds": 1})
    assert TierRound.objects.get() == newcomer.tier_lines.get().round


def test_the_calendar_asks_in_april_and_october_only(cast, made, monkeypatch):
    from monitoring import tasks

    for month, asked in ((3, 0), (4, 1), (4, 1), (5, 1), (10, 2)):
        at_night = NOW.replace(year=2020, month=month, day=2)
        monkeypatch.setattr(tasks.timezone, "now", lambda at_night=at_night: at_night)
        open_due_tier_rounds()
        assert Job.objects.filter(kind="tier_rounds").count() == asked


def test_each_tab_of_the_county_offers_the_table_that_it_shows(client, cast, made):
    client = enter(client, cast.county)
    for show, part in (("townships", "townships"), ("rest", ""), ("filed", "")):
        tables = client.get(at(made, show)).context["tables"]
        assert [table.part for table in tables] == [part], show
