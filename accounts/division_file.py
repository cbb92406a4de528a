"""Reading a file of divisions: what it says, and every fault in it, before anything is written.

A file is CSV in UTF-8 with the columns ``code``, ``name`` and, where they apply, ``valid_from``,
``valid_to`` and ``successor``. Codes have 12 digits; shorter official ones (340210) are filled up
with zeros. Level and parent follow from the code. What the shipped file ``data/divisions-34.csv``
says is taken from the statistical codes for urban and rural divisions of the National Bureau of
Statistics as of 2023-06-30 (as the open data set china-division 2.7.0 gives them), and from the
published decisions on Anhui's county codes since 2015; those are dated by the month's first day.
"""

import csv
import io
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

COLUMNS = ("code", "name", "valid_from", "valid_to", "successor")
ENDS = (2, 4, 6, 9, 12)  # of the province's, city's … village's part in a code


class Fault(NamedTuple):
    line: int
    value: str
    reason: str

    def __str__(self):
        return _("line %(line)s, “%(value)s”: %(reason)s") % self._asdict()


class DivisionFileRefused(Exception):
    """Nothing of the file was taken. ``faults`` names each line, value and reason."""

    def __init__(self, faults):
        self.faults = sorted(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Row(NamedTuple):
    line: int
    code: str
    name: str
    valid_from: date | None
    valid_to: date | None
    successor: str

    @property
    def level(self):
        return level_of(self.code)

    @property
    def parent(self):
        """The code of the division that this one lies in; blank for a province."""
        return self.code[: ENDS[self.level - 2]].ljust(12, "0") if self.level > 1 else ""


def level_of(code):
    return next(level for level, end in enumerate(ENDS, 1) if not code[end:].strip("0"))


def read(raw):
    """The rows of a file's bytes and the faults that a row shows by itself."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise DivisionFileRefused([Fault(line, "", _("the file is not UTF-8"))]) from None
    table = csv.DictReader(io.StringIO(text))
    missing = [name for name in COLUMNS[:2] if name not in (table.fieldnames or [])]
    if missing:
        raise DivisionFileRefused([Fault(1, missing[0], _("this column is missing"))])
    rows, faults = [], []
    try:
        for cells in table:
            if any(cells.values()):
                rows.append(_row(table.line_num, cells, faults))
    except csv.Error:
        raise DivisionFileRefused([Fault(table.line_num + 1, "", _("this is no CSV"))]) from None
    if not rows:
        raise DivisionFileRefused([Fault(1, "", _("the file holds no division"))])
    return [row for row in rows if row], faults


def _row(line, cells, faults):
    cells = {name: (cells.get(name) or "").strip() for name in COLUMNS}
    before = len(faults)
    code = _code(line, cells["code"], faults)
    successor = cells["successor"] and _code(line, cells["successor"], faults)
    if not 0 < len(cells["name"]) <= 80 or not cells["name"].isprintable():
        faults.append(Fault(line, cells["name"][:20], _("a name has 1 to 80 characters")))
    start = _day(line, cells["valid_from"], faults)
    end = _day(line, cells["valid_to"], faults)
    if start and end and end <= start:
        faults.append(Fault(line, cells["valid_to"], _("the code ends before it begins")))
    if successor and not cells["valid_to"]:
        faults.append(Fault(line, cells["successor"], _("a successor needs a day in valid_to")))
    clean = len(faults) == before
    return Row(line, code, cells["name"], start, end, successor) if clean else None


def _code(line, text, faults):
    if text.isascii() and text.isdigit() and len(text) in ENDS and text[:2] != "00":
        return text.ljust(12, "0")
    faults.append(Fault(line, text, _("a code has 12 digits, or the 2, 4, 6 or 9 of its level")))
    return ""


def _day(line, text, faults):
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        faults.append(Fault(line, text, _("a day is written as 2020-06-30")))
        return None


def check(rows, known):
    """The faults between rows. ``known``: code -> successor's code of what is stored already."""
    faults, by_code = [], {}
    for row in rows:
        if row.code in by_code:
            earlier = by_code[row.code].line
            reason = _("this code stands already in line %(earlier)s") % {"earlier": earlier}
            faults.append(Fault(row.line, row.code, reason))
        by_code.setdefault(row.code, row)
    successors = {**known, **{row.code: row.successor for row in rows}}
    for row in by_code.values():
        if row.parent and row.parent not in successors:
            reason = _("the division that it lies in, %(parent)s, is missing")
            faults.append(Fault(row.line, row.code, reason % {"parent": row.parent}))
        faults += _successor_faults(row, successors)
    return faults


def _successor_faults(row, successors):
    if not row.successor:
        return []
    if row.successor not in successors:
        return [Fault(row.line, row.successor, _("the successor is not known"))]
    if level_of(row.successor) != row.level:
        return [Fault(row.line, row.successor, _("the successor is of another level"))]
    seen, code = {row.code}, row.successor
    while code:
        if code in seen:
            return [Fault(row.line, row.successor, _("the successors run in a circle"))]
        seen.add(code)
        code = successors.get(code)
    return []
