"""A first load makes indexes and keys after the rows; later ones count the households again."""

import psycopg2
import pytest
from django.db import connection

from households.models import Household, Member
from households.national import first_load
from tests.households.faults import Export, load


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch):
    monkeypatch.setattr(first_load, "MANY", 3)


def rows(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def indexes():
    """{definition: oid} of the register's indexes."""
    return dict(
        rows(
            "SELECT pg_get_indexdef(indexrelid), indexrelid FROM pg_index "
            "WHERE indrelid = ANY (%s::regclass[])",
            first_load.TABLES,
        )
    )


def keys():
    return set(
        rows(
            "SELECT conrelid, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint "
            "WHERE conrelid = ANY (%s::regclass[])",
            first_load.TABLES,
        )
    )


def made_again(before, after):
    return {definition for definition, oid in after.items() if before[definition] != oid}


@pytest.mark.parametrize("trusted", [True, False])
def test_into_an_empty_register(cast, monkeypatch, trusted):
    """As the database's superuser and as another role, which has to check every key."""
    monkeypatch.setattr(first_load, "may_switch_off_checks", lambda: trusted)
    Household.objects.all().delete()
    before, kept = indexes(), keys()
    assert load(cast, Export(4)).counts["members"]["new"] == 12
    after = indexes()
    assert after.keys() == before.keys()
    assert keys() == kept
    assert rows("SHOW session_replication_role") == [("origin",)]
    assert made_again(before, after) == {each for each in before if "_pkey " not in each}
    assert Member.objects.filter(household__number=Export(4).rows[0]["户编号"]).count() == 3


def test_a_few_households(cast):
    Household.objects.all().delete()
    before = indexes()
    load(cast, Export(2))
    assert (Household.objects.count(), indexes()) == (2, before)


def test_into_a_register_that_knows_somebody(cast):
    load(cast, Export(1))
    before = indexes()
    assert load(cast, Export(5)).counts["households"]["new"] == 4
    assert indexes() == before


def test_somebody_who_stays_in_the_register_does_not_keep_it_waiting(cast, monkeypatch):
    monkeypatch.setattr(first_load, "PATIENCE", "50ms")
    Household.objects.all().delete()
    before = indexes()
    other = psycopg2.connect(**connection.get_connection_params())
    try:
        other.cursor().execute("LOCK TABLE households_member IN ACCESS SHARE MODE")
        assert load(cast, Export(4)).counts["households"]["new"] == 4
    finally:
        other.close()
    assert indexes() == before
    assert rows("SHOW lock_timeout") == [("0",)]


def test_households_are_counted_again_before_their_members_come(cast):
    """Else each member's household is looked for as in an empty table: all rows, every time."""
    load(cast, Export(1))
    rows("ANALYZE households_household; SELECT 1")
    known = Household.objects.count()
    load(cast, Export(60))
    counted = "SELECT reltuples FROM pg_class WHERE oid = 'households_household'::regclass"
    assert rows(counted) == [(known + 59,)]
