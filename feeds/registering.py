"""A department's statement becomes what the register holds, where it is the newest (decision 78).

Set-based, and by versions as every writer of the register: a fact of the register that is younger
than the day of the feed stays. ``said`` is what one upload says (``matching.py``).
"""

from feeds.costs import settle_costs_of_said
from feeds.kinds import COSTS, PERSON
from feeds.matching import statement
from households.models import Household, Member
from households.national.merging import columns_kept

TABLES = {
    PERSON: {"table": "households_member", "past": "households_memberpast", "key": "member_id",
             "version": ""},
    "household": {"table": "households_household", "past": "households_householdpast",
                  "key": "household_id", "version": ", version = t.version + 1"},
}  # fmt: skip
MODELS = {PERSON: Member, "household": Household}


def register(cursor, upload, *, by, at):
    """Writes the facts of an upload. Returns {"written", "older", "disagree"}."""
    kind = upload.row
    if kind.about == COSTS:
        return {"written": settle_costs_of_said(cursor, upload, by=by, at=at), "older": 0}
    if not kind.facts:
        return {}
    parts = _parts(kind)
    given = {
        "as_of": upload.as_of,
        "kind": upload.kind,
        "upload_id": upload.pk,
        "by": by.pk if by else None,
        "at": at,
    }
    told = "told_of_members" if kind.about == PERSON else "told_of_homes"
    cursor.execute(statement(told, **parts), given)
    cursor.execute("SELECT count(*) FROM told WHERE disagree")
    found = {"disagree": cursor.fetchone()[0]}
    cursor.execute(statement("lock", **parts))
    cursor.execute(statement("change", **parts), given)
    cursor.execute("SELECT count(*) FILTER (WHERE NOT taken) FROM changing")
    found["older"] = cursor.fetchone()[0]
    cursor.execute(statement("keep_past", **parts), given)
    found["written"] = cursor.rowcount
    cursor.execute(statement("write", **parts), given)
    return found


def _parts(kind):
    names = [name for name, _expression in kind.facts]
    model = MODELS[kind.about]
    kept = columns_kept(model)
    return TABLES[kind.about] | {
        "facts": ", ".join(f"{expression} AS {name}" for name, expression in kind.facts),
        "names": ", ".join(names),
        "differ": " OR ".join(map(_differs, names)),
        "values": ", ".join(f"{_value(name, kind, model)} AS {name}" for name in names),
        "taken": " OR ".join(f"({_differs(name)}) AND ({_newer(name, kind, model)})"
                             for name in names),
        "changes": ", ".join(f"{name} = c.{name}" for name in names),
        "columns": ", ".join(kept),
        "known": ", ".join(f"t.{column}" for column in kept),
    }  # fmt: skip


def _differs(name):
    return f"told.{name} IS NOT NULL AND told.{name} IS DISTINCT FROM t.{name}"


def _value(name, kind, model):
    newer = f"({_differs(name)}) AND ({_newer(name, kind, model)})"
    return f"CASE WHEN {newer} THEN told.{name} ELSE t.{name} END"


def _newer(name, kind, model):
    """What the register holds is not known, or holds since no later than the feed's day. The facts
    of a kind stand or fall together; of water each was looked at by itself."""
    together = [name] if kind.code == "water" else [fact for fact, _expression in kind.facts]
    return " AND ".join(
        f"({_unknown(fact, model)} OR {_held_since(fact, kind)} <= %(as_of)s)" for fact in together
    )


def _unknown(name, model):
    blank = model._meta.get_field(name).get_internal_type() == "CharField"
    return f"t.{name} = ''" if blank else f"t.{name} IS NULL"


def _held_since(name, kind):
    """Since when the value that holds now has held: after the last version that said another."""
    past = TABLES[kind.about]
    return (
        f"(SELECT coalesce(max(p.until) FILTER (WHERE p.{name} IS DISTINCT FROM t.{name}),"
        f" least(min(p.since), t.since)) FROM {past['past']} p WHERE p.{past['key']} = t.id)"
    )
