"""The file's columns by their meaning, each with its reader."""

from households.national import shape
from households.national.cells import Cells
from households.national.words import BY_FIELD, HOUSEHOLD, KEY, MEMBER, PLACE

H = {name: place for place, name in enumerate(shape.STAGED_HOUSEHOLD)}
M = {name: place for place, name in enumerate(shape.STAGED_MEMBER)}
# Read together with other cells.
CODES = [
    "household_kind", "exited_kind", "monitored_kind", "risk_cleared", "causes", "risks",
    "national_measures",
]  # fmt: skip
IDENTITY = ["resident_id", "disability_card", "sex", "born_on", "disability_grade"]
PLACES = ["city", "county", "township", "village", "code"]
_BEGINS_AT = {"health": "chronic_illness"}  # one cell, three facts


class Columns:
    def __init__(self, header, today):
        self.header, self.today = header, today
        self.number = self.one(KEY, "number")
        self.member_number = self.one(KEY, "member_number")
        self.size = self.one(KEY, "size")
        self.places = [self.one(PLACE, name) for name in PLACES]
        self.of_household = self._simple(HOUSEHOLD, CODES)
        self.of_member = self._simple(MEMBER, IDENTITY)
        self.composed = {name: self.all(HOUSEHOLD, name) for name in CODES}
        self.composed |= {name: self.all(MEMBER, name) for name in IDENTITY}
        self.named = {cells.column.field: cells for cells in self.of_member + self.of_household}

    def all(self, level, field):
        column = BY_FIELD[level, field]
        position = (M if level == MEMBER else H).get(_BEGINS_AT.get(field, field))
        names = self.header.names
        found = self.header.columns.get((level, field), [])
        return [Cells(i, column, names[i][:60], position, self.today) for i in found]

    def one(self, level, field):
        found = self.all(level, field)
        return found[0] if found else None

    def _simple(self, level, composed):
        return [
            self.one(level, field)
            for own, field in self.header.columns
            if own == level and field not in composed
        ]

    def further(self, level):
        """(index, name) of what the register does not know."""
        return [(i, name) for i, name, own in self.header.further if own == level]

    def of_households(self):
        """Indexes of what is said of a household, or of where it is."""
        own = {
            i
            for (level, _field), indexes in self.header.columns.items()
            if level in (HOUSEHOLD, PLACE)
            for i in indexes
        } | {i for i, _name in self.further(HOUSEHOLD)}
        return sorted(own | {cells.index for cells in (self.number, self.size) if cells})
