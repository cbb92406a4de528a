"""Ledgers of social help, points and the epidemic: counted by hand over a generated population,
after random acts, and on a past day as they stood before what came later."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import connection
from django.utils.timezone import localdate
from django.utils.translation import override

from accounts.refusals import Refused
from assistance.models import PointEntry, SocialMatch, SocialNeed, SocialOffer
from assistance.points.booking import book_back, earn, spend
from assistance.social.matching import answer, deliver, give_up, match
from assistance.social.needs import close_need
from feeds.models import FeedRow, FeedUpload
from households.models import Event, Household
from households.population.making import make_population
from reports.as_of import Standing
from reports.ledgers import LEDGERS
from tests.assistance.helping import accepted, good_of, matched, noted, offered, published, rule_of
from tests.cast import COLUMNS, NOW, TODAY
from tests.reports.test_ledgers_of_rows import keys, told

IDLE = """NOT EXISTS (SELECT FROM assistance_pointentry e
WHERE e.household_id = a.household_id AND e.kind = 'earned' AND e."on" > date '2020-03-27')"""
SOCIAL = ("social-needs", "social-offers", "points")
LATER = NOW + timedelta(days=5)
PROMISED = """SELECT coalesce(sum(CASE WHEN ended_at IS NULL THEN amount ELSE delivered END), 0)
FROM assistance_socialmatch g WHERE g.{side}_id = %s"""
DELIVERED = """SELECT coalesce(sum(d.amount), 0) FROM assistance_socialdelivery d
JOIN assistance_socialmatch g ON g.id = d.match_id WHERE g.{side}_id = %s"""
POINTS = "SELECT coalesce(sum(points), 0) FROM assistance_pointentry WHERE household_id = %s"
EARNED = """SELECT coalesce(sum(points), 0) FROM assistance_pointentry e WHERE household_id = %s
AND (kind = 'earned' OR kind = 'back' AND reverses_id IN
  (SELECT id FROM assistance_pointentry WHERE kind = 'earned'))"""


def figure(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchone()[0]


def rows(post, slug, day=TODAY, **narrowed):
    standing = Standing(LEDGERS[slug], day=day, post=post, **narrowed)
    return [row for chunk in standing.chunks() for row in chunk]


def tried(act, *args, **said):
    try:
        act(*args, **said)
    except Refused:
        pass


def busy(cast, homes, luck, at=NOW):
    """A hundred random acts of officers on needs, offers and points."""
    day = localdate(at)
    for _n in range(100):
        needs, offers, matches, entries = (
            list(model.objects.order_by("id"))
            for model in (SocialNeed, SocialOffer, SocialMatch, PointEntry)
        )
        by, home = {"by": cast.township, "at": at}, luck.choice(homes)
        what, some = luck.randrange(8), Decimal(luck.randint(1, 6))
        if what == 0:
            published(cast, home, amount=luck.randint(1, 9), at=at)
        elif what == 1:
            accepted(cast, amount=luck.randint(1, 9), at=at)
        elif what == 2 and needs and offers:
            tried(match, luck.choice(needs), luck.choice(offers), amount=some, **by)
        elif what in (3, 4) and matches:
            tried(deliver, luck.choice(matches), amount=some, on=day, proof="收条", **by)
        elif what == 5 and matches:
            tried(give_up, luck.choice(matches), because="不再送", **by)
        elif what == 6:
            earn(home, rule=cast.rule, on=day, **by)
            tried(spend, home, good=cast.good, count=luck.randint(1, 3), on=day, **by)
        elif what == 7 and entries:
            tried(book_back, luck.choice(entries), because="更正", **by)


@pytest.fixture
def village(cast):
    """A generated village, moved to the cast's, with its officers at work."""
    make_population(households=120, seed=11, until=TODAY - timedelta(days=25), months=2)
    homes = list(Household.objects.order_by("id")[:12])
    place = cast.village.division
    here = {column: getattr(place, column) for column in COLUMNS}
    Household.objects.filter(pk__in=[home.pk for home in homes]).update(**here)
    homes = list(Household.objects.filter(village=place).order_by("id"))
    cast.rule, cast.good = rule_of(cast), good_of(cast, points=4, stock=500)
    busy(cast, homes, Random(5))
    noted(cast, homes[0])
    offered(cast)
    half = matched(cast, home=homes[2], amount=4)
    deliver(half, amount=Decimal(1), on=TODAY, proof="收条", by=cast.village, at=NOW)
    return homes


