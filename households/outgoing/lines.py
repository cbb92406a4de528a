"""A difference as it is read: which column, what stands there, what must be entered. Columns and
values are the national system's own words in every language, for they are typed in there."""

from dataclasses import dataclass

from households.models import Difference
from households.national.words import HOUSEHOLD, MEMBER
from households.outgoing.units import JOINED, LEFT, NEW_HOUSEHOLD, UNITS, Headers
from households.outgoing.words import said_of, village_names

KINDS = {NEW_HOUSEHOLD: "（新增户）", JOINED: "（新增成员）", LEFT: "（减少成员）"}

CLEARED = "（清空）"


@dataclass
class Line:
    difference: Difference
    column: str
    said: str
    here: str


def lines_of(differences, headers=None):
    """``differences`` (a list) as lines; two queries at most, whatever their number."""
    if not differences:
        return []
    headers = headers or Headers(differences[0].household.province_id)
    villages = village_names(differences)
    return [_line(row, headers, villages) for row in differences]


def _line(row, headers, villages):
    if row.column in KINDS:
        here = {JOINED: _who(row.member), LEFT: _left(row.member)}.get(row.column, "")
        return Line(row, KINDS[row.column], "", here)
    level = MEMBER if row.member_id else HOUSEHOLD
    said, here = (
        said_of(row.column, values, row.member, villages) for values in (row.said, row.here)
    )
    if said and not here:
        here = CLEARED
    # A unit that is compared no more keeps its own name.
    column = headers.of(level, row.column) if row.column in UNITS[level] else row.column
    return Line(row, column, said, here)


def _who(member):
    relation = said_of("relation", {"relation": member.relation}, member)
    return " ".join(filter(None, (member.name, relation)))


def _left(member):
    return member.left_on.isoformat() if member.left_on else ""
