"""Rows of the export -> lines for COPY: households, members, refusals.

A bad cell does not lose its row: its fact stays as it was. Only where nobody could say which
household, which person or which place is meant is the row itself refused (decision 0020).
"""

import json
import re
from operator import itemgetter
from typing import NamedTuple

from accounts.protected import mask_identity, seal_in_bulk
from households.national import identifiers, shape, values, words
from households.national.cells import Cells, check_no_formula, shown
from households.national.identifiers import Bad, bare
from households.national.places import NoPlace
from households.national.values import NULL, escape, tidy
from households.national.words import BY_FIELD, HOUSEHOLD, KEY, MEMBER, PLACE
from households.pinyin import initials_of, pinyin_of

_LIKE_AN_ID = re.compile(r"\d{17}[\dXx]|1[3-9]\d{9}|\d{15,19}")
_H = {name: place for place, name in enumerate(shape.STAGED_HOUSEHOLD)}
_M = {name: place for place, name in enumerate(shape.STAGED_MEMBER)}
_CODES = [
    "household_kind", "exited_kind", "monitored_kind", "risk_cleared", "causes", "risks",
    "national_measures",
]  # fmt: skip
_COMPOSED = {
    *_CODES, "resident_id", "sex", "born_on", "disability_card", "disability_grade",
}  # fmt: skip
_BEGINS_AT = {"health": "chronic_illness"}  # one cell, three facts
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


class Known(NamedTuple):
    """What the first row of a household said: its county's id, and what was wrong with it."""

    county: str | None
    faults: list


class Alike:
    """The facts of a row that many others share: read once for each combination of cells."""

    def __init__(self, columns, width, read, composed=()):
        self.own = [cells for cells in columns if cells.column.kind in _OWN_KINDS]
        self.shared = [cells for cells in columns if cells.column.kind not in _OWN_KINDS]
        self.width, self.fresh, self.known = width, read, {}
        self.key = _picker([cells.index for cells in (*self.shared, *composed)])

    def read(self, row):
        """-> (cells to be staged, faults), both the caller's own."""
        key = self.key(row)
        known = self.known.get(key)
        if known is None:
            if len(self.known) > COMBINATIONS:
                self.known.clear()
            known = self.known[key] = [NULL] * self.width, []
            self.fresh(self.shared, row, *known)
        out, faults = known
        return out.copy(), faults.copy()


