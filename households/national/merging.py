"""One statement for each table: what was judged new or changed is written, as versions.

The statements lie in ``sql/``; the lists of columns in them come from ``shape``. A value that the
file does not give (NULL) leaves what is known as it is.
"""

from functools import cache
from pathlib import Path

from django.db import connection

from households.models import Household, HouseholdPast, Member, MemberPast
from households.models.versions import PROVENANCE, facts_of
from households.national import shape
from households.national.first_load import indexes_afterwards

SQL = Path(__file__).with_name("sql")


@cache
def statement(name, /, **parts):
    return (SQL / f"{name}.sql").read_text().format(**parts)


def in_scope(scope):
    """The condition that household ``h`` lies in the importer's division."""
    if scope is None:
        return "true"
    level, pk = scope
    column = ("province_id", "city_id", "county_id", "township_id", "village_id")[level - 1]
    return f"h.{column} = {int(pk)}"


# -- what a row holds after the merge, by column


def new_household():
    """Column of the register -> the value that it has after the merge (``s`` staged, ``h`` known,
    ``j`` judged)."""
    after = {column: _kept(column) for column in [*shape.PLACES, *shape.HOUSEHOLD_FACTS]}
    after["exited_class"] = (
        "CASE WHEN coalesce(s.status, h.status) <> 'exited' THEN '' "
        "ELSE coalesce(s.exited_class, h.exited_class) END"
    )
    after["extra"] = "h.extra || coalesce(s.extra, '{}')"
    return after


def new_member():
    after = {column: _kept(column, "m") for column in shape.MEMBER_FACTS}
    after["extra"] = "m.extra || coalesce(s.extra, '{}')"
    return after


def _kept(column, known="h"):
    return f"coalesce(s.{column}, {known}.{column})"


def differs(after, known):
    """Whether any column would change. Sealed values differ when their blind index does."""
    sealed = {
        part
        for field in shape.HOUSEHOLD_PROTECTED + shape.MEMBER_PROTECTED
        for part in (field, f"{field}_masked")
    }
    fields = (Household if known == "h" else Member)._meta.concrete_fields
    nullable = {field.column for field in fields if field.null}
    tests = ["s.village_id <> h.village_id", "s.number <> h.number"] if known == "h" else []
    for column, value in after.items():
        if column in sealed or column in shape.PLACES:
            continue
        if column == "extra":
            tests.append(f"s.extra IS NOT NULL AND NOT {known}.extra @> s.extra")
        elif column == "exited_class":
            tests.append(f"{value} <> h.exited_class")
        elif column in nullable:
            tests.append(f"s.{column} IS NOT NULL AND s.{column} IS DISTINCT FROM {known}.{column}")
        else:
            tests.append(f"s.{column} <> {known}.{column}")
    return "coalesce(" + " OR ".join(f"({test})" for test in tests) + ", false)"


def _figures_differ(known):
    tests = (
        f"s.{c} <> {known}.{c} OR (s.{c} IS NOT NULL AND {known}.{c} IS NULL)"
        for c in shape.FIGURES
    )
    return f"coalesce({' OR '.join(tests)}, false)"


# Looked for once: within a SELECT of its own.
FRESH_ID = "nextval((SELECT pg_get_serial_sequence('households_household', 'id')::regclass))"
HEAD = "people.name <> h.head_name"


def judge(cursor, exported_on, *, write, first):
    """Fills ``judged_household``, ``judged_member`` and ``judged_income``. To ``write`` them, new
    households are given ids; in a ``first`` load, where all are new, by village."""
    given = {"exported_on": exported_on}
    parts = {
        "differs": f"({differs(new_household(), 'h')} OR coalesce({HEAD}, false))",
        "fresh_id": FRESH_ID if write else "NULL",
        "order": "ORDER BY s.village_id, s.number" if write and first else "",
    }
    cursor.execute(statement("judge_households", **parts), given)
    cursor.execute(statement("judge_members", differs=differs(new_member(), "m")), given)
    parts = {
        "differs": _figures_differ("h"),
        "said_differs": _figures_differ("said"),
        "incomplete": " OR ".join(f"coalesce(s.{c}, h.{c}) IS NULL" for c in shape.FIVE),
        "given": " OR ".join(f"s.{c} IS NOT NULL" for c in shape.FIGURES),
    }
    cursor.execute(statement("judge_incomes", **parts), given)


# -- writing


def merge(cursor, *, import_id, exported_on, by, at):
    """Writes what was judged. ``by`` is an officer or None."""
    given = {
        "import_id": import_id,
        "exported_on": exported_on,
        "by": by.pk if by else None,
        "at": at,
    }
    # Half a million deferred checks of foreign keys would pile up until the end.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with indexes_afterwards(cursor):
        _households(cursor, given)
        _members(cursor, given)
        _incomes(cursor, given)


