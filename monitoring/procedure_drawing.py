"""A chain drawn from the table: lanes by level as SVG for the page, mermaid for the docs."""

from dataclasses import dataclass
from unicodedata import east_asian_width

from accounts.roles import COUNTY
from monitoring.procedure_words import days_words, level_words

LANE, COLUMN, BOX, HIGH, LEFT, TOP = 88, 184, 160, 70, 76, 8
LINE = 22  # narrow characters in a line of a box


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    number: int
    lines: tuple
    days: str
    mine: bool

    @property
    def baselines(self):
        """(y, words) of each line, the limit last; centred in the box."""
        rows = [*self.lines, self.days]
        first = self.y + HIGH / 2 - (len(rows) - 1) * 7.5 + 4
        return [(first + n * 15, words) for n, words in enumerate(rows)]

    @property
    def middle(self):
        return self.x + BOX / 2


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    lanes: list
    boxes: list
    arrows: list
    box_width: int = BOX
    box_height: int = HIGH


def drawn(variant, role=""):
    """Lanes from the widest level down, boxes from left to right; ``role``: whose are marked."""
    lanes = sorted({_lane(step) for step in variant.steps})
    tops = {lane: TOP + n * LANE for n, lane in enumerate(lanes)}
    names = {_lane(step): level_words(step) for step in variant.steps}
    boxes = [
        Box(
            x=LEFT + n * COLUMN,
            y=tops[_lane(step)] + (LANE - HIGH) // 2,
            number=n + 1,
            lines=tuple(wrapped(str(step.words))),
            days=days_words(step.days),
            mine=step.role == role,
        )
        for n, step in enumerate(variant.steps)
    ]
    return Drawing(
        width=LEFT + len(boxes) * COLUMN,
        height=TOP * 2 + len(lanes) * LANE,
        lanes=[(tops[lane], tops[lane] + LANE // 2 + 5, names[lane]) for lane in lanes],
        boxes=boxes,
        arrows=[_arrow(one, other) for one, other in zip(boxes, boxes[1:], strict=False)],
    )


def _lane(step):
    """Departments stand between the county, which asks them, and the township."""
    return COUNTY + 0.5 if step.by_departments else step.level


def _arrow(one, other):
    start, end = one.x + BOX, other.x
    bend = (start + end) // 2
    return f"M{start} {one.y + HIGH // 2}H{bend}V{other.y + HIGH // 2}H{end - 2}"


def wrapped(words):
    """Words in lines that fit a box; a Chinese character is as wide as two Latin ones."""
    lines, line = [], ""
    for piece in words.split(" ") if words.isascii() else words:
        joint = " " if words.isascii() and line else ""
        if line and _wide(line + joint + piece) > LINE:
            lines.append(line)
            line, joint = "", ""
        line += joint + piece
    return [*lines, line]


def _wide(words):
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def mermaid(variant):
    """The chain as a flow chart that documents draw."""
    nodes = [
        f'    s{n}["{level_words(step)}: {step.words}<br>{days_words(step.days)}"]'
        for n, step in enumerate(variant.steps, 1)
    ]
    nodes.append(f"    {' --> '.join(f's{n}' for n in range(1, len(variant.steps) + 1))}")
    return "```mermaid\nflowchart LR\n" + "\n".join(nodes) + "\n```\n"