class Parser:
    """Reads rows under one header. ``scope`` is (level, division id) or None for everywhere."""

    def __init__(self, header, gazetteer, scope, *, today, strict_width):
        self.header, self.gazetteer, self.scope = header, gazetteer, scope
        self.today, self.strict_width = today.isoformat(), strict_width
        self.width = len(header.names)
        self.number = self._one(KEY, "number")
        self.member_number = self._one(KEY, "member_number")
        self.size = self._one(KEY, "size")
        self.places = [self._one(PLACE, name) for name in words_of_place()]
        self.of_household = self._simple(HOUSEHOLD, _H)
        self.of_member = self._simple(MEMBER, _M)
        self.composed = {
            column.field: self._all(column.level, column.field)
            for column in BY_FIELD.values()
            if column.field in _COMPOSED
        }
        self.further = {
            level: [(i, name) for i, name, own in header.further if own == level]
            for level in (HOUSEHOLD, MEMBER)
        }
        self._household_cells = _picker(self._indexes_of_household())
        self.named = {cells.column.field: cells for cells in self.of_member + self.of_household}
        self.households_alike = Alike(
            self.of_household,
            len(_H),
            self._read_household_codes,
            [cells for name in _CODES for cells in self.composed[name]],
        )
        self.members_alike = Alike(self.of_member, len(_M), self._take_all)
        self.counts = {"rows": 0, "notes": 0}

    # -- the columns

    def _all(self, level, field):
        found = self.header.columns.get((level, field), [])
        column = BY_FIELD[level, field]
        position = (_M if level == MEMBER else _H).get(_BEGINS_AT.get(field, field))
        return [Cells(i, column, self.header.names[i][:60], position, self.today) for i in found]

    def _one(self, level, field):
        found = self._all(level, field)
        return found[0] if found else None

    def _simple(self, level, positions):
        return [
            self._one(level, field)
            for own, field in self.header.columns
            if own == level and field not in _COMPOSED
        ]

    def _indexes_of_household(self):
        own = {
            i
            for (level, _field), indexes in self.header.columns.items()
            if level in (HOUSEHOLD, PLACE)
            for i in indexes
        } | {i for i, _name in self.further[HOUSEHOLD]}
        return sorted(own | {cells.index for cells in (self.number, self.size) if cells})

    # -- the rows

    def parse(self, first, rows):
        """-> (household lines, member lines, refusal lines) of consecutive rows."""
        self.households, self.members, self.refusals = [], [], []
        self.seen, self.last, self.known = {}, None, None
        for offset, row in enumerate(rows):
            at = first + offset
            if at <= self.header.row or not any(row):
                continue
            if not self._is_person(row):
                continue
            self.counts["rows"] += 1
            self._row(at, row)
        return self.households, self.members, self.refusals

    def _is_person(self, row):
        """Blank rows, repeated headers and notes at the foot are not persons."""
        if len(row) < self.width:
            row.extend([""] * (self.width - len(row)))
        number = row[self.number.index]
        if number == self.header.names[self.number.index]:
            return False
        if number:
            return True
        keys = [self.number, self.member_number, *self.composed["resident_id"]]
        keys.append(self.named["name"])
        if any(tidy(row[cells.index]) for cells in keys if cells):
            return True
        self.counts["notes"] += any(tidy(cell) for cell in row)
        return False

    def _row(self, at, row):
        if self.strict_width and len(row) > self.width and any(map(tidy, row[self.width :])):
            self._refuse(at, row, Fault("", "", "row_shifted", {}, True))
            return
        number = self.number.value(row[self.number.index])
        if number is NULL or isinstance(number, Bad):
            bad = Bad("number_missing") if number is NULL else number
            self._refuse(at, row, self._fault(self.number, row, bad, whole=True))
            return
        key = self._household_cells(row)
        if key == self.last:  # most rows follow another of their household
            known = self.known
        else:
            known = self.seen.get(key)
            if known is None:
                known = self.seen[key] = self._household(at, row, number, hash(key))
            self.last, self.known = key, known
        for fault in known.faults:
            self._refuse(at, row, fault)
        if known.county is not None:
            self._member(at, row, number, known.county)

    def _refuse(self, at, row, fault):
        number = bare(row[self.number.index])[:40]
        details = json.dumps(fault.details, ensure_ascii=False)
        whole = "t" if fault.whole else "f"
        cells = [fault.column, number, fault.value, fault.reason, details]
        self.refusals.append(f"{at}\t" + "\t".join(map(escape, cells)) + f"\t{whole}\n")

    def _fault(self, cells, row, bad, whole=False):
        return Fault(cells.title, cells.shown(row[cells.index]), bad.reason, bad.details, whole)

    # -- the household

    def _household(self, at, row, number, digest):
        faults = []
        place = self._place(row, faults)
        if place is None:
            return Known(None, faults)
        out, found = self.households_alike.read(row)
        faults += found
        out[0], out[1], out[3] = str(at), number, str(digest)
        province, city, county, township, village = place
        out[_H["county_id"]] = str(county)
        if village:
            for name, pk in zip(shape.PLACES, (province, city, township, village), strict=True):
                out[_H[name]] = str(pk)
        if self.size:
            self._take_all([self.size], row, out, faults)
        self._take_all(self.households_alike.own, row, out, faults)
        self._income(row, out, faults)
        out[-1] = self._extra(HOUSEHOLD, row, faults)
        self.households.append("\t".join(out) + "\n")
        return Known(str(county), faults)

    def _read_household_codes(self, columns, row, out, faults):
        self._take_all(columns, row, out, faults)
        self._status(row, out, faults)
        self._lists(row, out, faults)

    def _place(self, row, faults):
        said = [row[found.index] if found else "" for found in self.places]
        try:
            return self.gazetteer.place(*said, scope=self.scope)
        except NoPlace as problem:
            cells = dict(zip(words_of_place(), self.places, strict=True))
            known_county = problem.county if problem.reason != "not_your_division" else None
            at_fault = cells[problem.field] or cells["code"] or cells["village"] or self.number
            faults.append(self._fault(at_fault, row, problem, whole=known_county is None))
            return (None, None, known_county, None, None) if known_county else None

    def _take_all(self, columns, row, out, faults):
        """Every row comes through here: what a column has read once it only looks up."""
        for cells in columns:
            found = cells.known.get(row[cells.index])
            if found is None:
                found = cells.fresh(row[cells.index])
            if found.__class__ is str:
                out[cells.place] = found
            elif found.__class__ is tuple:
                out[cells.place : cells.place + len(found)] = found
            else:
                faults.append(self._fault(cells, row, found))

    def _status(self, row, out, faults):
        said = {}
        for name in ("household_kind", "exited_kind", "monitored_kind", "risk_cleared"):
            for cells in self.composed[name]:
                value = cells.value(row[cells.index])
                if isinstance(value, Bad):
                    faults.append(self._fault(cells, row, value))
                    said[name] = "bad"
                elif value is not NULL:
                    said[name] = value
        kind, problem = understand_status(said)
        status, exited_class = kind
        if problem:
            cells = self.composed[problem][0]
            word = row[self.composed["household_kind"][0].index]
            faults.append(self._fault(cells, row, Bad("class_against_kind", kind=tidy(word)[:20])))
        if status:
            out[_H["status"]] = status
            out[_H["exited_class"]] = exited_class or NULL
        elif "household_kind" not in said:
            faults.append(self._fault(self.composed["household_kind"][0], row, Bad("kind_missing")))

    def _lists(self, row, out, faults):
        for name in ("causes", "risks"):
            found, given = [], False
            for cells in self.composed[name]:
                value = cells.value(row[cells.index])
                if isinstance(value, Bad):
                    faults.append(self._fault(cells, row, value))
                    given, found = True, None
                    break
                if value is not NULL:
                    given = True
                    found += value
            if given and found is not None:
                out[_H[name]] = values.array(found)
        measures, given = [], False
        for cells in self.composed["national_measures"]:
            word = tidy(row[cells.index])
            if word:
                given = True
                if word.upper() not in words.MEASURE_NO:
                    measures.append(words.plain_header(cells.title))
        if given:
            out[_H["national_measures"]] = values.array(measures)

    def _income(self, row, out, faults):
        """The figures count only with the twelve months that they belong to."""
        cells = self.named
        first, last = cells.get("window_from"), cells.get("window_to")
        given = [name for name in shape.FIVE if name in cells and out[_H[name]] is not NULL]
        bad = self._window_fault(row, out, first, last, given, faults)
        if bad:
            faults.append(bad)
        if bad or NULL in (out[_H["window_from"]], out[_H["window_to"]]):
            out[_H["window_from"]] = out[_H["window_to"]] = NULL
        elif given:
            for name in shape.FIVE:
                if name in cells and out[_H[name]] is NULL and not tidy(row[cells[name].index]):
                    faults.append(self._fault(cells[name], row, Bad("income_incomplete")))

    def _window_fault(self, row, out, first, last, given, faults):
        if not first or not last or not given:
            return None
        start, end = out[_H["window_from"]], out[_H["window_to"]]
        for value, cells in ((start, first), (end, last)):
            if value is NULL:
                blank = not tidy(row[cells.index])
                return self._fault(cells, row, Bad("window_missing")) if blank else None
        if not values.is_twelve_months(start, end):
            bad = Bad("window_not_a_year", first=start[:7], last=end[:7])
            return self._fault(last, row, bad)
        if end[:7] > self.today[:7]:
            return self._fault(last, row, Bad("window_in_the_future"))
        return None

    def _extra(self, level, row, faults):
        """Columns that the register does not know are kept; what looks personal, masked."""
        kept = {}
        for index, name in self.further[level]:
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
        if level == HOUSEHOLD:
            for cells in self.composed["national_measures"]:
                word = tidy(row[cells.index])
                if word and word.upper() not in words.MEASURE_NO | words.MEASURE_YES:
                    kept[cells.title] = word[:EXTRA_LIMIT]
        return escape(json.dumps(kept, ensure_ascii=False)) if kept else NULL

    # -- the member

    def _member(self, at, row, number, county):
        out, faults = self.members_alike.read(row)
        out[0], out[1], out[2], out[3] = str(at), number, county, str(hash(tuple(row)))
        self._take_all(self.members_alike.own, row, out, faults)
        if out[_M["name"]] is NULL:
            faults.append(self._missing("name", row, "name_missing"))
        if out[_M["relation"]] is NULL:
            cells = self.named["relation"]
            if not tidy(row[cells.index]):
                faults.append(self._missing("relation", row, "relation_missing"))
        member_number = self._member_number(row, faults)
        if member_number:
            out[_M["member_number"]] = member_number
        self._identity(row, out, faults)
        out[-1] = self._extra(MEMBER, row, faults)
        if not member_number and out[_M["resident_id_index"]] is NULL:
            cells = self.composed["resident_id"][0]
            faults.append(self._fault(cells, row, Bad("person_key_missing"), whole=True))
        elif out[_M["relation"]] == "head" and out[_M["name"]] is not NULL:
            out[_M["head_pinyin"]] = pinyin_of(out[_M["name"]])
            out[_M["head_initials"]] = initials_of(out[_M["name"]])
        for fault in faults:
            self._refuse(at, row, fault)
        if not faults or not any(fault.whole for fault in faults):
            self.members.append("\t".join(out) + "\n")

    def _missing(self, field, row, reason):
        cells = self.named[field]
        return self._fault(cells, row, Bad(reason))

    def _member_number(self, row, faults):
        if not self.member_number or not row[self.member_number.index]:
            return ""
        try:
            text = tidy(row[self.member_number.index])
            return self.member_number.read(text) if text else ""
        except Bad as bad:
            faults.append(self._fault(self.member_number, row, bad))
            return ""

    def _identity(self, row, out, faults):
        person = self._resident_id(row, faults)
        card = self._card(row, person, faults)
        if person:
            self._seal_into(out, "resident_id", person.number)
            out[_M["born_on"]], out[_M["sex"]] = person.born_on, person.sex
            out[_M["rounded"]] = "t" if person.rounded else "f"
        self._told(row, out, person, faults)
        if card:
            self._seal_into(out, "disability_card", card.card)
            out[_M["disability_grade"]] = card.grade
            self._disabled(row, out, faults)
        self._grade(row, out, card, faults)

    def _seal_into(self, out, field, plain):
        place = _M[field]
        out[place : place + 3] = seal_in_bulk(plain)

    def _resident_id(self, row, faults):
        cells = self.composed["resident_id"][0]
        raw = row[cells.index]
        if not raw or not tidy(raw):
            return None
        try:
            return identifiers.resident_id(raw, today=self.today)
        except Bad as bad:
            faults.append(self._fault(cells, row, bad))
            return None

    def _card(self, row, person, faults):
        """The card from its own column, else from the ID's, where some offices write it."""
        for cells in self.composed["disability_card"]:
            raw = row[cells.index]
            if not raw or tidy(raw) in ("", "无", "否"):
                continue
            try:
                card = identifiers.disability_card(raw, today=self.today)
                if person and card.number != person.number:
                    raise Bad("card_of_other_person")
                return card
            except Bad as bad:
                faults.append(self._fault(cells, row, bad))
                return None
        return person if person and person.card else None

    def _told(self, row, out, person, faults):
        """Sex and day of birth as written; where there is an ID, it has to agree."""
        for field, reason in (("sex", "sex_against_id"), ("born_on", "birth_against_id")):
            for cells in self.composed[field]:
                value = cells.value(row[cells.index])
                if isinstance(value, Bad):
                    if not (person and value.reason == "birth_needs_day"):
                        faults.append(self._fault(cells, row, value))
                elif value is not NULL and not person:
                    out[_M[field]] = value
                elif value is not NULL and value != getattr(person, field):
                    bad = Bad(reason, born=person.born_on)
                    faults.append(self._fault(cells, row, bad))

    def _disabled(self, row, out, faults):
        if out[_M["disabled"]] == "f":
            out[_M["disabled"]] = NULL
            cells = self.named["health"]
            faults.append(self._fault(cells, row, Bad("health_against_card")))
        else:
            out[_M["disabled"]] = "t"

    def _grade(self, row, out, card, faults):
        for cells in self.composed["disability_grade"]:
            value = cells.value(row[cells.index])
            if isinstance(value, Bad):
                faults.append(self._fault(cells, row, value))
            elif value is not NULL and card and value != card.grade:
                bad = Bad("card_against_grade", grade=card.grade)
                faults.append(self._fault(cells, row, bad))
            elif value is not NULL:
                out[_M["disability_grade"]] = value


def _picker(indexes):
    if len(indexes) > 1:
        return itemgetter(*indexes)
    return lambda row: tuple(row[i] for i in indexes)


def words_of_place():
    return ("city", "county", "township", "village", "code")


def understand_status(said):
    """-> ((status, class), field at fault or None). ``said`` holds what was read of four cells."""
    kind = said.get("household_kind")
    status, own = kind if isinstance(kind, tuple) else (None, None)
    exited, monitored = said.get("exited_kind"), said.get("monitored_kind")
    problem = None
    if exited and exited != "bad":
        if (status in (None, "exited")) and own in (None, exited):
            status, own = "exited", exited
        else:
            problem = "exited_kind"
    if isinstance(monitored, tuple):
        told, told_class = monitored
        if told == "exited" and status in (None, "exited") and own in (None, "monitored"):
            status, own = told, told_class
        elif told == "edge" and status in (None, "general", "edge") or told == "sudden":
            status, own = told, None
        else:
            problem, own = "monitored_kind", None
    if said.get("risk_cleared") == "t":
        if status == "edge":
            status = "edge_cleared"
        elif own == "monitored":
            own = "supported"
    return (status, own), problem
