"""The household of a row: one line to be staged for all rows that say the same of it."""

from households.national import shape, values, words
from households.national.columns import CODES, PLACES, H
from households.national.identifiers import Bad
from households.national.places import NoPlace
from households.national.rows import (
    EXTRA_LIMIT,
    Alike,
    Known,
    as_extra,
    fault,
    further_cells,
    picker,
    take_all,
)
from households.national.values import NULL, tidy
from households.national.words import HOUSEHOLD

_PLACES = slice(H[shape.PLACES[0]], H[shape.PLACES[0]] + len(shape.PLACES))


class Homes:
    """Reads households; ``lines`` holds what is to be staged."""

    def __init__(self, columns, gazetteer, scope, today):
        self.columns, self.gazetteer, self.scope, self.today = columns, gazetteer, scope, today
        self.composed, self.named = columns.composed, columns.named
        self.further = columns.further(HOUSEHOLD)
        composed = [cells for name in CODES for cells in self.composed[name]]
        self.alike = Alike(columns.of_household, len(H), self._read_codes, composed)
        self.size = [columns.size] if columns.size else []
        self.places = {}
        self.place_key = picker([cells.index for cells in columns.places if cells])
        self.lines = []

    def read(self, at, row, number, digest):
        """Adds the household's line. Returns what is ``Known`` of it."""
        faults, at = [], str(at)
        place = self._place(row, faults)
        if place is None:
            return Known(number, None, at, digest, faults)
        out, found, _digest = self.alike.read(row)
        faults += found
        county, *others = place
        out[:4] = at, number, county, str(digest)
        out[_PLACES] = others
        take_all(self.size, row, out, faults)
        take_all(self.alike.own, row, out, faults)
        self._income(row, out, faults)
        out[-1] = self._extra(row, faults)
        self.lines.append("\t".join(out) + "\n")
        return Known(number, county, at, digest, faults)

    def _place(self, row, faults):
        """-> what is staged: the county, and ``shape.PLACES``."""
        known = self.places.get(self.place_key(row))
        return known or self._fresh_place(row, faults)

    def _fresh_place(self, row, faults):
        said = [row[found.index] if found else "" for found in self.columns.places]
        try:
            place = self.gazetteer.place(*said, scope=self.scope)
            found = self.places[self.place_key(row)] = [
                str(pk) for pk in (place.county, place.province, place.city, *place[3:])
            ]
            return found
        except NoPlace as problem:
            cells = dict(zip(PLACES, self.columns.places, strict=True))
            county = problem.county if problem.reason != "not_your_division" else None
            at_fault = cells[problem.field] or cells["code"] or cells["village"]
            at_fault = at_fault or self.columns.number
            faults.append(fault(at_fault, row, problem, whole=county is None))
            return [str(county), NULL, NULL, NULL, NULL] if county else None

    # -- codes that are understood together

    def _read_codes(self, columns, row, out, faults):
        take_all(columns, row, out, faults)
        self._status(row, out, faults)
        for name in ("causes", "risks"):
            self._list(name, row, out, faults)
        self._measures(row, out)

    def _status(self, row, out, faults):
        said = {}
        for name in ("household_kind", "exited_kind", "monitored_kind", "risk_cleared"):
            for cells in self.composed[name]:
                value = cells.value(row[cells.index])
                if isinstance(value, Bad):
                    faults.append(fault(cells, row, value))
                    said[name] = "bad"
                elif value is not NULL:
                    said[name] = value
        kind = self.composed["household_kind"][0]
        (status, exited_class), problem = understand_status(said)
        if problem:
            bad = Bad("class_against_kind", kind=tidy(row[kind.index])[:20])
            faults.append(fault(self.composed[problem][0], row, bad))
        if status:
            out[H["status"]] = status
            out[H["exited_class"]] = exited_class or NULL
        elif "household_kind" not in said:
            faults.append(fault(kind, row, Bad("kind_missing")))

    def _list(self, name, row, out, faults):
        found, given = [], False
        for cells in self.composed[name]:
            value = cells.value(row[cells.index])
            if isinstance(value, Bad):
                faults.append(fault(cells, row, value))
                return
            if value is not NULL:
                given = True
                found += value
        if given:
            out[H[name]] = values.array(found)

    def _measures(self, row, out):
        measures, given = [], False
        for cells in self.composed["national_measures"]:
            word = tidy(row[cells.index])
            if word:
                given = True
                if word.upper() not in words.MEASURE_NO:
                    measures.append(words.plain_header(cells.title))
        if given:
            out[H["national_measures"]] = values.array(measures)

    # -- incomes

    def _income(self, row, out, faults):
        """The figures count only with the twelve months that they belong to."""
        cells = self.named
        first, last = cells.get("window_from"), cells.get("window_to")
        given = [name for name in shape.FIVE if name in cells and out[H[name]] is not NULL]
        bad = self._window_fault(row, out, first, last, given)
        if bad:
            faults.append(bad)
        if bad or NULL in (out[H["window_from"]], out[H["window_to"]]):
            out[H["window_from"]] = out[H["window_to"]] = NULL
        elif given:
            for name in shape.FIVE:
                if name in cells and out[H[name]] is NULL and not tidy(row[cells[name].index]):
                    faults.append(fault(cells[name], row, Bad("income_incomplete")))

    def _window_fault(self, row, out, first, last, given):
        if not first or not last or not given:
            return None
        start, end = out[H["window_from"]], out[H["window_to"]]
        for value, cells in ((start, first), (end, last)):
            if value is NULL:
                blank = not tidy(row[cells.index])
                return fault(cells, row, Bad("window_missing")) if blank else None
        if not values.is_twelve_months(start, end):
            return fault(last, row, Bad("window_not_a_year", first=start[:7], last=end[:7]))
        if end[:7] > self.today[:7]:
            return fault(last, row, Bad("window_in_the_future"))
        return None

    def _extra(self, row, faults):
        kept = further_cells(self.further, row, faults) if self.further else {}
        for cells in self.composed["national_measures"]:
            word = tidy(row[cells.index])
            if word and word.upper() not in words.MEASURE_NO | words.MEASURE_YES:
                kept[cells.title] = word[:EXTRA_LIMIT]
        return as_extra(kept)


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
