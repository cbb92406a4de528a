"""The person of a row: a line to be staged. Personal numbers are sealed for many rows at once."""

from accounts.protected import seal_in_bulk, seal_many
from households.national import identifiers
from households.national.columns import IDENTITY, M
from households.national.identifiers import Bad
from households.national.rows import Alike, as_extra, fault, further_cells, picker, take_all
from households.national.values import NULL, tidy
from households.national.words import MEMBER
from households.pinyin import initials_of, pinyin_of

_NAME, _RELATION, _BORN, _SEX, _ROUNDED = (
    M[name] for name in ("name", "relation", "born_on", "sex", "rounded")
)
_ID = M["resident_id"]


class Persons:
    """Reads members; ``take_lines`` gives what is to be staged since it was last asked."""

    def __init__(self, columns, today):
        self.columns, self.today = columns, today
        self.named, self.composed = columns.named, columns.composed
        self.number = columns.member_number
        self.further = columns.further(MEMBER)
        self.alike = Alike(columns.of_member, len(M), take_all)
        self.id_cells = self.composed["resident_id"][0]
        self.id_index = self.id_cells.index
        self.clean = identifiers.clean_ids(today)
        told = [cells.index for name in IDENTITY[1:] for cells in self.composed[name]]
        self.told, self.nothing_told = picker(told), ("",) * len(told)
        covered = {*columns.of_households(), *self.alike.indexes}
        self.rest = picker([i for i in range(len(columns.header.names)) if i not in covered])
        self.lines, self.sealing, self.plain = [], [], []

    def read(self, at, row, known):
        """-> faults of the row. Without one that is ``whole`` its line is kept."""
        out, faults, digest = self.alike.read(row)
        # Every cell is in one of the three: two rows are the same when their digests are.
        digest = hash((known.digest, digest, self.rest(row)))
        out[:5] = at, known.row, known.number, known.county, str(digest)
        take_all(self.alike.own, row, out, faults)
        if out[_NAME] is NULL:
            faults.append(fault(self.named["name"], row, Bad("name_missing")))
        if out[_RELATION] is NULL and not tidy(row[self.named["relation"].index]):
            faults.append(fault(self.named["relation"], row, Bad("relation_missing")))
        member_number = self._number(row, faults)
        if member_number:
            out[M["member_number"]] = member_number
        number = self._identity(row, out, faults)
        if self.further:
            out[-1] = as_extra(further_cells(self.further, row, faults))
        if not (member_number or number):
            faults.append(fault(self.id_cells, row, Bad("person_key_missing"), whole=True))
        elif out[_RELATION] == "head" and out[_NAME] is not NULL:
            out[M["head_pinyin"]] = pinyin_of(out[_NAME])
            out[M["head_initials"]] = initials_of(out[_NAME])
        if not faults or not any(found.whole for found in faults):
            self.lines.append(out)
            if number:
                self.sealing.append(out)
                self.plain.append(number)
        return faults

    def take_lines(self):
        for out, triple in zip(self.sealing, seal_many(self.plain), strict=True):
            out[_ID : _ID + 3] = triple
        lines = ["\t".join(out) + "\n" for out in self.lines]
        self.lines, self.sealing, self.plain = [], [], []
        return lines

    def _number(self, row, faults):
        cell = row[self.number.index] if self.number else ""
        if cell.isdigit() and cell.isascii() and len(cell) <= 24:
            return cell
        try:
            return self.number.read(cell) if cell and tidy(cell) else ""
        except Bad as bad:
            faults.append(fault(self.number, row, bad))
            return ""

    # -- who it is

    def _identity(self, row, out, faults):
        """Sets what the ID and the cells beside it say. Returns the ID, which is sealed later."""
        number = row[self.id_index]
        clean = self.clean(number)
        if clean is not None and self.told(row) == self.nothing_told:
            out[_BORN], out[_SEX] = clean
            out[_ROUNDED] = "f"
            return number
        person = self._resident_id(row, faults)
        card = self._card(row, person, faults)
        if person:
            out[_BORN], out[_SEX] = person.born_on, person.sex
            out[_ROUNDED] = "t" if person.rounded else "f"
        self._told(row, out, person, faults)
        if card:
            place = M["disability_card"]
            out[place : place + 3] = seal_in_bulk(card.card)
            out[M["disability_grade"]] = card.grade
            self._disabled(row, out, faults)
        self._grade(row, out, card, faults)
        return person.number if person else ""

    def _resident_id(self, row, faults):
        raw = row[self.id_index]
        if not raw or not tidy(raw):
            return None
        try:
            return identifiers.resident_id(raw, today=self.today)
        except Bad as bad:
            faults.append(fault(self.id_cells, row, bad))
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
                faults.append(fault(cells, row, bad))
                return None
        return person if person and person.card else None

    def _told(self, row, out, person, faults):
        """Sex and day of birth as written; where there is an ID, it has to agree."""
        for field, reason in (("sex", "sex_against_id"), ("born_on", "birth_against_id")):
            for cells in self.composed[field]:
                value = cells.value(row[cells.index])
                if isinstance(value, Bad):
                    if not (person and value.reason == "birth_needs_day"):
                        faults.append(fault(cells, row, value))
                elif value is not NULL and not person:
                    out[M[field]] = value
                elif value is not NULL and value != getattr(person, field):
                    faults.append(fault(cells, row, Bad(reason, born=person.born_on)))

    def _disabled(self, row, out, faults):
        if out[M["disabled"]] == "f":
            out[M["disabled"]] = NULL
            faults.append(fault(self.named["health"], row, Bad("health_against_card")))
        else:
            out[M["disabled"]] = "t"

    def _grade(self, row, out, card, faults):
        for cells in self.composed["disability_grade"]:
            value = cells.value(row[cells.index])
            if isinstance(value, Bad):
                faults.append(fault(cells, row, value))
            elif value is not NULL and card and value != card.grade:
                faults.append(fault(cells, row, Bad("card_against_grade", grade=card.grade)))
            elif value is not NULL:
                out[M["disability_grade"]] = value
