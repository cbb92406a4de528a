"""Which village a row means: by 12-digit code or by names with and without their endings.

A village's name is unique only within its township. Two candidates are a refusal, not a guess.
A division that was given up stands for its successor.
"""

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from accounts.models import Division
from households.national.identifiers import Bad
from households.national.values import folded
from households.uncollected import uncollected

_ENDINGS = {
    2: re.compile(r"(市|地区|自治州|州|盟)$"),
    3: re.compile(r"(自治县|县|市|区|旗)$"),
    4: re.compile(r"(街道办事处|街道|办事处|民族乡|(?:满族|回族|畲族)乡|镇|乡)$"),
    5: re.compile(r"(社区|村|居)$"),
}
_COMMITTEE = re.compile(r"(村民委员会|居民委员会|社区居委会|村委会|居委会|委员会)$")


class Place(NamedTuple):
    """Ids of the five levels of one village."""

    province: int
    city: int
    county: int
    township: int
    village: int


class NoPlace(Bad):
    """A village that cannot be told. ``county`` is its county's id where that much is clear;
    ``field`` names the cell at fault."""

    def __init__(self, reason, field, county=None, **details):
        super().__init__(reason, **details)
        self.field, self.county = field, county


def _whole(name, _level):
    return name


def kept_kind(name, level):
    """齐山村委会 -> 齐山村; 新河社区居委会 -> 新河社区; other levels unchanged."""
    if level != 5:
        return name
    if name.endswith("社区居委会"):
        return name[:-3]
    found = _COMMITTEE.search(name)
    if not found or found.start() == 0:
        return name
    base = name[: found.start()]
    if re.search(r"(村|社区)$", base):
        return base
    return base + ("村" if found.group().startswith("村") else "社区")


def bare_name(name, level):
    """齐山村委会 -> 齐山; 汤家汇镇 -> 汤家汇."""
    return _without_ending(kept_kind(name, level), level)


def _without_ending(name, level):
    found = _ENDINGS[level].search(name)
    return name[: found.start()] if found and found.start() else name


_folded = lru_cache(maxsize=50_000)(folded)


