"""During an import: what the file says of rows that the register has changed since the export
before. What it says again, as that export did, is no news and changes nothing here; all of it is
kept, so that the list for the national system knows what stands there."""

from households.models import Said
from households.national.words import HOUSEHOLD, MEMBER
from households.outgoing.bases import bases, pairs
from households.outgoing.units import UNITS

_SOURCES = {
    HOUSEHOLD: "staged_household s JOIN households_household h USING (number, county_id)",
    MEMBER: "staged_member s JOIN matched_member mm USING (row) "
    "JOIN households_member m ON m.id = mm.member_id",
}
# Most rows were written by an export and nothing more is kept of them: they are left out at once.
_OURS = "origin NOT IN ('import', 'made_up')"
_WHICH = {
    HOUSEHOLD: f"(h.{_OURS} OR h.id IN (SELECT household_id FROM households_said))",
    MEMBER: f"mm.refused IS NULL AND m.id IN (SELECT member_id FROM known_member WHERE {_OURS} "
    "UNION SELECT member_id FROM households_said)",
}
# With the village go the levels above it, with a masked value the sealed one.
_WITH = {"village": ("province_id", "city_id", "township_id")}


def listen(cursor):
    """Fills ``said_household`` and ``said_member`` from the staged rows, before anything of them is
    left out."""
    for level, source in _SOURCES.items():
        select = bases(level, source=source, which=_WHICH[level])
        file = f"jsonb_strip_nulls(jsonb_build_object({pairs(level, 's')})) AS file, s.row"
        cursor.execute(
            f"DROP TABLE IF EXISTS said_{level}; CREATE TEMP TABLE said_{level} AS "
            + select.replace("base.exported_on, base.said", f"base.exported_on, base.said, {file}")
        )
        cursor.execute(f"ANALYZE said_{level} (row)")


def keep_ours(cursor, level):
    """Staged values that say what the export before said are not taken over what is known since."""
    changes = ", ".join(
        f"{column} = CASE WHEN q.file -> '{fields[0]}' = q.said -> '{fields[0]}' "
        f"THEN NULL ELSE s.{column} END"
        for unit, fields in UNITS[level].items()
        for column in _columns(unit, fields)
    )
    cursor.execute(
        f"UPDATE staged_{level} s SET {changes} FROM said_{level} q "
        "WHERE q.row = s.row AND q.said IS NOT NULL"
    )
    if level == MEMBER:
        cursor.execute(
            "UPDATE matched_member mm SET relation = NULL FROM staged_member s "
            "WHERE s.row = mm.row AND s.relation IS NULL AND mm.relation IS NOT NULL "
            "AND mm.row IN (SELECT row FROM said_member)"
        )


def _columns(unit, fields):
    if fields[0].endswith("_index"):
        return (unit, *fields)
    return (*fields, *_WITH.get(unit, ()))


def keep(cursor, *, import_id, exported_on):
    """Writes down what the file said, and who of those that left here is not in it any more."""
    given = {"import_id": import_id, "exported_on": exported_on}
    for level in _SOURCES:
        cursor.execute(_FORGET.format(member=_MEMBER[level], level=level))
        cursor.execute(_KEEP.format(member=_MEMBER[level], level=level), given)
    cursor.execute(_ABSENT, given)


_MEMBER = {HOUSEHOLD: "NULL::bigint", MEMBER: "q.id"}
# One older one stays, for an import that is taken back.
_FORGET = """
DELETE FROM households_said old USING said_{level} q
WHERE old.household_id = q.household_id AND old.member_id IS NOT DISTINCT FROM {member}
  AND EXISTS (SELECT FROM households_said newer WHERE newer.household_id = old.household_id
    AND newer.member_id IS NOT DISTINCT FROM old.member_id AND newer.id > old.id)
"""
_KEEP = """
INSERT INTO households_said (household_id, member_id, of_import_id, exported_on, said)
SELECT q.household_id, {member}, %(import_id)s, %(exported_on)s,
  coalesce(q.said - 'absent', '{{}}') || q.file
FROM said_{level} q WHERE q.exported_on IS NULL OR q.exported_on <= %(exported_on)s
"""
_ABSENT = """
INSERT INTO households_said (household_id, member_id, of_import_id, exported_on, said)
SELECT j.household_id, m.member_id, %(import_id)s, %(exported_on)s, '{"absent": true}'
FROM known_member m
JOIN judged_household j ON j.row = m.household_row
WHERE j.said = j.size AND j.outcome <> 'refused' AND m.left_on IS NOT NULL
  AND m.origin NOT IN ('import', 'made_up')
  AND NOT EXISTS (SELECT FROM matched_member mm WHERE mm.member_id = m.member_id)
  AND NOT EXISTS (SELECT FROM households_said kept WHERE kept.household_id = j.household_id
    AND kept.member_id = m.member_id AND kept.said ? 'absent')
"""


def forget(imported):
    """What an import said that is taken back was never said."""
    Said.objects.filter(of_import=imported).delete()
