"""The charts of a bulletin as SVG, for the PDF and the screen; lengths in points."""

from dataclasses import dataclass
from unicodedata import east_asian_width

from reports.bulletin.charts import BARS

WIDTH = 640
SIZE = 12  # of letters
THICK, GAP = 12, 8
LEFT, RIGHT, TOP, BOTTOM = 8, 64, 30, 12
LINE_HEIGHT = 200


@dataclass(frozen=True)
class Bar:
    y: float
    width: float
    fill: str
    number: str
    number_x: float
    number_y: float


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    number: str
    name: str


@dataclass(frozen=True)
class Drawing:
    chart: object
    width: int
    height: float
    left: float  # where the bars begin
    names: list  # (words, y)
    bars: list
    marks: list
    legend: list  # (fill, words, x)
    thick: int = THICK
    foot: int = LINE_HEIGHT - 40  # where the names of months stand below

    @property
    def points(self):
        return " ".join(f"{mark.x},{mark.y}" for mark in self.marks)


def drawn(chart):
    return _bars(chart) if chart.kind == BARS else _line(chart)


def wide(words):
    """How long a word is, roughly: a Chinese character is as wide as it is high."""
    return sum(SIZE if east_asian_width(one) in "WF" else SIZE * 0.56 for one in words)


def _legend(chart, left):
    """None where the title says it all."""
    found, x = [], left
    for one in chart.series if len(chart.series) > 1 else ():
        found.append((one.fill, one.words, x))
        x += 18 + wide(one.words) + 24
    return found


def _bars(chart):
    left = LEFT + max(map(wide, chart.names), default=0) + 8
    scale = (WIDTH - left - RIGHT) / chart.most
    names, bars, y = [], [], TOP
    for at, name in enumerate(chart.names):
        names.append((name, round(y + THICK * len(chart.series) / 2 + SIZE * 0.36, 1)))
        for one in chart.series:
            number = one.numbers[at]
            width = round((number or 0) * scale, 1)
            bars.append(Bar(
                y, width, one.fill, one.label(number), left + width + 5,
                round(y + THICK / 2 + SIZE * 0.34, 1),
            ))  # fmt: skip
            y += THICK
        y += GAP
    return Drawing(chart, WIDTH, y + BOTTOM - GAP, left, names, bars, [], _legend(chart, left))


def _line(chart):
    (series,) = chart.series
    left, right = 40, WIDTH - 30
    step = (right - left) / max(len(chart.names) - 1, 1)
    low, high = TOP + 24, LINE_HEIGHT - 40
    marks = [
        Mark(round(left + step * at, 1), round(high - (high - low) * number / chart.most, 1),
             series.label(number), name)
        for at, (name, number) in enumerate(zip(chart.names, series.numbers, strict=True))
        if number is not None
    ]  # fmt: skip
    return Drawing(chart, WIDTH, LINE_HEIGHT, left, [], [], marks, [])
