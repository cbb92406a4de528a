"""The header of a department's file and what its columns seem to mean: proposed, never decided."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from accounts.protected import mask_identity
from households.national.header import SEARCHED, day_in_name, day_in_titles
from households.national.identifiers import bare
from households.national.reading import FileRefused
from households.national.values import tidy
from households.national.words import PERSONAL_NAME, plain_header

EXAMPLES = 5
LONGEST = 60


@dataclass
class Header:
    row: int  # as Excel counts, from 1
    names: list
    columns: dict = field(default_factory=dict)  # field -> name
    as_of: date | None = None
    examples: list = field(default_factory=list)

    def index(self, name):
        return self.names.index(name)

    def as_json(self):
        return {
            "row": self.row,
            "names": self.names,
            "columns": self.columns,
            "examples": self.examples,
        }


def find(rows, file_name, kind, saved):
    """The header among the first ``rows``. ``saved`` is the mapping of the department's last file.

    Raises ``FileRefused``.
    """
    if not any(cell.strip() for row in rows for cell in row):
        raise FileRefused(_("The file is empty. Export it again and load that file."))
    place = max(
        range(min(len(rows), SEARCHED)), key=lambda n: (_likeness(rows[n], kind, saved), -n)
    )
    names = named(rows[place])
    if len(names) < 2:
        raise FileRefused(_("No header was found in the first rows. It must name the columns."))
    titles = [cell for row in rows[:place] for cell in row if cell]
    header = Header(place + 1, names, propose(names, kind, saved))
    header.as_of = day_in_titles(titles) or day_in_name(file_name)
    header.examples = _examples(rows[place + 1 :], header)
    return header


def _likeness(row, kind, saved):
    """How many names we know, then how many cells are filled."""
    known = {plain_header(name) for column in kind.all_columns for name in column.names}
    known |= {plain_header(name) for name in saved.values()}
    filled = [cell for cell in row if cell.strip()]
    words = [cell for cell in filled if not any(letter.isdigit() for letter in cell)]
    return sum(plain_header(cell) in known for cell in filled), len(words)


def named(row):
    """Every column under a name of its own: 金额, 金额 (2)."""
    cells = [" ".join(cell.split())[:LONGEST] for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    names = []
    for cell in cells:
        name, number = cell, 1
        while name in names:
            number += 1
            name = f"{cell} ({number})"
        names.append(name)
    return names


def propose(names, kind, saved):
    """Field -> name of a column: as saved where the file still has it, else by known names.

    The names of a column are tried in their order, so 残疾证号 is an ID only where no other is.
    """
    found, taken = {}, set()
    plain = {plain_header(name): name for name in reversed(names) if name}
    for column in kind.all_columns:
        choices = [saved.get(column.field, ""), *(plain.get(plain_header(n)) for n in column.names)]
        name = next((n for n in choices if n and n in names and n not in taken), None)
        if name:
            found[column.field] = name
            taken.add(name)
    return found


def _examples(rows, header):
    """The first rows as the page may show them."""
    width = len(header.names)
    filled = [row for row in rows if any(cell.strip() for cell in row)][:EXAMPLES]
    personal = [bool(PERSONAL_NAME.search(name)) for name in header.names]
    chosen = header.columns.get("resident_id")
    if chosen:
        personal[header.index(chosen)] = True
    return [
        [
            _shown(cell, own)
            for cell, own in zip([*row, *[""] * width][:width], personal, strict=True)
        ]
        for row in filled
    ]


def _shown(cell, personal):
    """Whatever looks like a number of a person or an account is masked, wherever it stands."""
    value = tidy(cell)
    plain = bare(value)
    long = len(plain) >= 11 and sum(letter.isdigit() for letter in plain) >= 10
    return (mask_identity(plain) if personal or long else value)[:40] if value else ""
