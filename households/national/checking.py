"""Checks that need other rows of the file or the register, and what they add up to."""

import json

from households.national import shape, staging
from households.national.differing import KIND_WORDS
from households.national.merging import in_scope, judge, statement
from households.national.words import BY_FIELD, HOUSEHOLD, KEY, MEMBER, PLACE
from households.outgoing import said

SESSION_TABLES = (
    "known_household, own_number, known_member, matched_member, judged_household, judged_member, "
    "judged_income, said_household, said_member"
)
OUTCOMES = ("new", "changed", "unchanged", "older", "refused")


def check(cursor, header, scope, exported_on, *, write):
    """Marks what cannot go in, then says of every household, member and income what it means. To
    ``write`` it, households that are known are locked."""
    cursor.execute(f"DROP TABLE IF EXISTS {SESSION_TABLES}")
    # Sorts and hashes of a whole province stay in memory; compiling costs more than it brings.
    # The plans need no more of the staged rows than how many they are. What is looked up was read
    # a moment ago: no disk turns for it.
    cursor.execute(
        "SET LOCAL work_mem = '256MB'; SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1;"
        f"SET LOCAL default_statistics_target = {staging.STATISTICS}"
    )
    given = {
        "number": _title(header, KEY, "number"),
        "member_number": _title(header, KEY, "member_number"),
        "id": _title(header, MEMBER, "resident_id"),
        "relation": _title(header, MEMBER, "relation"),
        "village": _title(header, PLACE, "village"),
        "kind": _title(header, HOUSEHOLD, "household_kind"),
        "kinds": json.dumps(KIND_WORDS, ensure_ascii=False),
        "exported_on": exported_on,
    }
    cursor.execute(statement("refuse_rounded"), given)
    locking = "FOR UPDATE OF h" if write else ""
    cursor.execute(statement("know", in_scope=in_scope(scope), locking=locking))
    first = not _one(cursor, "SELECT EXISTS (SELECT FROM known_household)")
    if not first:  # of members who are known few change: their rows are looked up one by one
        cursor.execute("CREATE INDEX IF NOT EXISTS staged_member_row ON staged_member (row)")
    cursor.execute(statement("match_members"))
    cursor.execute(statement("refuse_rows", in_scope=in_scope(scope)), given)
    said.listen(cursor)
    said.keep_ours(cursor, MEMBER)
    cursor.execute(statement("refuse_heads"), given)
    cursor.execute(statement("keep_listed"), given)
    said.keep_ours(cursor, HOUSEHOLD)
    judge(cursor, exported_on, write=write, first=first)


def _title(header, level, field):
    index = header.index(level, field)
    return header.names[index][:60] if index is not None else BY_FIELD[level, field].title


def lock(cursor):
    """Two imports of one county wait for each other."""
    cursor.execute("SELECT DISTINCT county_id FROM staged_household ORDER BY 1")
    for (county,) in cursor.fetchall():
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, county])


LOCK_SPACE = 0x696D70  # the first key of advisory locks on counties being imported


def counts(cursor, parsed):
    """What the file means, in figures. ``parsed`` are the counts of the parser."""
    found = {"rows": parsed["rows"], "notes": parsed["notes"]}
    for name in ("household", "member", "income"):
        cursor.execute(f"SELECT outcome, count(*) FROM judged_{name} GROUP BY 1")
        found[f"{name}s"] = dict.fromkeys(OUTCOMES, 0) | dict(cursor.fetchall())
    members, incomes = found["members"], found["incomes"]
    members["unchanged"] = _one(cursor, "SELECT count(*) FROM matched_member") - sum(
        members.values()
    )
    incomes["changed"] += incomes.pop("replaced", 0)
    found["cells_refused"] = _one(cursor, "SELECT count(*) FROM staged_refusal")
    found["rows_marked"] = _one(cursor, "SELECT count(DISTINCT row) FROM staged_refusal")
    found["rows_refused"] = _one(
        cursor,
        "SELECT count(*) FROM (SELECT row FROM staged_refusal WHERE whole "
        "UNION SELECT row FROM judged_member WHERE outcome = 'refused') refused",
    )
    cursor.execute("SELECT reason, count(*) FROM staged_refusal GROUP BY 1")
    found["reasons"] = dict(cursor.fetchall())
    found["moved"] = _one(
        cursor,
        "SELECT count(*) FROM judged_household j JOIN staged_household s USING (row) "
        "JOIN households_household h ON h.id = j.household_id "
        "WHERE j.outcome = 'changed' AND s.village_id <> h.village_id",
    )
    return found


def _one(cursor, sql, given=None):
    cursor.execute(sql, given)
    return cursor.fetchone()[0]


