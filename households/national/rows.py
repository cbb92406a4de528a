"""What the readers of households and of persons share: faults, and facts read once."""

import json
import re
from operator import itemgetter
from typing import NamedTuple

from accounts.protected import mask_identity
from households.national import words
from households.national.cells import check_no_formula, shown
from households.national.identifiers import Bad
from households.national.values import NULL, escape, tidy

_LIKE_AN_ID = re.compile(r"\d{17}[\dXx]|1[3-9]\d{9}|\d{15,19}")
EXTRA_LIMIT = 500
COMBINATIONS = 20_000
# Kinds of cells that hardly two households or two persons have in common with all others.
_OWN_KINDS = {"name", "phone", "account", "yuan", "yuan_or_loss", "mu"}


class Fault(NamedTuple):
    """A cell that is not taken; ``whole``: neither is its row."""

    column: str
    value: str
    reason: str
    details: dict
    whole: bool = False


def fault(cells, row, bad, whole=False):
    return Fault(cells.title, cells.shown(row[cells.index]), bad.reason, bad.details, whole)


class Known(NamedTuple):
    """What the first row of a household said. ``county`` is None where no row of it is taken."""

    number: str
    county: str | None
    row: str  # of the file, where it stands first
    digest: int
    faults: list


class Alike:
    """The facts of a row that many others share: read once for each combination of cells."""

    def __init__(self, columns, width, read, composed=()):
        self.own = [cells for cells in columns if cells.column.kind in _OWN_KINDS]
        self.shared = [cells for cells in columns if cells.column.kind not in _OWN_KINDS]
        self.indexes = [cells.index for cells in (*self.shared, *composed)]
        self.width, self.fresh, self.known = width, read, {}
        self.key = picker(self.indexes)

    def read(self, row):
        """-> (cells to be staged, faults, digest of the combination), lists of the caller's own."""
        key = self.key(row)
        known = self.known.get(key)
        if known is None:
            if len(self.known) > COMBINATIONS:
                self.known.clear()
            known = self.known[key] = [NULL] * self.width, [], hash(key)
            self.fresh(self.shared, row, *known[:2])
        out, faults, digest = known
        return out.copy(), faults.copy(), digest


def take_all(columns, row, out, faults):
    """Every row comes through here: what a column has read once it only looks up. ``out`` holds
    NULL already where a cell is blank."""
    for cells in columns:
        index, place, known = cells.quick
        raw = row[index]
        if not raw:
            continue
        found = known(raw) or cells.fresh(raw)
        if found.__class__ is str:
            out[place] = found
        elif found.__class__ is tuple:
            out[place : place + len(found)] = found
        else:
            faults.append(fault(cells, row, found))


def picker(indexes):
    """A function from a row to the tuple of these cells."""
    if len(indexes) > 1:
        return itemgetter(*indexes)
    if indexes:
        (only,) = indexes
        return lambda row: (row[only],)
    return lambda row: ()


def further_cells(columns, row, faults):
    """Columns that the register does not know are kept; what looks personal, masked."""
    kept = {}
    for index, name in columns:
        value = tidy(row[index]) if row[index] else ""
        if not value:
            continue
        try:
            check_no_formula(value)
            if len(value) > EXTRA_LIMIT:
                raise Bad("too_long", limit=EXTRA_LIMIT)
        except Bad as bad:
            faults.append(Fault(name, shown(value, None), bad.reason, bad.details))
            continue
        if words.PERSONAL_NAME.search(name) or _LIKE_AN_ID.search(value):
            value = mask_identity(value)
        kept[name] = value
    return kept


def as_extra(kept):
    return escape(json.dumps(kept, ensure_ascii=False)) if kept else NULL