class Gazetteer:
    """The divisions of some provinces, looked up by name within their parent."""

    def __init__(self, provinces):
        with uncollected():
            self._read(provinces)

    def _read(self, provinces):
        rows = Division.objects.filter(province__in=provinces).values_list(
            "id", "code", "name", "level", "parent_id", "valid_to", "successor_id",
            "province_id", "city_id", "county_id", "township_id",
        )  # fmt: skip
        self.rows = {row[0]: row for row in rows.iterator()}
        self.by_code = {row[1]: row[0] for row in self.rows.values()}
        self.names = {level: defaultdict(list) for level in (2, 3, 4, 5)}
        self.villages = defaultdict(list)  # (township, name) -> what stands there now
        for pk, _code, name, level, *_rest in self.rows.values():
            if level > 1:
                name = folded(name)  # as the cells are: 庐阳工业区（林店街道）
                kept = kept_kind(name, level)
                for form in {name, kept, _without_ending(kept, level)}:
                    self.names[level][form].append(pk)
                    if level == 5:
                        now = self.current(pk)
                        self.villages[self.rows[now][10], form].append(now)
        self.known, self.known_above = {}, {}

    def name(self, pk):
        return self.rows[pk][2]

    def current(self, pk):
        """The division itself, or what it became."""
        if not self.rows[pk][6]:
            return pk
        seen = set()
        while pk in self.rows and self.rows[pk][6] and pk not in seen:
            seen.add(pk)
            pk = self.rows[pk][6]
        return pk

    def place(self, city, county, township, village, code, scope=None):
        """The ``Place`` of these cells. Raises ``NoPlace``. ``scope`` is (level, id) or None."""
        key = (city, county, township, village, code)
        found = self.known.get(key)
        if found is None:
            try:
                found = self._find(*map(_folded, key), scope)
            except NoPlace as problem:
                found = problem
            self.known[key] = found
        if isinstance(found, NoPlace):
            raise found
        return found

    def _find(self, city, county, township, village, code, scope):
        if code:
            village_id = self._by_code(code)
            if village_id:
                return self._check(village_id, county, township, village, scope)
        if not village:
            raise NoPlace("village_missing", "village", self._county_only(county, scope))
        above = self._above(city, county, township)
        candidates = self._named(5, village, above)
        if scope and len(candidates) > 1:
            candidates = [pk for pk in candidates if self._within(pk, scope)] or candidates
        if not candidates:
            raise self._not_found("village", village, above)
        if len(candidates) > 1:
            names = [self._called(pk) for pk in candidates[:4]]
            raise NoPlace(
                "place_two", "village", self._one_county(candidates), words=village,
                candidates=names,
            )  # fmt: skip
        return self._in_scope(candidates[0], scope)

    def _above(self, *names):
        """Ids of the lowest division named, or None when none is. Raises ``NoPlace``."""
        if names in self.known_above:
            return self.known_above[names]
        above = None
        for field, level, words in zip(
            ("city", "county", "township"), (2, 3, 4), names, strict=True
        ):
            if words:
                found = self._named(level, words, above)
                if not found:
                    raise self._not_found(field, words, above)
                above = found
        self.known_above[names] = above
        return above

    def _by_code(self, code):
        pk = self.by_code.get(code)
        if pk is None or (self.rows[pk][3] not in (3, 4, 5)):
            raise NoPlace("code_unknown", "code")
        return self.current(pk) if self.rows[pk][3] == 5 else None

    def _check(self, pk, county, township, village, scope):
        """A code and names that contradict it are two candidates."""
        line = self._line(pk)
        for words, level, own in (
            (village, 5, pk), (township, 4, line.township), (county, 3, line.county),
        ):  # fmt: skip
            if words and own not in self._named(level, words, None):
                raise NoPlace("code_against_names", "code", place=self._called(pk))
        return self._in_scope(pk, scope)

    def _named(self, level, words, above):
        """Ids of that name within ``above``: by the whole name, then by its kind, then bare."""
        for shortened in (_whole, kept_kind, bare_name):
            form = shortened(words, level)
            found = self._called_so(level, form, above)
            if len(found) > 1:
                called = {pk: _folded(self.name(pk)) for pk in found}
                exact = {pk for pk in found if form in (called[pk], kept_kind(called[pk], level))}
                found = exact or found
            if found:
                return sorted(found)
        return []

    def _called_so(self, level, form, above):
        if level == 5 and above and len(above) == 1 and self.rows[above[0]][3] == 4:
            return set(self.villages.get((above[0], form), ()))
        found = {self.current(pk) for pk in self.names[level].get(form, ())}
        return found if above is None else {pk for pk in found if self._below(pk, above)}

    def _below(self, pk, above):
        own = self.rows.get(pk)
        return own is not None and not set(above).isdisjoint(own[7:])

    def _within(self, pk, scope):
        return scope[1] in (*self.rows[pk][7:], pk)

    def _line(self, pk):
        return Place(*self.rows[pk][7:11], pk)

    def _in_scope(self, pk, scope):
        if scope and not self._within(pk, scope):
            raise NoPlace("not_your_division", "village", place=self._called(pk))
        return self._line(pk)

    def _called(self, pk):
        _province, _city, county, township, village = self._line(pk)
        return "".join(self.name(part) for part in (county, township, village) if part)

    def _one_county(self, candidates):
        counties = {self.rows[pk][9] for pk in candidates}
        return counties.pop() if len(counties) == 1 else None

    def _county_only(self, words, scope):
        found = self._named(3, words, None) if words else []
        if len(found) == 1:
            return found[0]
        return self.rows[scope[1]][9] if scope and scope[0] >= 3 else None

    def _not_found(self, field, words, above):
        county = self._one_county(above) if above else None
        within = self.name(above[0]) if above and len(above) == 1 else ""
        level = {"city": 2, "county": 3, "township": 4, "village": 5}[field]
        like = self._like(level, words, above)
        if like and within:
            return NoPlace("place_like", field, county, within=within, like=like)
        return NoPlace("place_unknown", field, county, words=words, within=within or "—")

    def _like(self, level, words, above):
        """The only division there whose name contains these words or is contained in them."""
        if level != 5 or not above or len(above) != 1:
            return ""
        bare = bare_name(words, level)
        near = {
            self.name(pk)
            for pk, row in self.rows.items()
            if row[3] == level
            and row[10] == above[0]
            and _near(bare, bare_name(_folded(row[2]), level))
        }
        return near.pop() if len(near) == 1 else ""


def _near(one, other):
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