NOTES = {
    # A member of a household whose rows are all there, who is not among them: stays, is told.
    "absent": """
        WITH missing AS MATERIALIZED (
          SELECT m.household_row, m.name FROM known_member m
          WHERE m.left_on IS NULL
            AND NOT EXISTS (SELECT 1 FROM matched_member mm WHERE mm.member_id = m.member_id)
        )
        SELECT j.number, m.name FROM missing m
        JOIN judged_household j ON j.row = m.household_row
        WHERE j.said = j.size AND j.outcome <> 'refused'
    """,
    "size_differs": """
        SELECT j.number, j.size || ' / ' || j.said FROM judged_household j
        WHERE j.size <> j.said
    """,
    "no_head": """
        SELECT j.number, '' FROM judged_household j
        WHERE j.outcome <> 'refused' AND j.head_name IS NULL
          AND NOT EXISTS (SELECT 1 FROM matched_member mm
            WHERE mm.household_row = j.row AND mm.relation = 'head' AND mm.refused IS NULL)
          AND NOT EXISTS (SELECT 1 FROM known_member m WHERE m.household_row = j.row
            AND m.relation = 'head' AND m.left_on IS NULL)
    """,
    # Registered by the village, now with the number of the national system.
    "renumbered": """
        SELECT j.number, h.number FROM judged_household j
        JOIN households_household h ON h.id = j.household_id
        WHERE j.outcome = 'changed' AND j.number <> h.number
    """,
    "older": """
        SELECT j.number, h.since::text FROM judged_household j
        JOIN households_household h ON h.id = j.household_id WHERE j.outcome = 'older'
        UNION
        SELECT j.number, m.since::text FROM judged_member j
        JOIN households_member m ON m.id = j.member_id WHERE j.outcome = 'older'
    """,
}
NOTES_SHOWN = 100


def notes(cursor):
    """What is told but refuses nothing: {kind: {"count", "some": [[household number, word]]}}."""
    found = {}
    for kind, sql in NOTES.items():
        cursor.execute(
            f"SELECT *, count(*) OVER () FROM ({sql}) n ORDER BY 1, 2 LIMIT {NOTES_SHOWN}"
        )
        rows = cursor.fetchall()
        if rows:
            found[kind] = {"count": rows[0][2], "some": [list(row[:2]) for row in rows]}
    return found


CHANGES_SHOWN = 40
ROWS_LOOKED_AT = 400  # hardly any row differs in nothing that is shown


def changes(cursor):
    """A sample of what would change: [[household number, whom, field, old, new]]."""
    from households.national.merging import new_household, new_member

    found = []
    parts = (
        ("household", new_household(), "h", shape.HOUSEHOLD_PROTECTED, "''",
         "JOIN staged_household s USING (row) "
         "JOIN households_household h ON h.id = j.household_id"),
        ("member", new_member(), "m", shape.MEMBER_PROTECTED, "m.name",
         "JOIN staged_member s USING (row) "
         "JOIN households_member m ON m.id = j.member_id"),
    )  # fmt: skip
    for name, after, known, protected, whom, joins in parts:
        sealed = {part for field in protected for part in (field, f"{field}_masked")}
        places = set(shape.PLACES) - {"village_id"}
        fields = [c for c in after if c not in sealed | places | {"extra"}]
        listed = ", ".join(
            f"({place}, '{c}', ({_shown(c, known)})::text, ({_shown(c, None, after)})::text)"
            for place, c in enumerate(fields)
        )
        cursor.execute(
            f"SELECT j.number, {whom}, c.field, c.old, c.new FROM (SELECT * FROM judged_{name} "
            f"WHERE outcome = 'changed' ORDER BY row LIMIT {ROWS_LOOKED_AT}) j {joins}, "
            f"LATERAL (VALUES {listed}) AS c(place, field, old, new) "
            "WHERE c.old IS DISTINCT FROM c.new ORDER BY j.row, c.place"
        )
        found += [list(row) for row in cursor.fetchmany(CHANGES_SHOWN)]
    return found


def _shown(column, known, after=None):
    """Protected values are compared and shown by their mask."""
    if column.endswith("_index"):
        column = column.removesuffix("_index") + "_masked"
        return f"coalesce(nullif(s.{column}, ''), {_row_of(after)}.{column})" if after else (
            f"{known}.{column}"
        )  # fmt: skip
    if column == "village_id":
        row = "coalesce(s.village_id, h.village_id)" if after else "h.village_id"
        return f"SELECT name FROM accounts_division WHERE id = {row}"
    return after[column] if after else f"{known}.{column}"


def _row_of(after):
    return "m" if "relation" in after else "h"


def forget(cursor):
    cursor.execute(f"DROP TABLE IF EXISTS {SESSION_TABLES}")
