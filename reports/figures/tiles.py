"""The cities of a province drawn: as a map, or as tiles where there is no map. The table beside it
says the same."""

from dataclasses import dataclass
from math import ceil

from accounts.models.divisions import Level
from reports.figures.figure import NUMBER
from reports.figures.maps import map_of

PROVINCE = "340000000000"
# Anhui's cities, roughly as they lie: first digits of the code -> row and column.
PLACES = {
    "3416": (1, 1), "3406": (1, 2), "3413": (1, 3),
    "3412": (2, 1), "3404": (2, 2), "3403": (2, 3), "3411": (2, 4),
    "3415": (3, 1), "3401": (3, 2), "3405": (3, 4),
    "3408": (4, 1), "3407": (4, 2), "3402": (4, 3), "3418": (4, 4),
    "3417": (5, 2), "3410": (5, 3),
}  # fmt: skip
SHADES = 4


@dataclass(frozen=True)
class Tile:
    """``shade``: 1 to 4, more is darker; 0 where nothing is known. On a map it has a ``shape``, on
    tiles a row and a column."""

    place: object
    value: object
    shade: int
    shape: object = None
    row: int = 0
    column: int = 0

    @property
    def name(self):
        return self.place.name.removesuffix("市")


@dataclass(frozen=True)
class Drawn:
    tiles: list
    map: object  # None: tiles
    others: list  # outlines without a figure
    legend: list  # (shade, from, to)

    @property
    def unknown(self):
        return bool(self.others) or any(tile.shade == 0 for tile in self.tiles)


def drawn_of(province, rows, figure):
    """``rows``: (division, values). Nothing for a place that is no province."""
    if province.level != Level.PROVINCE:
        return None
    known = [(place, values[figure.code]) for place, values in rows]
    most = max((float(v.number) for _p, v in known if v.number is not None), default=0)
    found = map_of(province.code)
    if found:
        tiles = [
            Tile(place, value, _shade(value.number, most), found.shapes[place.code[:6]])
            for place, value in known
            if place.code[:6] in found.shapes
        ]
        names = {tile.place.code[:6] for tile in tiles}
        others = [shape for code, shape in found.shapes.items() if code not in names]
        return Drawn(tiles, found, others, _legend(most, figure.unit)) if tiles else None
    tiles = [
        Tile(place, value, _shade(value.number, most), None, *PLACES[place.code[:4]])
        for place, value in known
        if place.code[:4] in PLACES
    ]
    return Drawn(tiles, None, [], _legend(most, figure.unit)) if tiles else None


def _shade(number, most):
    if number is None:
        return 0
    return min(SHADES, int(SHADES * float(number) / most) + 1) if most else 1


def _legend(most, unit):
    """[(shade, lowest, highest)]; of whole numbers those that have the shade, if any."""
    if not most:
        return []
    bounds = [most * n / SHADES for n in range(SHADES + 1)]
    if unit != NUMBER:
        return [(n + 1, bounds[n], bounds[n + 1]) for n in range(SHADES)]
    lows = [ceil(bound) for bound in bounds]
    highs = [*(low - 1 for low in lows[1:-1]), int(most)]
    pairs = enumerate(zip(lows[:-1], highs, strict=True), start=1)
    return [(n, low, high) for n, (low, high) in pairs if low <= high]