def test_each_row_agrees_with_sums_by_hand(cast, village):
    needs, offers, points = (rows(cast.province, slug) for slug in SOCIAL)
    assert {row.key for row in needs} == set(SocialNeed.objects.values_list("id", flat=True))
    assert {row.key for row in offers} == set(SocialOffer.objects.values_list("id", flat=True))
    for side, found, model in (("need", needs, SocialNeed), ("offer", offers, SocialOffer)):
        for row in found:
            stored = model.objects.get(pk=row.key)
            assert row.promised == figure(PROMISED.format(side=side), row.key) == stored.promised
            assert row.delivered == figure(DELIVERED.format(side=side), row.key)
            assert (row.delivered, row.state) == (stored.delivered, stored.state)
        assert any(row.promised > row.delivered for row in found), "nothing was compared"
        assert any(row.delivered for row in found), "nothing was compared"
    for row in points:
        assert row.points_left == figure(POINTS, row.pk)
        assert row.earned == figure(EARNED, row.pk)
        assert row.earned - row.spent == row.points_left
    assert len(points) > 3


@pytest.mark.parametrize("post", ["village", "township", "county", "province"])
def test_parts_agree_with_a_count_by_hand(cast, village, post):
    post = getattr(cast, post)
    open_needs = "state = 'open' AND promised < amount"
    by_hand = {
        ("social-needs", "noted"): ("assistance_socialneed", "state = 'noted'"),
        ("social-needs", "met"): ("assistance_socialneed", "state = 'met'"),
        ("social-needs", "unmatched"): ("assistance_socialneed", open_needs),
        ("social-needs", "on_the_way"): ("assistance_socialneed", "delivered < promised"),
        ("social-offers", "received"): ("assistance_socialoffer", "state = 'received'"),
        ("social-offers", "unmatched"): ("assistance_socialoffer", open_needs),
        ("points", "some"): ("assistance_pointaccount", "balance > 0"),
        ("points", "idle"): ("assistance_pointaccount a", IDLE),
    }
    for (slug, part), (table, condition) in by_hand.items():
        found = len(keys(post, slug, part=part))
        wanted = figure(f"SELECT count(*) FROM {table} WHERE {condition}")
        hidden = slug == "social-offers" and post == cast.village
        assert found == (0 if hidden else wanted), (slug, part)
        standing = Standing(LEDGERS[slug], day=TODAY, post=post)
        assert sum(row[part] for row in standing.totals().values()) == found


def test_strangers_and_departments_stand_before_nothing(cast, village):
    for slug in SOCIAL:
        assert keys(cast.county, slug)
        assert keys(cast.stranger, slug) == keys(cast.next_village, slug) == []


def test_a_past_day_is_equal_before_and_after(cast, village):
    found = matched(cast, home=village[1], amount=4)
    said = {"by": cast.village, "at": NOW}
    deliver(found, amount=Decimal(1), on=TODAY, proof="收条", **said)
    before = {slug: told(cast.county, slug) for slug in SOCIAL}
    busy(cast, village, Random(9), at=LATER)
    tried(give_up, found, because="不再送", by=cast.township, at=LATER)
    found.refresh_from_db()
    answer(found, result_words="已用上", thanks="", by=cast.village, at=LATER)
    waiting = SocialNeed.objects.filter(state="noted").first()
    close_need(waiting, because="已自购", seen_version=1, by=cast.village, at=LATER)
    assert {slug: told(cast.county, slug) for slug in SOCIAL} == before
    for slug in SOCIAL:
        assert told(cast.county, slug, localdate(LATER)) != before[slug], slug


def case_of(home, state="", **said):
    said = {"kind": "epidemic_case", "happened_on": TODAY, "recorded_at": NOW} | said
    return Event.objects.create(household=home, case_state=state, **said)


def department_said(cast, member, state, at=NOW, on=TODAY):
    upload = FeedUpload.objects.create(
        kind=95, division=cast.county.division, department="health", as_of=on, loaded_at=at,
        asked_by=cast.education, asked_at=at,
    )  # fmt: skip
    FeedRow.objects.create(
        kind=95, name_matches=True, news=True, on=on, upload=upload, member=member,
        household=member.household, values={"state": state},
    )  # fmt: skip


def stages(cast, day=TODAY):
    return {row.key: row.stage for row in rows(cast.county, "epidemic", day)}


def test_suspected_and_confirmed_are_told_apart(cast):
    homes = [cast.family() for _n in range(5)]
    cases = [case_of(home, state) for home, state in zip(
        homes, ("suspected", "confirmed", "", "suspected", ""), strict=True
    )]  # fmt: skip
    department_said(cast, homes[3].members.first(), "confirmed")
    department_said(cast, homes[4].members.first(), "cured")
    found = [stages(cast)[case.pk] for case in cases]
    assert found == ["suspected", "confirmed", "", "confirmed", "cured"]
    parts = ("suspected", "confirmed", "unsaid", "recovered", "died")
    counts = [len(keys(cast.county, "epidemic", part=part)) for part in parts]
    assert counts == [1, 2, 1, 1, 0]
    with override("zh-hans"):
        assert len({row[-3] for row in told(cast.county, "epidemic")}) >= 1


