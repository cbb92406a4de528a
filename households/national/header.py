"""Finding the header among the first rows, what each column means, and the day of the export."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from households.national.reading import FileRefused
from households.national.words import (
    BY_FIELD,
    BY_HEADER,
    HOUSEHOLD,
    MEMBER,
    NEEDED,
    REASON_COLUMN,
    is_household_header,
    plain_header,
)

SEARCHED = 15
FEWEST = 4
_DAY = r"(20\d{2})[-/.年]?\s*(\d{1,2})[-/.月]?\s*(\d{1,2})"
_EXPORTED = re.compile(rf"(?:导出|生成|截至|数据)(?:时间|日期)?[::\s]*{_DAY}")
_IN_NAME = re.compile(r"(?<!\d)(20\d{2})[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")


@dataclass
class Header:
    row: int  # as Excel counts, from 1
    names: list  # as the file writes them
    columns: dict = field(default_factory=dict)  # (level, field) -> [index]
    further: list = field(default_factory=list)  # (index, name, level)
    exported_on: date | None = None

    def index(self, level, name):
        found = self.columns.get((level, name))
        return found[0] if found else None

    def name_of(self, index):
        return self.names[index]

    def missing(self, scope_level):
        """What has to be there and is not: titles of columns. ``scope_level`` as Division.level."""
        have = {name for _level, name in self.columns}
        missing = [name for name in NEEDED if name not in have]
        if "code" not in have:
            places = ["village"]
            places += ["township"] if scope_level < 4 else []
            places += ["county"] if scope_level < 3 else []
            missing += [name for name in reversed(places) if name not in have]
        titles = {name: column.title for (_level, name), column in BY_FIELD.items()}
        return [titles[name] for name in missing]

    def as_json(self):
        """For the page: what was found, what is kept as it is."""
        known = {i for indexes in self.columns.values() for i in indexes}
        return {
            "found": [self.names[i] for i in sorted(known)],
            "further": [name for _i, name, _level in self.further],
            "row": self.row,
        }


def find(rows, file_name):
    """The header among ``rows`` (the first of the file). Raises ``FileRefused``."""
    best, hits = None, 0
    for place, row in enumerate(rows[:SEARCHED]):
        known = sum(1 for cell in row if plain_header(cell) in BY_HEADER)
        if known > hits:
            best, hits = place, known
    if not any(cell.strip() for row in rows for cell in row):
        raise FileRefused(_("The file is empty. Export it again and load that file."))
    if best is None or hits < FEWEST:
        raise FileRefused(
            _("No header was found in the first rows. It must name the columns, as 户编号, 姓名.")
        )
    header = Header(best + 1, [cell.strip() for cell in rows[best]])
    _place_columns(header)
    titles = [cell for row in rows[:best] for cell in row if cell]
    header.exported_on = day_in_titles(titles) or day_in_name(file_name)
    return header


def _place_columns(header):
    while header.names and not header.names[-1]:
        header.names.pop()
    for index, name in enumerate(header.names):
        column = BY_HEADER.get(plain_header(name))
        if column:
            header.columns.setdefault((column.level, column.field), []).append(index)
        elif name and plain_header(name) != REASON_COLUMN:
            level = HOUSEHOLD if is_household_header(name) else MEMBER
            header.further.append((index, name[:60], level))
    for key, indexes in header.columns.items():
        if len(indexes) > 1 and not BY_FIELD[key].many:
            both = " / ".join(header.names[i] for i in indexes)
            raise FileRefused(
                _("Two columns mean the same: %(both)s. Leave one of them.") % {"both": both}
            )
    counts = Counter(name for _i, name, _level in header.further)
    twice = [name for name, times in counts.items() if times > 1]
    if twice:
        raise FileRefused(
            _("Two columns mean the same: %(both)s. Leave one of them.") % {"both": twice[0]}
        )


def day_in_titles(cells):
    for cell in cells:
        if found := _EXPORTED.search(unicodedata.normalize("NFKC", cell)):
            return _day(found)
    return None


def day_in_name(name):
    found = _IN_NAME.search(name)
    return _day(found) if found else None


def _day(found):
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
