"""The made-up population: the same for a seed, believable, and nobody's."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, F, Q

from accounts.protected import blind_index, mask_account, mask_identity, mask_phone
from households.models import (
    Event,
    Household,
    HouseholdPast,
    IncomeStatement,
    Member,
    MemberPast,
    Visit,
)
from households.pinyin import initials_of, pinyin_of
from households.population import making, names, troubles
from households.population.identity import WEIGHTS, account_columns, identity_columns, phone_columns
from households.population.rows import cell
from households.school_age import of_school_age

UNTIL = date(2020, 6, 30)
MODELS = (Household, HouseholdPast, Member, MemberPast, IncomeStatement, Visit, Event)


def make(count=400, seed=7, **wishes):
    return making.make_population(
        **{"households": count, "seed": seed, "until": UNTIL, "months": 3, **wishes}
    )


def everything(first_id):
    """All rows, with ids counted from the first, as they would be in an empty database."""
    rows = []
    for model in MODELS:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT md5(string_agg(t::text, '|' ORDER BY t.id)) FROM (SELECT * "
                f"FROM {model._meta.db_table} WHERE id >= %s) t",
                [first_id],
            )
            rows.append(cursor.fetchone())
    return rows


def wipe():
    Household.objects.all().delete()
    tables = ("householdpast", "memberpast", "incomestatement", "visit", "event")
    with connection.cursor() as cursor:
        for table in (*tables, "household", "member"):
            cursor.execute(f"ALTER SEQUENCE households_{table}_id_seq RESTART")


@pytest.fixture
def population(cast):
    make()
    return cast


def test_the_same_seed_gives_the_same_bytes(cast):
    made = []
    for seed in (7, 7, 8):
        wipe()
        make(300, seed)
        made.append(everything(0))
    assert made[0] == made[1]
    assert all(one != other for one, other in zip(made[0][:1], made[2][:1], strict=True))


def test_the_number_of_processes_changes_nothing(cast, monkeypatch):
    wipe()
    monkeypatch.setattr(making, "SLICE", 100)
    monkeypatch.setattr(making.os, "cpu_count", lambda: 3)
    make(300)
    several = everything(0)
    wipe()
    monkeypatch.setattr(making.os, "cpu_count", lambda: 1)
    make(300)
    assert everything(0) == several


@pytest.mark.parametrize("is_superuser", [True, False])
def test_what_is_filled_without_indexes_is_the_same_and_has_them_again(
    cast, monkeypatch, is_superuser
):
    def indexes():
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename ~ '^households_'")
            kept = sorted(cursor.fetchall())
            cursor.execute("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint")
            return kept, sorted(cursor.fetchall())

    before = indexes()
    wipe()
    make(200)
    usual = everything(0)
    wipe()
    monkeypatch.setattr(making, "WITHOUT_INDEXES_FROM", 100)
    monkeypatch.setattr(making, "may_switch_off_checks", lambda: is_superuser)
    make(200)
    assert everything(0) == usual
    assert indexes() == before


def test_more_households_come_beside_those_that_are_there(population):
    own = population.household()
    make(100, seed=7)
    assert Household.objects.count() == 501
    assert Household.objects.get(pk=own.pk).origin == "import"
    assert population.household().pk > own.pk


def test_every_household_has_one_head_in_front_who_is_grown_up(population):
    heads = Member.objects.filter(relation="head")
    assert heads.count() == Household.objects.count()
    assert not heads.exclude(name=F("household__head_name")).exists()
    assert all(head.age_on(UNTIL) >= 24 for head in heads)
    for household in Household.objects.all():
        assert household.head_pinyin == pinyin_of(household.head_name)
        assert household.head_initials == initials_of(household.head_name)


def test_names_are_spelt_part_by_part_as_a_whole():
    for surname in names.SURNAMES:
        for given in names.GIVEN[0, 1]:
            whole = pinyin_of(surname + given), initials_of(surname + given)
            assert names.spelling(surname, given) == whole


def test_resident_ids_are_right_tell_birth_and_sex_and_belong_to_nobody(population):
    seen = set()
    for member in Member.objects.all():
        plain = member.resident_id.open()
        total = sum(int(digit) * weight for digit, weight in zip(plain, WEIGHTS, strict=False))
        assert plain[17] == "10X98765432"[total % 11]
        assert plain[6:14] == f"{member.born_on:%Y%m%d}"
        assert int(plain[16]) % 2 == (member.sex == "male")
        assert plain.startswith("99"), "no province has this number"
        assert member.resident_id_index == blind_index(plain)
        assert member.resident_id_masked == mask_identity(plain)
        seen.add(plain)
    assert len(seen) == Member.objects.count()


def test_quick_columns_say_what_the_protected_field_says():
    for columns, mask, plain in (
        (identity_columns("990001197001010012"), mask_identity, "990001197001010012"),
        (identity_columns("99000119700101001241"), mask_identity, "99000119700101001241"),
        (phone_columns(17), mask_phone, "10000000017"),
        (account_columns(17), mask_account, "9900000000000000017"),
    ):
        cells = b"".join(cell(part) for part in (blind_index(plain).bytes, mask(plain).encode()))
        assert columns.endswith(cells)


def test_children_are_at_the_school_of_their_age(population):
    ages = {"primary": (5, 13), "junior": (11, 16), "senior": (14, 19), "tertiary": (17, 23)}
    for stage, (youngest, oldest) in ages.items():
        for pupil in Member.objects.filter(school=stage):
            assert youngest <= pupil.age_on(UNTIL) <= oldest
            assert pupil.labour == "none" and pupil.work_months == 0
    away = [m for m in Member.objects.filter(school="none") if of_school_age(m, UNTIL)]
    assert len(away) <= 4  # only those whom the troubles took out of school


def test_nobody_too_young_works(population):
    for member in Member.objects.filter(labour__in=["skilled", "ordinary", "weak"]):
        assert member.age_on(UNTIL) >= 16
    assert not Member.objects.filter(work_months__gt=0, labour__in=["none", "lost"]).exists()


def test_nobody_marries_a_child_and_parents_are_older(population):
    for member in Member.objects.select_related("household").exclude(relation="head"):
        head = member.household.members.get(relation="head")
        gap = member.age_on(UNTIL) - head.age_on(UNTIL)
        low, high = {
            "spouse": (-12, 12), "child": (-45, -19), "grandchild": (-70, -38),
            "parent": (18, 40), "child_in_law": (-45, -17),
        }[member.relation]  # fmt: skip
        assert low <= gap <= high, (member.relation, gap)


def test_statuses_and_people_in_charge(population):
    groups = dict(Household.objects.values_list("status").annotate(count=Count("id")))
    assert set(groups) == {"exited", "edge"}
    assert 0.06 < groups["edge"] / 400 < 0.2
    exited = Household.objects.filter(status="exited")
    assert not exited.filter(exited_class="").exists()
    assert not exited.exclude(contact_name="").exists()
    assert not Household.objects.filter(status="edge").exclude(responsible_name="").exists()
    assert Household.objects.without_person().count() < 10
    assert Household.objects.filter(number__startswith="SYN").count() == 400


def test_incomes_have_two_windows_and_wages_only_where_somebody_works(population):
    assert not Household.objects.annotate(windows=Count("incomes")).filter(windows__lt=2).exists()
    listed = IncomeStatement.objects.filter(window_to=date(2020, 5, 31))
    assert listed.count() == Household.objects.listed().count()
    assert not listed.exclude(window_from=date(2019, 6, 1)).exists()
    last = IncomeStatement.objects.filter(window_to=date(2020, 3, 31))
    assert last.count() == 400, "known in the first of the three months already"
    assert not last.filter(Q(net__lte=0) | Q(rigid__lt=0)).exists()
    working = Q(household__members__work_months__gt=0)
    unknown = Q(household__members__work_months=None)
    idle = last.filter(wage__gt=0).exclude(working).exclude(unknown)
    # Work that ended within the months of history left wages behind.
    assert idle.exclude(household__members__past__until__isnull=False).count() == 0


def test_history_has_no_gaps_and_months_differ(population):
    assert HouseholdPast.objects.count() > 3 and MemberPast.objects.count() > 3
    for past in HouseholdPast.objects.select_related("household"):
        assert past.until == past.household.since
        assert past.head_name == past.household.head_name
        assert past.household.version == 2
    for past in MemberPast.objects.select_related("member"):
        assert past.until == past.member.since
        assert past.resident_id_index == past.member.resident_id_index


def test_visits_fall_into_the_months_and_the_last_is_known(population):
    assert not Visit.objects.filter(visited_on__gt=UNTIL).exists()
    for household in Household.objects.all()[:60]:
        last = household.visits.first()
        assert household.last_visited_on == (last.visited_on if last else None)
    listed = Household.objects.listed().annotate(n=Count("visits"))
    assert sum(household.n for household in listed) / len(listed) > 2.5


def test_the_shares_of_troubles_are_exact(cast):
    members = [[{"school_words": "小学三年级"}] for _ in range(2000)]
    import random

    dealt = troubles.deal(random.Random(1), members, set(range(1000)))
    for trouble, (listed, others) in troubles.SHARES.items():
        counts = [sum(trouble in d for d in part) for part in (dealt[:1000], dealt[1000:])]
        assert counts == [round(listed * 1000), round(others * 1000)]


def test_a_population_may_be_without_visits_and_in_one_county_only(cast):
    make(50, visits=False, division="341525")
    assert not Visit.objects.exists()
    assert not Household.objects.exclude(county__code="341525000000").exists()
    assert not Household.objects.exclude(last_visited_on=None).exists()


def test_the_command_says_where_nobody_can_live(cast):
    with pytest.raises(CommandError, match="99"):
        call_command("make_population", households=10, division="99")
    told = StringIO()
    call_command("make_population", households=10, division="341524000000", stdout=told)
    assert "household 10" in told.getvalue()
