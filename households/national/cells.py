"""A column's reader: from the cell's text to what is staged, remembering what it has read."""

from accounts.protected import MASKS, seal_in_bulk
from households.models import IncomeStatement
from households.models.facts import HouseholdFacts, MemberFacts
from households.national import identifiers, values, words
from households.national.identifiers import Bad, bare
from households.national.values import NULL, tidy

REMEMBERED = 500  # values of a column: so few stay in a processor's cache
_MASK_OF = {"phone": "phone", "account": "account", "identity": "identity", "card": "identity"}


def reader(kind, column, today):
    """The function that reads cells of that kind."""
    if kind == "text":
        return values.text(_limit(column))
    if kind in _TABLES:
        return values.code(_TABLES[kind])
    if kind in values.LIMITS:
        return values.amount(kind)
    if kind in ("date", "birth", "year"):
        return {"date": values.dated, "birth": values.birth, "year": values.year}[kind](today)
    return _READERS[kind]


def _limit(column):
    for model in (HouseholdFacts, MemberFacts, IncomeStatement):
        for field in model._meta.get_fields():
            if field.name == column.field and getattr(field, "max_length", None):
                return field.max_length
    return 40


def _sealed(understand, mask):
    def read(cell):
        return seal_in_bulk(understand(cell), mask)

    return read


def _health(cell):
    found = values.health(cell)
    return (found["chronic_illness"], found["major_illness"], found["disabled"])


def _name(cell):
    value = " ".join(tidy(cell).split())
    if len(value) > 40:
        raise Bad("too_long", limit=40)
    return values.escape(value)


def _number(cell):
    if cell.isdigit() and cell.isascii() and len(cell) <= 24:
        return cell
    value = bare(cell)
    if identifiers.by_excel(value):
        raise Bad("number_by_excel")
    if len(value) > 24 or not value.replace("-", "").isalnum() or not value.isascii():
        raise Bad("number_wrong")
    return value


_TABLES = {
    "status": words.STATUS,
    "class": words.CLASS,
    "monitored": words.MONITORED,
    "relation": words.RELATION,
    "education": words.EDUCATION,
    "labour": words.LABOUR,
    "sex": words.SEX,
    "grade": words.GRADE,
    "material": words.MATERIAL,
    "disability_grade": words.DISABILITY_GRADE,
}
_READERS = {
    "yes_no": values.yes_no,
    "months": values.months,
    "count": values.count,
    "month_first": values.month_first,
    "month_last": values.month_last,
    "school": values.school,
    "health": _health,
    "causes": values.several(words.CAUSES),
    "risks": values.several(words.RISKS),
    "name": _name,
    "number": _number,
    "place": tidy,
    "measure": tidy,
    "identity": tidy,  # read as a whole with the rest of the person: parsing.py
    "card": tidy,
    "phone": _sealed(identifiers.phone, "phone"),
    "account": _sealed(identifiers.bank_account, "account"),
}


class Cells:
    """One column of the file: ``value(raw)`` is NULL, what is staged, or the ``Bad`` it is.

    ``quick``: (index, place, the getter of what was read before), together for ``take_all``.
    """

    __slots__ = ("index", "column", "title", "place", "read", "known", "quick")

    def __init__(self, index, column, title, place, today):
        self.index, self.column, self.title, self.place = index, column, title, place
        self.read = reader(column.kind, column, today)
        self.known = {"": NULL}
        self.quick = index, place, self.known.get

    def value(self, raw):
        found = self.known.get(raw)
        return self.fresh(raw) if found is None else found

    def fresh(self, raw):
        if len(self.known) > REMEMBERED:
            self.known.clear()
            self.known[""] = NULL
        found = self.known[raw] = self._fresh(raw)
        return found

    def _fresh(self, raw):
        text = tidy(raw)
        if not text:
            return NULL
        try:
            check_no_formula(text)
            return self.read(raw)
        except Bad as bad:
            return bad

    def shown(self, raw):
        return shown(raw, self.column)


def check_no_formula(text):
    if text[0] == "=" or (text[0] == "#" and text[-1] in "!?A0"):
        raise Bad("formula")


def shown(raw, column):
    """The value as a refusal may show it: personal numbers masked."""
    value = tidy(raw)
    if column is not None and column.personal:
        value = bare(value)
        if not identifiers.by_excel(value):
            value = MASKS[_MASK_OF[column.kind]](value) if value else ""
    return value[:80]
