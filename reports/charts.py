"""The geometry of small charts, drawn on the server as SVG; each stands beside its table."""

from dataclasses import dataclass

SPARK = (88, 24, 3)  # width, height, margin
TREND = (480, 180)
LEFT, RIGHT, TOP, BOTTOM = 44, 470, 16, 150
FLOW_HEIGHT, FLOW_GAP, FLOW_FROM, FLOW_TO = 170, 8, 110, 370


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    value: object
    month: object = None


def spark(numbers):
    """Points of a line of numbers in a box of 88 by 24; months that are not known are left out."""
    width, height, margin = SPARK
    return _points(numbers, margin, width - margin, margin, height - margin)


def trend(numbers, months):
    """The points of a line over months, and the three lines of its scale."""
    known = [number for number in numbers if number is not None]
    if not known:
        return [], []
    low, high = _nice(min(known), max(known))
    points = _points(numbers, LEFT, RIGHT, TOP, BOTTOM, low, high, months)
    scale = [
        Point(LEFT, BOTTOM - (BOTTOM - TOP) * n / 2, low + (high - low) * n / 2) for n in range(3)
    ]
    return points, scale


def _points(numbers, left, right, top, bottom, low=None, high=None, months=None):
    known = [float(number) for number in numbers if number is not None]
    if not known:
        return []
    low = min(known) if low is None else float(low)
    high = max(known) if high is None else float(high)
    span, step = (high - low) or 1, (right - left) / max(len(numbers) - 1, 1)
    flat = (top + bottom) / 2 if high == low else None
    return [
        Point(
            round(left + step * at, 1),
            round(flat if flat else bottom - (bottom - top) * (float(number) - low) / span, 1),
            number,
            months[at] if months else None,
        )
        for at, number in enumerate(numbers)
        if number is not None
    ]


def _nice(low, high):
    """A scale that the numbers lie in, from nought where that is near."""
    low, high = float(low), float(high)
    low = 0.0 if low < high / 2 or low == high else low - (high - low) / 2
    return low, high or 1.0


@dataclass(frozen=True)
class Band:
    """A band of the flow between two months, from ``y`` to ``to_y``, ``height`` thick."""

    before: str
    now: str
    number: int
    y: float
    to_y: float
    height: float

    @property
    def path(self):
        left, right, middle = FLOW_FROM, FLOW_TO, (FLOW_FROM + FLOW_TO) / 2
        a, b = self.y + self.height, self.to_y + self.height
        return (
            f"M{left} {self.y:.1f}C{middle} {self.y:.1f} {middle} {self.to_y:.1f} {right}"
            f" {self.to_y:.1f}V{b:.1f}C{middle} {b:.1f} {middle} {a:.1f} {left} {a:.1f}Z"
        )


@dataclass(frozen=True)
class Pile:
    code: str
    number: int
    y: float
    height: float

    @property
    def middle(self):
        return round(self.y + self.height / 2 + 4, 1)


def flow(counts, order):
    """``counts``: (before, now) -> households. Returns bands and the piles of both months."""
    total = sum(counts.values())
    if not total:
        return [], [], []
    scale = (FLOW_HEIGHT - FLOW_GAP * (len(order) - 1)) / total
    piles_before = _piles(order, lambda one: sum(counts.get((one, n), 0) for n in order), scale)
    piles_now = _piles(order, lambda one: sum(counts.get((b, one), 0) for b in order), scale)
    starts = {pile.code: pile.y for pile in piles_before}
    ends = {pile.code: pile.y for pile in piles_now}
    bands = []
    for before in order:
        for now in order:
            number = counts.get((before, now), 0)
            if number:
                thick = number * scale
                bands.append(Band(before, now, number, starts[before], ends[now], thick))
                starts[before] += thick
                ends[now] += thick
    return bands, piles_before, piles_now


def _piles(order, number_of, scale):
    piles, y = [], 4.0
    for code in order:
        number = number_of(code)
        piles.append(Pile(code, number, round(y, 1), round(number * scale, 1)))
        y += number * scale + FLOW_GAP
    return piles
