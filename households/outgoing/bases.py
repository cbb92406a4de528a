"""What the last export said of households and members that the register has changed since."""

from functools import cache
from pathlib import Path

from households.national.words import HOUSEHOLD, MEMBER
from households.outgoing.units import fields_of

SQL = Path(__file__).with_name("sql")
ROWS = {
    HOUSEHOLD: {
        "row": "h",
        "household": "h.id",
        "member": "NULL::bigint",
        "key": "household_id",
        "past": "households_householdpast",
        "more": "NULL::date AS left_on",
    },
    MEMBER: {
        "row": "m",
        "household": "m.household_id",
        "member": "m.id",
        "key": "member_id",
        "past": "households_memberpast",
        "more": "m.left_on",
    },
}


@cache
def read(name):
    return (SQL / f"{name}.sql").read_text()


def pairs(level, row):
    """The arguments of jsonb_build_object: each compared field of ``row``."""
    return ", ".join(f"'{field}', {row}.{field}" for field in fields_of(level))


def bases(level, *, source, which):
    """A SELECT of the rows of ``source`` with ``now`` and what an export ``said``."""
    own = ROWS[level]
    return read("versions").format(
        **own,
        source=source,
        which=which,
        of_row=pairs(level, own["row"]),
        of_past=pairs(level, "p"),
    )
