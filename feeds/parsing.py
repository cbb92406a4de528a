"""Rows of a department's file into lines for COPY: matched later, so only the blind index is made.

Who is meant by a row that is not taken is sealed afterwards, from the file (``troubles.py``).
"""

import json

from accounts.protected import index_in_bulk
from feeds.cells import Cells
from feeds.kinds import ID, NAME, ONE, SUM
from households.national.cells import shown
from households.national.identifiers import Bad, clean_ids, resident_id
from households.national.values import escape, tidy

LONGEST_NAME = 40
REMEMBERED = 100_000  # numbers and names


def _with_room(known):
    if len(known) > REMEMBERED:
        known.clear()
    return known


class Parser:
    """``parse(first, rows)`` -> (lines of persons, lines of troubles) of consecutive rows.

    ``columns`` is field -> name of the column; ``today`` the last day that a date may name.
    """

    def __init__(self, header, kind, columns, today, strict_width):
        self.header, self.kind, self.today = header, kind, today.isoformat()
        self.strict_width = strict_width
        self.width = len(header.names)
        self.at_id = header.index(columns[ID.field])
        self.at_name = header.index(columns[NAME.field])
        self.titles = {field: columns[field][:60] for field in columns}
        self.adds_up = kind.rows == SUM
        self.cells = [
            Cells(header.index(columns[c.field]), c, self.today, self.adds_up)
            for c in kind.columns
            if c.field in columns
        ]
        self.needed = {c for c in self.cells if c.column.field in kind.needs}
        listed = kind.default and kind.default.split(":")[0].strip('"') not in columns
        self.default = [kind.default] if listed else []
        self.names, self.indexes = {}, {}
        self.is_clean = clean_ids(self.today)
        self.counts = {"rows": 0, "taken": 0}

    def parse(self, first, rows):
        persons, self.troubles = [], []
        at_id, at_name, width = self.at_id, self.at_name, self.width
        header, head = self.header.row, self.header.names[at_id]
        indexes, names = (_with_room(known) for known in (self.indexes, self.names))
        columns = [(cells, cells.index, cells.plain or cells.known.get) for cells in self.cells]
        begin, between, end = ("", "\t", "\n") if self.adds_up else ("{", ", ", "}\n")
        read = 0
        for at, row in enumerate(rows, first):
            if at <= header:
                continue
            if len(row) < width:
                row.extend([""] * (width - len(row)))
            number = row[at_id]
            if number == head or not number and not any(map(tidy, row)):
                continue
            read += 1
            if len(row) > width and self.strict_width and any(map(tidy, row[width:])):
                self._refuse(at, "", "", Bad("row_shifted"))
                continue
            parts = self.default[:]
            for cells, place, at_a_glance in columns:
                piece = at_a_glance(row[place])
                if not piece or piece.__class__ is not str:
                    piece = self._piece(at, cells, row[place])
                    if piece is None:
                        break
                if piece:
                    parts.append(piece)
            else:
                index = indexes.get(number) or self._index(at, number)
                name = index and (names.get(row[at_name]) or self._name(at, row[at_name]))
                if name:
                    said = between.join(parts)
                    persons.append(f"{at}\t{index}\t{name}\t{begin}{said}{end}")
        self.counts["rows"] += read
        self.counts["taken"] += len(persons)
        return persons, self.troubles

    def _index(self, at, number):
        """The blind index, remembered where a file has several rows of a person."""
        try:
            clean = self.is_clean(number)
            plain = number if clean else resident_id(number, today=self.today).number
        except Bad as bad:
            self._refuse(at, ID.field, number, bad if tidy(number) else Bad("identity_missing"))
            return ""
        found = index_in_bulk(plain)
        if self.kind.rows != ONE:
            self.indexes[number] = found
        return found

    def _piece(self, at, cells, raw):
        """What a cell says that was not met lately, is blank or bad; None where it is needed."""
        piece = cells.known.get(raw)
        if piece is None:
            piece = cells.fresh(raw)
        if piece.__class__ is str and (piece or cells not in self.needed):
            return piece or cells.blank
        self._refuse(at, cells.column.field, raw, piece or Bad("cell_missing"), cells.column)
        return None if cells in self.needed else cells.blank

    def _name(self, at, raw):
        name = " ".join(tidy(raw).split())
        if name and len(name) <= LONGEST_NAME:
            found = self.names[raw] = escape(name)
            return found
        bad = Bad("too_long", limit=LONGEST_NAME) if name else Bad("name_missing")
        self._refuse(at, NAME.field, raw, bad)
        return ""

    def _refuse(self, at, field, raw, bad, column=ID):
        title = self.titles.get(field, "")
        value = shown(raw, column if field != NAME.field else None)
        details = json.dumps(bad.details, ensure_ascii=False)
        cells = [title, value, bad.reason, details]
        self.troubles.append(f"{at}\t" + "\t".join(map(escape, cells)) + "\n")
