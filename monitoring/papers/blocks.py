"""What a prepared paper is made of. The print page and the Word document both read this.

``BLANK`` is a line and ``BOX`` a square for what people fill in by hand.
"""

from dataclasses import dataclass, field

BLANK = "________"
BOX = "□"


class Block:
    """``part`` names the piece of the template and the method of the Word writer."""

    part = ""


@dataclass(frozen=True)
class Text(Block):
    """A paragraph. ``style``: body, plain (not indented), right."""

    part = "text"
    words: str
    style: str = "body"


@dataclass(frozen=True)
class Heading(Block):
    part = "heading"
    words: str


@dataclass(frozen=True)
class Facts(Block):
    """Labels and values, two pairs to a row; ``wide`` ones, and an odd last one, have their own."""

    part = "facts"
    pairs: list = field(default_factory=list)
    wide: list = field(default_factory=list)

    @property
    def rows(self):
        """One or two ``(label, value)`` for each row."""
        rows = [self.pairs[n : n + 2] for n in range(0, len(self.pairs), 2)]
        return [*rows, *([pair] for pair in self.wide)]


@dataclass(frozen=True)
class Table(Block):
    """``widths`` are shares; the head is repeated on every page. ``blank`` rows are for hands."""

    part = "table"
    head: list
    rows: list
    widths: list
    blank: int = 0

    @property
    def shares(self):
        """The widths in per cent of the page."""
        return [round(100 * width / sum(self.widths), 1) for width in self.widths]

    @property
    def all_rows(self):
        return [*self.rows, *([[""] * len(self.head)] * self.blank)]


@dataclass(frozen=True)
class Room(Block):
    """A labelled box to write in; ``signed`` is the line under it."""

    part = "room"
    label: str
    words: str = ""
    signed: str = ""


@dataclass(frozen=True)
class Sheet:
    """A paper: its title, a line of small print above and below, and blocks."""

    title: str
    number: str
    printed: str
    blocks: list
    about: str = ""  # whose it is, for the name of the file
    large: bool = False  # large type, for the household itself

    @property
    def file_name(self):
        return f"{self.title} {self.about or self.number}.docx"
