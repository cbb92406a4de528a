"""Imports that meet each other, and one whose worker dies in the middle of writing."""

from threading import Thread

import pytest
from django.db import connection, transaction

from households import importing
from households.models import (
    Household,
    HouseholdPast,
    ImportState,
    IncomeStatement,
    Member,
    MemberPast,
    NationalImport,
)
from households.national.checking import LOCK_SPACE
from jobs.models import State
from jobs.running import sweep
from tests.cast import NOW
from tests.households.faults import Export, keep, load, silent
from tests.worker import Worker, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
HOUSEHOLDS = 4
# What differs between two imports of the same file: keys, the nonces of sealed values, times.
_OF_ONE_RUN = {
    "id", "household_id", "member_id", "origin_id", "recorded_at", "resident_id", "phone",
    "disability_card", "bank_account", "responsible_phone", "contact_phone",
}  # fmt: skip


def register():
    """Everything that an import writes, as it would be after any other import of the file."""
    orders = {
        Household: ["number"],
        Member: ["household__number", "number"],
        IncomeStatement: ["household__number", "window_to"],
        HouseholdPast: ["id"],
        MemberPast: ["id"],
    }
    return [
        [
            {name: str(value) for name, value in row.items() if name not in _OF_ONE_RUN}
            for row in model.objects.order_by(*order).values()
        ]
        for model, order in orders.items()
    ]


def waiting():
    """How many others of this database wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def loaded_at_once(cast, imports):
    """Loads them in threads that all stand at the lock of the county before the first may go."""
    county, faults = cast.county.division_id, []

    def start(imported):
        try:
            importing.load_import(imported, progress=silent, by=cast.county.officer, at=NOW)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=start, args=[imported]) for imported in imports]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_SPACE, county])
        try:
            for thread in threads:
                thread.start()
            wait_for(lambda: waiting() == len(threads))
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, county])
    for thread in threads:
        thread.join()
    assert faults == []


def alone(cast):
    """What one undisturbed import of the file leaves; then it is taken back."""
    imported = load(cast, Export(HOUSEHOLDS))
    left = register()
    importing.undo_import(imported, because="传错了文件", by=cast.county, at=NOW)
    assert not Household.objects.exists() and not Member.objects.exists()
    return left


def test_the_same_file_twice_at_once_is_written_once(cast):
    expected, content = alone(cast), Export(HOUSEHOLDS).csv()
    imports = [keep(content, cast.county.division, by=cast.county) for _n in range(2)]
    loaded_at_once(cast, imports)
    assert register() == expected
    counts = [NationalImport.objects.get(pk=imported.pk).counts for imported in imports]
    for name, number in (("households", 4), ("members", 12), ("incomes", 4)):
        found = sorted((c[name]["new"], c[name]["unchanged"]) for c in counts)
        assert found == [(0, number), (number, 0)], name


def test_one_import_loaded_twice_at_once_is_loaded_once(cast):
    expected = alone(cast)
    imported = keep(Export(HOUSEHOLDS).csv(), cast.county.division, by=cast.county)
    loaded_at_once(cast, [imported, NationalImport.objects.get(pk=imported.pk)])
    assert register() == expected
    imported.refresh_from_db()
    assert imported.state == ImportState.LOADED and imported.counts["households"]["new"] == 4


def test_a_worker_killed_while_it_writes_leaves_nothing_and_the_next_all(cast):
    """Households and members are written and not committed; the incomes wait for the table."""
    expected = alone(cast)
    imported = load(cast, Export(HOUSEHOLDS), dry=True)
    job = importing.ask_load(imported, by=cast.county, at=NOW)

    def ended():
        job.refresh_from_db()
        return job.ended

    with Worker() as worker:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE households_incomestatement IN SHARE MODE")
            sweep()  # the first message was thrown away with the queue of the test before
            wait_for(lambda: waiting() == 1)
            worker.kill()
        imported.refresh_from_db()
        assert imported.state == ImportState.CHECKED and not Household.objects.exists()
        worker.start()
        wait_for(lambda: sweep() or ended())
    assert (job.state, job.attempts) == (State.DONE, 2)
    imported.refresh_from_db()
    assert imported.state == ImportState.LOADED
    assert register() == expected
