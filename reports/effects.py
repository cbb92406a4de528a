"""What the kinds of measures achieve: flags answered, rules turned within 3, 6, 12 months.

Counts of 1 to 4 are withheld (**default**), and so are those that leave 1 to 4 over: either would
tell of single households.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.catalogue import MEASURE_TYPES
from jobs.sheets import Sheet, write_sheet
from monitoring.policy.rules import RULES

SQL = Path(__file__).parent / "sql" / "effects.sql"
FEWEST = 5


@dataclass(frozen=True)
class Count:
    """A figure as it may be told; ``of`` is the whole that it is a part of."""

    number: int
    of: int | None = None

    @property
    def few(self):
        return 0 < self.number < FEWEST

    @property
    def all_but_few(self):
        return self.of is not None and 0 < self.of - self.number < FEWEST

    def __str__(self):
        if self.few:
            return _("under %(few)d") % {"few": FEWEST}
        if self.all_but_few:
            return _("all but under %(few)d") % {"few": FEWEST}
        return str(self.number)


@dataclass(frozen=True)
class Line:
    kind: str
    flags: Count
    rules: Count
    within: tuple  # of 3, 6 and 12 months

    @property
    def type(self):
        return MEASURE_TYPES[self.kind]


def effects_in(place, *, since, until, today):
    """A ``Line`` for each kind that answered a flag set from ``since`` to ``until``, in the order
    of the catalogue."""
    rules = [
        {"bit": rule.bit, "code": rule.code, "kinds": list(rule.answered_by)} for rule in RULES
    ]
    sql = SQL.read_text().replace("{column}", place.level_column)
    given = {"rules": json.dumps(rules), "place": place.pk}
    with connection.cursor() as cursor:
        cursor.execute(sql, given | {"since": since, "until": until, "today": today})
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    return [_line(kind, *found[kind]) for kind in MEASURE_TYPES if kind in found]


def _line(kind, flags, rules, *within):
    if flags < FEWEST:  # a few households: nothing else is told of them
        few = Count(flags)
        return Line(kind, few, few, (few, few, few))
    return Line(kind, Count(flags), Count(rules), tuple(Count(n, rules) for n in within))


@dataclass(frozen=True)
class Column:
    words: str
    width: int
    value: object


COLUMNS = (
    Column(gettext_lazy("kind of measure"), 26, lambda line: line.type.words),
    Column(gettext_lazy("clause"), 24, lambda line: line.type.clause),
    Column(gettext_lazy("red flags answered"), 14, lambda line: _cell(line.flags)),
    Column(gettext_lazy("rules answered"), 14, lambda line: _cell(line.rules)),
    Column(gettext_lazy("turned in 3 months"), 14, lambda line: _cell(line.within[0])),
    Column(gettext_lazy("turned in 6 months"), 14, lambda line: _cell(line.within[1])),
    Column(gettext_lazy("turned in 12 months"), 14, lambda line: _cell(line.within[2])),
)


def _cell(count):
    return str(count) if count.few or count.all_but_few else count.number


def write_effects(file, lines, *, place, since, until):
    title = _("Effect of measures, %(place)s") % {"place": place.name}
    words = _("red flags set from %(since)s to %(until)s") % {"since": since, "until": until}
    sheet = Sheet(_("effect of measures"), title, words, COLUMNS, frozen=1)
    return write_sheet(file, sheet, count=len(lines), chunks=[lines])
