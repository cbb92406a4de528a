"""Finds what differs between the register and the last export, as a difference to what was found
before: every night, and for a division when its list is asked for. Killed anywhere it wrote
nothing; repeated it changes nothing."""

from django.db import connection, transaction
from django.utils.timezone import localdate

from households.national.words import HOUSEHOLD, MEMBER
from households.outgoing.bases import ROWS, bases, read
from households.outgoing.units import JOINED, LEFT, NEW_HOUSEHOLD, UNITS, Headers

LOCK_SPACE = 0x6F7574  # the first key of this project's advisory locks on these lists
_DIFFERS = """
DROP TABLE IF EXISTS pg_temp.differs, pg_temp.blanks, pg_temp.base_household, pg_temp.base_member;
CREATE TEMP TABLE differs (household_id bigint, member_id bigint, "column" varchar, said jsonb,
  here jsonb, since date, origin varchar, origin_id bigint, exported_on date) ON COMMIT DROP;
CREATE TEMP TABLE blanks (blank jsonb) ON COMMIT DROP;
INSERT INTO blanks VALUES ('null'), ('""'), ('[]')
"""
_SOURCES = {
    HOUSEHOLD: "households_household h",
    MEMBER: "households_member m JOIN households_household h ON h.id = m.household_id",
}
_PRESENT = "b.said IS NOT NULL AND NOT b.said ? 'absent'"
# Of somebody who is in one of the two only.
_SOMEBODY = """
INSERT INTO differs
  (household_id, member_id, "column", since, origin, origin_id, exported_on)
SELECT b.household_id, {member}, '{kind}', b.since, b.origin, b.origin_id, b.exported_on
FROM base_{level} b WHERE {which}
"""
_KINDS = (
    (HOUSEHOLD, NEW_HOUSEHOLD, "NULL", "b.said IS NULL"),
    (
        MEMBER,
        JOINED,
        "b.id",
        f"b.left_on IS NULL AND ({_PRESENT}) IS NOT TRUE AND NOT EXISTS (SELECT FROM differs new "
        f"WHERE new.household_id = b.household_id AND new.\"column\" = '{NEW_HOUSEHOLD}')",
    ),
    (MEMBER, LEFT, "b.id", f"b.left_on IS NOT NULL AND {_PRESENT}"),
)


@transaction.atomic
def find_differences(place, *, at):
    """Brings the list of ``place`` (a division of any level) up to date."""
    whom = f"h.{place.level_column} = {int(place.id)}"
    headers = Headers(place.province_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, place.province_id])
        cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")
        cursor.execute(_DIFFERS)
        for level, source in _SOURCES.items():
            select = bases(level, source=source, which=whom)
            cursor.execute(f"CREATE TEMP TABLE base_{level} ON COMMIT DROP AS {select}")
            cursor.execute(f"ANALYZE base_{level} (id, household_id)")
        for level, kind, member, which in _KINDS:
            cursor.execute(_SOMEBODY.format(level=level, kind=kind, member=member, which=which))
        for level in _SOURCES:
            cursor.execute(_compared(level, headers))
        cursor.execute("ANALYZE differs (household_id)")
        cursor.execute(read("settle").format(whom=whom), {"today": localdate(at)})


def _compared(level, headers):
    own = ROWS[level]
    units = ", ".join(
        f"('{unit}', ARRAY[{', '.join(map(repr, fields))}])"
        for unit, fields in UNITS[level].items()
        if headers.known(level, unit)
    )
    return read("differences").format(
        based=f"base_{level}",
        member="NULL" if level == HOUSEHOLD else "f.id",
        units=units,
        compared=_PRESENT if level == HOUSEHOLD else f"{_PRESENT} AND b.left_on IS NULL",
        past=own["past"],
        key=own["key"],
    )