def befallen(cast):
    """A household for each of what the epidemic brings, and one that a file alone tells of."""
    kinds = ("epidemic_case", "epidemic_apart", "epidemic_work", "epidemic_loss")
    homes = {kind: cast.family(head_name=f"汪{n}") for n, kind in enumerate(kinds)}
    homes["reported"], homes["accident"] = cast.family(head_name="汪报"), cast.family()
    for kind in (*kinds, "accident"):
        Event.objects.create(
            household=homes[kind], kind=kind, happened_on=TODAY, recorded_at=NOW,
            loss=2000 if kind == "epidemic_loss" else None,
        )  # fmt: skip
    department_said(cast, homes["reported"].members.first(), "suspected", on=TODAY)
    return homes


def test_the_register_holds_all_that_the_epidemic_brought(cast):
    homes = befallen(cast)
    found = {row.pk: row for row in rows(cast.county, "epidemic")}
    assert set(found) == {home.pk for kind, home in homes.items() if kind != "accident"}
    stood = {kind: found[home.pk].stage for kind, home in homes.items() if kind != "accident"}
    assert stood == {"epidemic_case": "", "epidemic_apart": "isolated", "epidemic_work": "open",
                     "epidemic_loss": "open", "reported": "suspected"}  # fmt: skip
    assert found[homes["reported"].pk].member_name and found[homes["epidemic_loss"].pk].loss == 2000
    parts = ("unsaid", "isolated", "work", "loss", "suspected", "recovered", "nobody", "unhelped")
    counts = [len(keys(cast.county, "epidemic", part=part)) for part in parts]
    assert counts == [1, 1, 1, 1, 1, 0, 5, 5]
    for post, number in ((cast.village, 5), (cast.next_village, 0), (cast.stranger, 0)):
        assert len(keys(post, "epidemic")) == number
    standing, params, seen = Standing(LEDGERS["epidemic"], day=TODAY, post=cast.county), {}, []
    while page := standing.page(params, size=2):
        seen += [row.key for row in page]
        if page.older is None:
            break
        params = {"after": str(page.older)}
    assert seen == keys(cast.county, "epidemic"), "a file's case has a place among the pages"


def test_help_counts_since_it_happened_and_an_event_takes_the_files_case_over(cast):
    homes = befallen(cast)
    for kind, begun in (("epidemic_work", TODAY), ("epidemic_loss", TODAY - timedelta(days=9))):
        cast.measure(homes[kind], "temporary_relief", started_on=begun)
    found = {row.pk: row for row in rows(cast.county, "epidemic")}
    assert found[homes["epidemic_work"].pk].help.kind == "temporary_relief"
    assert found[homes["epidemic_loss"].pk].help is None, "it was there before"
    assert len(keys(cast.county, "epidemic", part="unhelped")) == 4
    before = stages(cast)
    case = case_of(homes["reported"], member=homes["reported"].members.first(), recorded_at=LATER)
    Event.objects.filter(kind="epidemic_work").update(resolved_on=TODAY, resolved_at=LATER)
    department_said(cast, homes["epidemic_apart"].members.first(), "confirmed", at=LATER)
    department_said(cast, homes["epidemic_case"].members.first(), "isolated", at=LATER)
    assert stages(cast) == before, "what comes later changes no earlier day"
    now = {row.pk: row for row in rows(cast.county, "epidemic", localdate(LATER))}
    assert now[homes["reported"].pk].key == case.pk
    assert now[homes["epidemic_work"].pk].stage == "over"
    assert now[homes["epidemic_apart"].pk].stage == "confirmed"
    assert now[homes["epidemic_case"].pk].stage == "", "to be set apart ends no case"


def test_what_a_department_says_later_changes_no_earlier_day(cast):
    home = cast.family()
    case = case_of(home, "suspected")
    department_said(cast, home.members.first(), "confirmed", at=LATER)
    assert stages(cast) == {case.pk: "suspected"}
    assert stages(cast, localdate(LATER)) == {case.pk: "confirmed"}
    Event.objects.update(resolved_on=TODAY, resolved_at=LATER)
    assert stages(cast) == {case.pk: "suspected"}
    assert stages(cast, localdate(LATER)) == {case.pk: "cured"}
