"""From staged rows to rows of memory, in sets: who is meant, what rows mean, what is new."""

from functools import cache
from pathlib import Path

from accounts.models import Division
from feeds.kinds import ID, MANY, NAME, ONE, PERSON, SUM
from feeds.models import FeedRow
from households.national.staging import STATISTICS, make_room

SQL = Path(__file__).with_name("sql")
DOTS = "' ·•．.・‧'"  # what stands between the parts of a name, or does not
MOST_LISTED = 200_000  # rows without a hit that are listed; all are counted
TROUBLE = ("row", "column", "value", "reason", "details")
_TYPES = {
    "amount": "int",  # cents
    "paid_on": "int",  # 202005
    "row": "int",
    "resident_id_index": "uuid",
    "name": "varchar",
    "values": "jsonb",
    "details": "jsonb",
}
_AGREEING = {
    "again": "lag(member_id) OVER (ORDER BY member_id) = member_id",
    "order": "ORDER BY member_id",
    "among": "IS NOT NULL",
}
_FREE = {
    "again": "FALSE",
    "order": "",
    "among": "IN (SELECT resident_id_index FROM staged_person)",  # fewer persons than rows
}
_GATHERING = {SUM: "add_up", MANY: "gather"}
# The newest row before it; for payments the one of the same period.
_BEFORE = """
LEFT JOIN LATERAL (
  SELECT f.values, f."on", f.id, f.name_matches FROM feeds_feedrow f
  WHERE f.member_id = said.member_id AND f.kind = %(kind)s AND f."on" <= %(as_of)s
    AND (%(begins)s::date IS NULL OR (f.begins, f."on") = (%(begins)s::date, %(as_of)s::date))
  ORDER BY f."on" DESC, f.id DESC LIMIT 1
) before ON TRUE
WHERE before.id IS NULL OR before."on" < %(as_of)s OR before.values <> said.values
  OR before.name_matches <> said.name_matches"""


@cache
def statement(name, /, **parts):
    return (SQL / f"{name}.sql").read_text().format(**parts)


def staged(kind, columns=None):
    """Table -> its columns, in the order of the parser's answer. What adds up stands in columns of
    its own, those that the file has among its ``columns``; other things as JSON."""
    said = ["values"]
    if kind.rows == SUM:
        said = [c.field for c in kind.columns if columns is None or c.field in columns]
    return {
        "staged_person": ("row", "resident_id_index", "name", *said),
        "staged_trouble": TROUBLE,
    }


def create_tables(cursor, kind):
    make_room()
    for table, columns in staged(kind).items():
        body = ", ".join(f'"{column}" {_TYPES.get(column, "text")}' for column in columns)
        cursor.execute(f"DROP TABLE IF EXISTS {table}; CREATE TEMP TABLE {table} ({body})")


def drop_tables(cursor):
    cursor.execute("DROP TABLE IF EXISTS staged_person, staged_trouble")


def match(cursor, upload, parsed):
    """Fills ``hit``, ``said`` and the troubles of matching; returns the report in figures.

    Inside a transaction. ``parsed`` are the parser's counts.
    """
    # Sorts and hashes stay in memory; compiling costs more than it brings, and so does remembering
    # what is asked once.
    cursor.execute("SET LOCAL work_mem = '256MB'; SET LOCAL jit = off")
    cursor.execute("SET LOCAL enable_memoize = off")
    cursor.execute(f"SET LOCAL default_statistics_target = {STATISTICS}")
    cursor.execute("ANALYZE staged_person (row, resident_id_index)")
    given = {
        "division_id": upload.division_id,
        "id_title": upload.columns[ID.field][:60],
        "name_title": upload.columns[NAME.field][:60],
        "most": MOST_LISTED,
    }
    parts = {"homes": _homes(upload.division), "dots": DOTS}
    parts |= _AGREEING if upload.row.rows == ONE else _FREE
    parts |= _differing(upload.row)
    parts["said"] = ", ".join(f"s.{name}" for name in staged(upload.row)["staged_person"][3:])
    cursor.execute(statement("match", **parts), given)
    if cursor.rowcount > parsed["taken"]:
        cursor.execute(statement("several"), given)
    cursor.execute("ANALYZE hit (row, member_id, household_id)")
    cursor.execute((SQL / "unmatched.sql").read_text(), given)
    counts = _counted(cursor, parsed)
    if upload.row.rows == ONE:
        cursor.execute(statement("agree"), given)
    else:
        cursor.execute(statement(_GATHERING[upload.row.rows]))
        cursor.execute("ANALYZE said (member_id, household_id)")
    cursor.execute("SELECT count(*) FROM said WHERE name_matches")
    counts["members"] = cursor.fetchone()[0]
    cursor.execute("SELECT reason, count(*) FROM staged_trouble GROUP BY 1")
    counts["reasons"] = dict(cursor.fetchall())
    return counts


def _homes(division):
    """The households of ``division``; of the only province those are all."""
    if not Division.objects.filter(level=1).exclude(pk=division.pk).exists():
        return ""
    return (
        "JOIN households_household h ON h.id = m.household_id "
        f"AND h.{division.level_column} = %(division_id)s"
    )


def _differing(kind):
    """What of the register a row is compared with while it is matched: of members' facts alone,
    for what one member says of the house is compared with what the others say."""
    if kind.about != PERSON:
        return {"facts": "", "differs": "FALSE"}
    said = [(name, sql.replace("said->>", "s.values->>")) for name, sql in kind.facts]
    tests = [f"({sql}) IS NOT NULL AND ({sql}) IS DISTINCT FROM found.{n}" for n, sql in said]
    return {
        "facts": "".join(f", m.{name}" for name, _sql in kind.facts),
        "differs": " OR ".join(f"({test})" for test in tests),
    }


COUNTED = """
SELECT count(*) FILTER (WHERE member_id IS NULL) AS no_hit,
  count(*) FILTER (WHERE NOT name_matches) AS name_differs,
  count(*) FILTER (WHERE name_matches) AS matched
FROM hit
"""


def _counted(cursor, parsed):
    cursor.execute(COUNTED)
    names = [column.name for column in cursor.description]
    found = dict(zip(names, cursor.fetchone(), strict=True))
    known = found["no_hit"] + found["name_differs"] + found["matched"]
    found["rows"] = parsed["rows"]
    found["several_hits"] = parsed["taken"] - known
    found["rows_refused"] = parsed["rows"] - parsed["taken"]
    return found


def forget(cursor):
    """What of the session a transaction would leave to the next one."""
    for table in ("hit", "said", "doubled", "several", "told", "changing", "meant"):
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table} CASCADE")


def keep(cursor, upload):
    """Writes the rows of memory; returns how many are new."""
    known = FeedRow.objects.filter(kind=upload.kind).exists()
    parts = {"before": _BEFORE, "news": "before.values IS DISTINCT FROM said.values"}
    if not known:
        parts = {"before": "", "news": "TRUE"}
    given = {
        "kind": upload.kind,
        "begins": upload.begins,
        "as_of": upload.as_of,
        "upload_id": upload.pk,
    }
    cursor.execute(statement("keep", **parts), given)
    return cursor.rowcount
