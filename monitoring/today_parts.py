"""What rooms above add to Today: a part under its lists, and columns to the table by division."""

from dataclasses import dataclass, field

MAKERS = []


@dataclass(frozen=True)
class Part:
    """``html`` stands at the end of the page; ``heads`` and ``cells`` (division id -> one HTML for
    each head) stand in the table by division. ``style`` is the static file that draws them."""

    html: str = ""
    heads: tuple = ()
    cells: dict = field(default_factory=dict)
    style: str = ""

    def cells_of(self, division):
        return self.cells.get(division.id) or [""] * len(self.heads)


def add_part(make):
    """``make``: (request, divisions of the table) -> a ``Part``, or None."""
    MAKERS.append(make)


def parts_of(request, divisions=()):
    made = (make(request, divisions) for make in MAKERS)
    return [part for part in made if part]
