"""Anhui's sixteen cities as tiles, where they lie roughly; the table beside says the same."""

from dataclasses import dataclass

PROVINCE = "340000000000"
# Official code of the city -> row and column.
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
    place: object
    value: object
    row: int
    column: int
    shade: int  # 1 to 4, more is darker; 0 where nothing is known


def tiles_of(province, rows, code):
    """Tiles of ``rows`` (division, values) for the figure ``code``; none for another province."""
    if province.code != PROVINCE:
        return []
    known = {
        place.code[:4]: (place, values[code]) for place, values in rows if place.code[:4] in PLACES
    }
    most = max((float(v.number) for _p, v in known.values() if v.number is not None), default=0)
    return [
        Tile(place, value, *PLACES[short], _shade(value.number, most))
        for short, (place, value) in known.items()
    ]


def _shade(number, most):
    if number is None:
        return 0
    return min(SHADES, int(SHADES * float(number) / most) + 1) if most else 1
