"""Rows of the export -> lines for COPY: households, members, refusals.

A bad cell does not lose its row: its fact stays as it was. Only where nobody could say which
household, which person or which place is meant is the row itself refused (decision 0020).
"""

import json

from households.national.columns import Columns
from households.national.homes import Homes
from households.national.identifiers import Bad, bare
from households.national.persons import Persons
from households.national.rows import Fault, fault, picker
from households.national.values import NULL, escape, tidy


class Parser:
    """Reads rows under one header. ``scope`` is (level, division id) or None for everywhere."""

    def __init__(self, header, gazetteer, scope, *, today, strict_width):
        self.header, self.strict_width = header, strict_width
        self.width = len(header.names)
        columns = Columns(header, today.isoformat())
        self.homes = Homes(columns, gazetteer, scope, today.isoformat())
        self.persons = Persons(columns, today.isoformat())
        self.number = columns.number
        keys = [self.number, columns.member_number, *columns.composed["resident_id"]]
        self.keys = [cells.index for cells in (*keys, columns.named["name"]) if cells]
        self.cells_of_household = picker(columns.of_households())
        self.last, self.known = None, None
        self.refusals = []
        self.counts = {"rows": 0, "notes": 0}

    def parse(self, first, rows):
        """-> (household lines, member lines, refusal lines) of consecutive rows."""
        self.seen = {}
        for at, row in enumerate(rows, first):
            if at > self.header.row and any(row) and self._is_person(row):
                self.counts["rows"] += 1
                self._row(at, row)
        homes, self.homes.lines = self.homes.lines, []
        refusals, self.refusals = self.refusals, []
        return homes, self.persons.take_lines(), refusals

    def _is_person(self, row):
        """Blank rows, repeated headers and notes at the foot are not persons."""
        if len(row) < self.width:
            row.extend([""] * (self.width - len(row)))
        number = row[self.number.index]
        if number == self.header.names[self.number.index]:
            return False
        if number or any(tidy(row[index]) for index in self.keys):
            return True
        self.counts["notes"] += any(tidy(cell) for cell in row)
        return False

    def _row(self, at, row):
        if self.strict_width and len(row) > self.width and any(map(tidy, row[self.width :])):
            self._refuse(at, row, Fault("", "", "row_shifted", {}, True))
            return
        key = self.cells_of_household(row)
        if key != self.last:  # most rows follow another of their household
            self.last, self.known = key, self._household(at, row, key)
        known = self.known
        if known is None:
            self._refuse(at, row, self._without_number(row))
            return
        for found in known.faults:
            self._refuse(at, row, found)
        if known.county is not None:
            for found in self.persons.read(str(at), row, known):
                self._refuse(at, row, found)

    def _household(self, at, row, key):
        """What is known of the household of these cells, or None without a number."""
        known = self.seen.get(key)
        if known is None:
            number = self.number.value(row[self.number.index])
            if number is NULL or isinstance(number, Bad):
                return None
            known = self.seen[key] = self.homes.read(at, row, number, hash(key))
        return known

    def _without_number(self, row):
        number = self.number.value(row[self.number.index])
        bad = Bad("number_missing") if number is NULL else number
        return fault(self.number, row, bad, whole=True)

    def _refuse(self, at, row, found):
        number = bare(row[self.number.index])[:40]
        details = json.dumps(found.details, ensure_ascii=False)
        whole = "t" if found.whole else "f"
        cells = [found.column, number, found.value, found.reason, details]
        self.refusals.append(f"{at}\t" + "\t".join(map(escape, cells)) + f"\t{whole}\n")