def _households(cursor, given):
    kept = columns_kept(Household)
    cursor.execute(statement("keep_past_households", columns=_list(kept),
                             known=_list(kept, "h")), given)  # fmt: skip
    cursor.execute(statement("keep_numbers"), given)
    after = new_household() | {
        "number": "s.number",
        "head_name": "coalesce(j.head_name, h.head_name)",
        "head_pinyin": "coalesce(j.head_pinyin, h.head_pinyin)",
        "head_initials": "coalesce(j.head_initials, h.head_initials)",
        "version": "h.version + 1",
    }
    cursor.execute(statement("change_households", changes=_changes(after)), given)
    fresh = dict.fromkeys(["head_name", "head_pinyin", "head_initials"], "j.") | {
        column: "s."
        for column in ("number", "county_id", *shape.PLACES, *shape.HOUSEHOLD_FACTS, "extra")
    }
    cursor.execute(statement("add_households", **_inserted(Household, fresh)), given)
    _count_again(cursor)


def _count_again(cursor):
    """After a first load. Were the households still taken for none, the checks of foreign keys to
    them are planned for an empty table and take minutes; the lock of ANALYZE also keeps autovacuum,
    which does not see them before the commit, from counting them as none in the meantime."""
    cursor.execute(
        "SELECT count(*) > (SELECT reltuples FROM pg_class "
        "WHERE oid = 'households_household'::regclass) "
        "FROM judged_household WHERE outcome = 'new'"
    )
    if cursor.fetchone()[0]:
        cursor.execute("ANALYZE households_household (id)")


def _members(cursor, given):
    kept = columns_kept(Member)
    cursor.execute(statement("keep_past_members", columns=_list(kept),
                             known=_list(kept, "m")), given)  # fmt: skip
    changes = _changes(new_member())
    # One head at a time: who ceases to be head goes first.
    cursor.execute("SELECT EXISTS (SELECT FROM judged_member WHERE ceases)")
    for order in ("j.ceases", "NOT j.ceases") if cursor.fetchone()[0] else ("true",):
        cursor.execute(statement("change_members", changes=changes, which=order), given)
    fresh = dict.fromkeys([*shape.MEMBER_FACTS, "extra"], "s.")
    cursor.execute(statement("add_members", **_inserted(Member, fresh)), given)


def _incomes(cursor, given):
    figures = {
        "columns": _list(shape.FIGURES),
        "figures": ", ".join(f"coalesce(s.{c}, h.{c})" for c in shape.FIGURES),
        "changes": ", ".join(f"{c} = coalesce(s.{c}, h.{c})" for c in shape.FIGURES),
    }
    before = ", ".join(f"'{c}', h.{c}" for c in [*shape.FIGURES, "recorded_at", "recorded_by_id",
                                                  "origin", "origin_id"])  # fmt: skip
    cursor.execute(statement("replace_incomes", before=before, **figures), given)
    cursor.execute(statement("add_incomes", **figures), given)


def columns_kept(model):
    """The columns that a past version has in common with the row itself."""
    past = {Household: HouseholdPast, Member: MemberPast}[model]
    names = [field.column for field in facts_of(model)]
    names += [model._meta.get_field(name).column for name in PROVENANCE]
    have = {field.column for field in past._meta.concrete_fields}
    return [name for name in names if name in have]


def _list(columns, prefix=""):
    return ", ".join(f"{prefix}.{column}" if prefix else column for column in columns)


def _changes(after):
    return ", ".join(f"{column} = {value}" for column, value in after.items())


_PROVENANCE = {"since", "recorded_at", "recorded_by_id", "origin", "origin_id", "because"}


def _inserted(model, fresh):
    """Columns and values of a new row: what is staged, else the field's empty value."""
    names, values = [], []
    for field in model._meta.concrete_fields:
        column = field.column
        if field.primary_key or column in _PROVENANCE or column == "household_id":
            continue
        if model is Member and column in ("number", "left_on"):
            continue
        prefix = fresh.get(column)
        empty = _empty(field)
        if not prefix and empty == "NULL":
            continue
        names.append(column)
        if not prefix:
            values.append(empty)
        else:
            value = f"{prefix}{column}"
            values.append(value if empty == "NULL" else f"coalesce({value}, {empty})")
    return {"columns": ", ".join(names), "values": ", ".join(values)}


def _empty(field):
    kind = field.db_type(connection)
    if field.null or field.remote_field:
        return "NULL"
    if kind == "jsonb":
        return "'{}'::jsonb"
    if kind.endswith("[]"):
        return f"'{{}}'::{kind}"
    if kind.startswith(("varchar", "text")):
        return "''"
    if field.has_default():
        return str(field.get_default())
    return "NULL"
