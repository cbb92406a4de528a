"""Rows of a department's file into lines for COPY: matched later, so only the blind index is made.

Who is meant by a row that is not taken is sealed afterwards, from the file (``troubles.py``).
"""

import json

from accounts.protected import index_in_bulk
from feeds.cells import Cells
from feeds.kinds import ID, NAME
from households.national.cells import shown
from households.national.identifiers import Bad, clean_ids, resident_id
from households.national.values import escape, tidy

LONGEST_NAME = 40
REMEMBERED = 100_000  # numbers and names


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
        self.cells = [
            Cells(header.index(columns[c.field]), c, columns[c.field][:60], self.today)
            for c in kind.columns
            if c.field in columns
        ]
        self.needed = {c for c in self.cells if c.column.field in kind.needs}
        self.default = "" if kind.default.split(":")[0].strip('"') in columns else kind.default
        self.names, self.indexes = {}, {}
        self.is_clean = clean_ids(self.today)
        self.counts = {"rows": 0, "taken": 0}

    def parse(self, first, rows):
        persons, self.troubles = [], []
        at_id, at_name, width = self.at_id, self.at_name, self.width
        known, fresh_name, header = self.names, self._name, self.header.row
        indexes = self.indexes
        head = self.header.names[at_id]
        read = seen = 0
        for at, row in enumerate(rows, first):
            if at <= header:
                continue
            if len(row) < width:
                row.extend([""] * (width - len(row)))
            number = row[at_id]
            if not number and not any(map(tidy, row)) or number == head:
                continue
            read += 1
            if len(row) > width and self.strict_width and any(map(tidy, row[width:])):
                self._refuse(at, "", "", Bad("row_shifted"))
                continue
            values = self._values(at, row)
            if values is None:
                continue
            index = indexes.get(number) or self._index(at, number)
            if index is None:
                continue
            name = known.get(row[at_name]) or fresh_name(at, row[at_name])
            if name:
                seen += 1
                persons.append(f"{at}\t{index}\t{name}\t{{{values}}}\n")
        self.counts["rows"] += read
        self.counts["taken"] += seen
        return persons, self.troubles

    def _index(self, at, number):
        """The blind index, remembered: many a file has several rows of a person."""
        try:
            clean = self.is_clean(number)
            plain = number if clean else resident_id(number, today=self.today).number
        except Bad as bad:
            self._refuse(at, ID.field, number, bad if tidy(number) else Bad("identity_missing"))
            return None
        if len(self.indexes) > REMEMBERED:
            self.indexes.clear()
        found = self.indexes[number] = index_in_bulk(plain)
        return found

    def _values(self, at, row):
        """The JSON of the row without its braces; None when a needed cell is missing or bad."""
        parts = [self.default] if self.default else []
        for cells in self.cells:
            raw = row[cells.index]
            piece = cells.known.get(raw)
            if piece is None:
                piece = cells.fresh(raw)
            if piece.__class__ is str:
                if piece:
                    parts.append(piece)
                    continue
                if cells not in self.needed:
                    continue
                piece = Bad("cell_missing")
            self._refuse(at, cells.column.field, raw, piece, cells.column)
            if cells in self.needed:
                return None
        return ", ".join(parts)

    def _name(self, at, raw):
        name = " ".join(tidy(raw).split())
        if name and len(name) <= LONGEST_NAME:
            if len(self.names) > REMEMBERED:
                self.names.clear()
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
