"""The page of today: each role finds what is its own to do, and nothing of others."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from households.due import month_of
from monitoring.models import RedFlag, Run

DAY = timezone.localdate()
LAST_MONTH = month_of(DAY)[0] - timedelta(days=1)
LONG_AGO = LAST_MONTH - timedelta(days=70)


def look(client, post, address="/"):
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address)


def flag(cast, household, deadline=DAY + timedelta(days=5)):
    run, _ = Run.objects.get_or_create(
        province=cast.divisions["340000000000"],
        month=month_of(LAST_MONTH)[0],
        defaults={"as_of": LAST_MONTH, "asked_at": timezone.now()},
    )
    return RedFlag.objects.create(
        household=household, opened_by=run, opened_on=LAST_MONTH, deadline_on=deadline, rules=4
    )


@pytest.fixture
def homes(cast):
    """In the village: one late, one due, one visited; another village has one that is late."""
    made = {
        "late": cast.household(head_name="汪迟", last_visited_on=LONG_AGO),
        "due": cast.household(head_name="余应", last_visited_on=LAST_MONTH),
        "done": cast.household(head_name="胡毕", last_visited_on=DAY),
        "elsewhere": cast.household("341524105201", head_name="外村", last_visited_on=LONG_AGO),
    }
    made["flagged"] = cast.household(head_name="漆标", last_visited_on=LAST_MONTH)
    flag(cast, made["flagged"])
    return made


def test_a_cadre_sees_flagged_first_then_late_then_due_and_nobody_elses(client, cast, homes):
    page = look(client, cast.village)
    text = page.content.decode()
    places = [text.index(name) for name in ("漆标", "汪迟", "余应")]
    assert places == sorted(places)
    assert "胡毕" not in text and "外村" not in text
    assert page.context["figures"] == {"wanted": 4, "visited": 1, "overdue": 1, "due": 2}


def test_an_assigned_person_sees_the_own_households(client, cast, homes):
    own = cast.household(
        head_name="自包", in_charge=cast.assigned.officer, last_visited_on=LONG_AGO
    )
    page = look(client, cast.assigned)
    assert [household.id for household in page.context["overdue"]] == [own.id]
    assert not page.context["flags"]


@pytest.mark.parametrize("post, names", [("township", 2), ("county", 1), ("city", 1)])
def test_above_the_village_there_is_a_row_for_each_division_below(client, cast, homes, post, names):
    page = look(client, getattr(cast, post))
    rows = page.context["rows"]
    assert len(rows) == names
    assert sum(row["overdue"] for row in rows) == page.context["figures"]["overdue"] == 2
    assert sum(row["flags"] for row in rows) == 1


def test_the_neighbouring_county_finds_nothing(client, cast, homes):
    page = look(client, cast.stranger)
    assert page.context["rows"] == [] and page.context["flag_count"] == 0


@pytest.mark.parametrize("post", ["education", "water", "auditor", "administrator"])
def test_the_others_are_told_in_words(client, cast, homes, post):
    page = look(client, getattr(cast, post))
    assert page.status_code == 200 and page.context["words"]


@pytest.mark.parametrize("kind", ["overdue", "due", "visited"])
def test_a_figure_leads_to_exactly_its_rows(client, cast, homes, kind):
    counted = look(client, cast.township).context["figures"][kind]
    page = look(client, cast.township, f"/today/{kind}/")
    assert len(page.context["page"].rows) == counted
    village = cast.village.division.code
    row = next(
        row
        for row in look(client, cast.township).context["rows"]
        if row["division"].code == village
    )
    within = look(client, cast.township, f"/today/{kind}/?division={village}")
    assert len(within.context["page"].rows) == row[kind]


def test_a_division_that_is_not_ones_own_is_not_there(client, cast, homes):
    page = look(client, cast.stranger, f"/today/overdue/?division={cast.village.division.code}")
    assert page.status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_households(client, cast, homes):
    def counted():
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    look(client, cast.village)
    before = counted()
    for _ in range(12):
        flag(cast, cast.household(last_visited_on=LONG_AGO))
        cast.household(last_visited_on=LONG_AGO)
    assert counted() == before
    assert before <= 20


def test_the_divisions_below_stand_in_any_order(client, cast, homes):
    """One village has the flag; they stand by their codes unless another order is asked for."""
    flagless, flagged = "斗林村委会", "豹迹岩村委会"
    for order, first in (
        ("", flagless),
        ("flags", flagless),
        ("-flags", flagged),
        ("-x", flagless),
    ):
        rows = look(client, cast.township, f"/?order={order}").context["rows"]
        assert [row["division"].name for row in rows][0] == first, order
        assert len(rows) == 2


def test_a_departments_day(client, cast):
    home = cast.household(head_name="汪水", water_safe=False)
    late = cast.measure(home, department="water", started_on=LONG_AGO, due_on=LONG_AGO)
    cast.measure(home, department="water", started_on=LONG_AGO, due_on=DAY + timedelta(days=9))
    cast.measure(home, department="housing", started_on=LONG_AGO, due_on=LONG_AGO)
    page = look(client, cast.water)
    desk = [one["number"] for one in page.context["desk"]]
    assert desk == [0, 2, 1, 0, 1]  # questions, under way, unexplained, findings, never came
    assert list(page.context["unexplained"]) == [late]
    assert "汪水" in page.content.decode()
    other = look(client, cast.education)
    assert "汪水" not in other.content.decode()
    assert [one["number"] for one in other.context["desk"]][:4] == [0, 0, 0, 0]
