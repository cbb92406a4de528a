"""Ledgers of houses, members, measures and events: an independent count agrees, on any day."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from django.utils.translation import override

from assistance.insurance.claims import change_claim, withdraw_claim
from assistance.models import ClaimAct, InsuranceClaim, InsurancePolicy, Result
from assistance.planning import change_measure, end_measure
from households.correcting import member_leaves
from households.models import Event, Household, HouseholdPast, Member, MemberPast
from households.population.making import make_population
from households.register import record_member
from jobs.models import Job
from jobs.running import run_job
from reports.as_of import ALL, Standing
from reports.ledger_job import ask_for_ledger
from reports.ledgers import LEDGERS
from reports.ledgers.homes import KEY_GROUPS
from reports.ledgers.projects import LEDGERS as OF_PROJECTS
from tests.assistance.helping import in_ledgers
from tests.assistance.insured import brought, policy_of
from tests.assistance.project_things import asset_of, income, project_of
from tests.cast import NOW, SHANGHAI, TODAY

UNTIL = date(2020, 5, 31)
LATER = NOW + timedelta(days=5)
# Ledgers of projects have a test of their own (``test_ledgers_of_projects.py``).
ELSEWHERE = {ledger.slug for ledger in OF_PROJECTS}
NEW = [s for s, ledger in LEDGERS.items() if not ledger.by_tier and s not in ELSEWHERE]
HELPED = "h.status NOT IN ('general', 'edge_cleared', '')"
ABLE = "m.labour IN ('skilled', 'ordinary')"
# Written by hand from the clauses, of the register as it stands.
BY_HAND = {
    "unsafe-houses": "SELECT h.id FROM households_household h "
    "WHERE h.house_grade = 'C' OR h.house_grade = 'D' OR h.unsafe_house",
    "relocation": "SELECT id FROM households_household WHERE relocated",
    "employment": f"{ABLE}",
    "training": "m.wants_training",
    "disabled-work": "m.disabled AND m.labour NOT IN ('lost', 'none', '')",
    "major-illness": "m.major_illness",
    "disability": "m.disabled",
    "students": "m.school IN ('primary', 'junior', 'senior', 'tertiary')"
    " OR m.born_on > date '2003-08-31' AND m.born_on <= date '2013-08-31'"
    " AND m.education NOT IN ('senior', 'college', 'university')"
    " AND (m.education <> 'junior' OR m.born_on > date '2005-06-25')",
    "micro-credit": "micro_credit",
    "photovoltaic": "photovoltaic",
    "epidemic": "SELECT id FROM households_event WHERE kind LIKE 'epidemic%%'",
    "social-needs": "SELECT id FROM assistance_socialneed",
    "social-offers": "SELECT id FROM assistance_socialoffer",
    "points": "SELECT DISTINCT household_id FROM assistance_pointentry",
    "insurance-claims": "SELECT c.id FROM assistance_insuranceclaim c, assistance_insurancepolicy p"
    " WHERE c.policy_id = p.id AND p.insurer <> ''",
    # What these say in each column is counted in test_ledgers_of_projects.py.
    "assets": "SELECT id FROM assistance_asset",
    "projects": "SELECT id FROM assistance_project",
    "collective-income": "SELECT village_id FROM assistance_collective c WHERE EXISTS"
    " (SELECT FROM assistance_collectiveentry e WHERE e.collective_id = c.id)",
}


def keys(post, slug, day=TODAY, **narrowed):
    found = Standing(LEDGERS[slug], day=day, post=post, **narrowed).chunks()
    return [row.key for chunk in found for row in chunk]


def told(post, slug, day=TODAY, **narrowed):
    """Every cell, as a person reads it."""
    with override("zh-hans"):
        found = Standing(LEDGERS[slug], day=day, post=post, **narrowed).chunks()
        columns = LEDGERS[slug].columns
        return [tuple(str(c.value(row)) for c in columns) for chunk in found for row in chunk]


def by_hand(slug):
    sql = BY_HAND[slug]
    if LEDGERS[slug].of == "member":
        sql = (
            "SELECT m.id FROM households_member m JOIN households_household h"
            f" ON h.id = m.household_id WHERE m.left_on IS NULL AND {HELPED} AND ({sql})"
        )
    elif LEDGERS[slug].of == "measure":
        sql = (
            "SELECT a.id FROM assistance_measure a JOIN households_household h"
            f" ON h.id = a.household_id WHERE a.kind = '{sql}' AND a.result <> 'mistake'"
            f" AND {HELPED}"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return sorted(pk for (pk,) in cursor.fetchall())


@pytest.fixture
def province(cast):
    """300 generated households, with loans, power plants and two who fell ill among them."""
    make_population(households=300, seed=7, until=UNTIL, months=3)
    homes = list(Household.objects.within(cast.county.division).exclude(status="general")[:6])
    for n, home in enumerate(homes):
        cast.measure(home, ("micro_credit", "photovoltaic")[n % 2], by=cast.county, amount=5000)
    for home in homes[:2]:
        Event.objects.create(
            household=home, kind="epidemic_case", happened_on=UNTIL, recorded_at=NOW
        )
    Household.objects.filter(pk__in=[home.pk for home in homes[:2]]).update(house_grade="D")
    Member.objects.filter(household__in=homes, relation="head").update(wants_training=True)
    for home in homes:
        in_ledgers(cast, home)
    for home in homes:
        insured(cast, home)
    asset_of(cast)
    project_of(cast)
    income(cast, 48000)
    return homes


def insured(cast, home):
    """A claim that the village has opened, by whatever policy the county has."""
    policy = InsurancePolicy.objects.filter(division=cast.county.division).first()
    policy = policy or policy_of(cast)
    number = f"I-{InsuranceClaim.objects.count():05d}"
    claim = InsuranceClaim.objects.create(
        policy=policy, household=home, number=number, peril="illness", happened_on=UNTIL,
        words="住院", loss=9000, payee="汪", state="prepared", opened_by=cast.village,
        opened_at=NOW,
    )  # fmt: skip
    ClaimAct.objects.create(claim=claim, what="opened", state="prepared", by=cast.village, at=NOW)
    return claim


def test_each_ledger_agrees_with_a_count_by_hand(cast, province):
    seen = {}
    for slug in NEW:
        seen[slug] = keys(cast.province, slug)
        assert sorted(seen[slug]) == by_hand(slug), slug
        totals = Standing(LEDGERS[slug], day=TODAY, post=cast.province).totals()
        assert sum(row[ALL] for row in totals.values()) == len(seen[slug])
        for part in LEDGERS[slug].parts:
            one = keys(cast.province, slug, part=part.code)
            assert set(one) <= set(seen[slug])
            assert sum(row[part.code] for row in totals.values()) == len(one)
    assert {slug for slug, rows in seen.items() if not rows} == set(), "nothing was compared"


def versions(past, present, key, end, day):
    """The version of each that was on record by the end of the day, read in Python."""
    chains = {}
    for row in past.objects.order_by("id"):
        chains.setdefault(getattr(row, key), []).append(row)
    for row in present.objects.all():
        known = [*chains.get(row.pk, ()), row]
        known = [old for old in known if old.recorded_at < end and old.since <= day]
        if known:
            yield row, known[-1]


@pytest.mark.parametrize("day", [date(2020, 4, 15), date(2020, 5, 20)])
def test_a_past_day_agrees_with_the_versions_read_one_by_one(cast, province, day):
    end = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) + timedelta(days=1)
    homes = {
        home.pk: then for home, then in versions(HouseholdPast, Household, "household_id", end, day)
    }
    wanted = {slug: set() for slug in ("employment", "training", "disability", "major-illness")}
    for member, then in versions(MemberPast, Member, "member_id", end, day):
        home = homes.get(member.household_id)
        here = then.left_on is None or then.left_on > day
        if not here or home is None or home.status in ("general", "edge_cleared", ""):
            continue
        wanted["employment"] |= {member.pk} if then.labour in ("skilled", "ordinary") else set()
        wanted["training"] |= {member.pk} if then.wants_training else set()
        wanted["disability"] |= {member.pk} if then.disabled else set()
        wanted["major-illness"] |= {member.pk} if then.major_illness else set()
    assert {slug: set(keys(cast.province, slug, day)) for slug in wanted} == wanted
    assert wanted["employment"]
    unsafe = {pk for pk, v in homes.items() if v.house_grade in ("C", "D") or v.unsafe_house}
    assert set(keys(cast.province, "unsafe-houses", day)) == unsafe


@pytest.fixture
def family(cast):
    """One household that stands in every ledger."""
    home = cast.family(head_name="汪红", house_grade="D", relocated=True, relocation_site="新村")
    head = home.members.get(relation="head")
    facts = {"wants_training": True, "major_illness": True, "disabled": True, "work_months": 0}
    Member.objects.filter(pk=head.pk).update(**facts, trained=False, labour="ordinary")
    cast.member(home, name="汪小妹", born_on=date(2010, 1, 1), school="primary", labour="none")
    cast.measure(home, "micro_credit", member=head, amount=30000)
    cast.measure(home, "photovoltaic", amount=3000)
    in_ledgers(cast, home)
    insured(cast, home)
    Event.objects.create(
        household=home, member=head, kind="epidemic_case", happened_on=TODAY, recorded_at=NOW
    )
    return home


def test_the_rows_say_what_the_clauses_ask(cast, family):
    groups = {part.code: keys(cast.village, "unsafe-houses", part=part.code) for part in KEY_GROUPS}
    here = [family.pk]
    assert groups == {"registered": here, "disabled": here, "allowance": [], "extreme": []}
    assert "、" in told(cast.village, "unsafe-houses")[0][10]
    (moved,) = told(cast.village, "relocation")
    assert moved[11:15] == ("新村", "2", "1", "1")
    assert [row[7] for row in told(cast.village, "students")] == ["汪小妹"]
    assert keys(cast.village, "relocation", part="unskilled") == [family.pk]
    assert len(keys(cast.village, "employment", part="idle")) == 1
    assert keys(cast.stranger, "students") == keys(cast.next_village, "employment") == []


def resolved(cast, home):
    Event.objects.filter(household=home).update(resolved_on=TODAY, resolved_at=LATER)


def fallen_ill(cast, home):
    Event.objects.create(household=home, kind="epidemic_case", happened_on=TODAY, recorded_at=LATER)


def repaid(cast, home):
    loan = home.measures.get(kind="micro_credit")
    ended = {"on": TODAY, "result": Result.DONE, "words": "已还清", "by": cast.village}
    end_measure(loan, **ended, source="other", seen_version=loan.version, at=LATER)


def twice_changed(cast, home):
    for amount in (40000, 50000):
        loan = home.measures.get(kind="micro_credit")
        seen = {"seen_version": loan.version, "by": cast.village, "at": LATER}
        change_measure(loan, amount=amount, member=None, **seen)


def lent(cast, home):
    cast.measure(home, "micro_credit", recorded_at=LATER)


def trained(cast, home):
    head = home.members.get(relation="head")
    news = {"trained": True, "work_months": 6, "wants_training": False, "disabled": False}
    record_member(head, on=TODAY, origin="visit", by=None, at=LATER, **news)


def left(cast, home):
    child = home.members.get(relation="child")
    member_leaves(child, on=TODAY, because="外出", by=None, at=LATER)


def newly_born(cast, home):
    cast.member(home, name="新生", born_on=date(2012, 1, 1), school="none", recorded_at=LATER)


def claim_changed(cast, home):
    claim = home.claims.get()
    said = {"by": cast.village, "at": LATER}
    claim = change_claim(claim, loss=Decimal(800), peril="accident", seen_version=1, **said)
    change_claim(claim, loss=Decimal(900), words="骨折", seen_version=2, **said)


def claim_withdrawn(cast, home):
    said = {"seen_version": 1, "by": cast.village, "at": LATER}
    withdraw_claim(home.claims.get(), because="误报", **said)


CHANGES = [resolved, fallen_ill, repaid, twice_changed, lent, trained, left, newly_born]
CHANGES += [claim_changed, claim_withdrawn]


@pytest.mark.parametrize("later", CHANGES, ids=lambda later: later.__name__)
def test_a_past_ledger_is_equal_before_and_after(cast, family, later):
    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]
    before = {(slug, day): told(cast.county, slug, day) for slug in NEW for day in days}
    later(cast, family)
    assert {(s, d): told(cast.county, s, d) for s in NEW for d in days} == before
    now = {slug: told(cast.county, slug, localdate(LATER)) for slug in NEW}
    assert now != {slug: before[slug, TODAY] for slug in NEW}, "no change"


@pytest.mark.parametrize("slug", NEW)
def test_pages_follow_one_another_and_cost_the_same(cast, family, client, slug):
    client.force_login(cast.county.officer)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/ledgers/{slug}/?on=2020-06-25").status_code == 200
        return len(queries)

    ask()
    few = ask()
    for _n in range(4):
        home = cast.family(house_grade="C", relocated=True)
        home.members.update(wants_training=True, major_illness=True, disabled=True)
        cast.member(home, born_on=date(2010, 1, 1), school="primary")
        cast.measure(home, "micro_credit")
        cast.measure(home, "photovoltaic")
        in_ledgers(cast, home)
        insured(cast, home)
        Event.objects.create(
            household=home, kind="epidemic_case", happened_on=TODAY, recorded_at=NOW
        )
    assert ask() == few
    standing, params, seen = Standing(LEDGERS[slug], day=TODAY, post=cast.county), {}, []
    while True:
        page = standing.page(params, size=2)
        seen += [row.key for row in page]
        if page.older is None:
            break
        params = {"after": str(page.older)}
    assert seen == keys(cast.county, slug) and len(seen) >= 5
    back = standing.page({"before": str(seen[4])}, size=2)
    assert [row.key for row in back] == seen[2:4]


def test_chosen_columns_and_parts_hold_on_screen_paper_and_workbook(
    cast, family, client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(cast.county.officer)
    query = "on=2020-06-25&part=idle&columns=labour,age"
    english = {"accept-language": "en"}
    page = client.get(f"/ledgers/employment/?{query}", headers=english).content.decode()
    table = page.split("data-rows")[1]
    assert "<th>labour</th>" in table and "place of work" not in table
    paper = client.get(f"/ledgers/employment/print/?{query}", headers=english).content.decode()
    assert "c-labour" in paper and "c-work_place" not in paper and "1 person<" in paper
    ledger = LEDGERS["employment"]
    asked = {"ledger": ledger, "day": TODAY, "place": cast.county.division, "tier": ""}
    asked |= {"part": "idle", "columns": ["labour"], "by": cast.county}
    job = ask_for_ledger(**asked, at=NOW)
    run_job(job.id)
    job = Job.objects.get(id=job.id)
    assert job.result == {"rows": 1}, job.error
    head, row = list(openpyxl.load_workbook(job.file).active.iter_rows(min_row=3, values_only=True))
    assert len(head) == len(ledger.chosen(["labour"])) and "汪大山" in row


def test_no_plain_identifier_stands_in_a_ledger(cast, family):
    Member.objects.filter(household=family).update(resident_id_masked="341524********2611")
    for slug in NEW:
        assert "341524201204262611" not in repr(told(cast.county, slug))
    assert "341524********2611" in repr(told(cast.county, "employment"))


def test_a_measure_that_was_of_another_kind_that_day_stands_in_its_ledger(cast, family):
    loan = family.measures.get(kind="micro_credit")
    seen = {"seen_version": loan.version, "by": cast.village, "at": LATER}
    change_measure(loan, kind="orders", department="agriculture", **seen)
    assert keys(cast.village, "micro-credit") == [loan.pk]
    assert keys(cast.village, "micro-credit", localdate(LATER)) == []


def test_a_claim_stands_as_far_as_it_had_come_that_day(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    policy_of(cast)
    claim = brought(cast, cast.family(), "paid")
    for n, pk in enumerate(claim.acts.order_by("id").values_list("id", flat=True)):
        ClaimAct.objects.filter(pk=pk).update(at=NOW + timedelta(days=n))
    days = [TODAY + timedelta(days=n) for n in range(8)]
    standing = [Standing(LEDGERS["insurance-claims"], day=day, post=cast.county) for day in days]
    rows = [next(one.chunks())[0] for one in standing]
    assert [row.state for row in rows] == (
        ["prepared"] * 3 + ["township", "county", "insurer", "accepted", "paid"]
    )
    assert [row.amount for row in rows] == [None] * 6 + [12_000] * 2
    assert [row.paid_on for row in rows] == [None] * 7 + [TODAY]
    assert not list(Standing(LEDGERS["insurance-claims"], day=TODAY, post=cast.stranger).chunks())
