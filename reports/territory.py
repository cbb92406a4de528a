"""Whose ledgers of earlier days a post keeps: its division's, and of what became part of it."""

from django.db import connection
from django.utils.timezone import localdate

from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS
from accounts.roles import COUNTY, VILLAGE
from accounts.successors import HEIRS

# Villages that became part of a division when codes changed: by the smallest division of their line
# that has an heir, as the households went (households/successors.py).
FOLLOWED = f"""{HEIRS}
SELECT id FROM (
    SELECT DISTINCT ON (v.id) v.id, heirs.province_id, heirs.city_id, heirs.county_id,
        coalesce(heirs.township_id, v.township_id) AS township_id,
        coalesce(heirs.village_id, v.village_id) AS village_id
    FROM accounts_division v
    JOIN heirs ON heirs.old IN (v.village_id, v.township_id, v.county_id, v.city_id)
    WHERE v.level = {VILLAGE}
    ORDER BY v.id, heirs.level DESC
) AS went WHERE """

# Divisions of any level that became part of one: what lay in them lies in their heir.
PLACES = f"{HEIRS} SELECT old FROM heirs WHERE "

# Where codes changed, the households that went along: not one that stayed behind.
WENT_ALONG = """(v.village_id = ANY (%(followed)s) AND (
    (h.origin = 'code_change' AND h.village_id = ANY (%(home)s))
    OR EXISTS (
      SELECT FROM households_householdpast went
      WHERE went.household_id = v.household_id AND went.origin = 'code_change'
        AND went.village_id = ANY (%(home)s)
    )))"""


def may_see_ledgers(post):
    """Who sees what was: a department is told what its line of work needs today."""
    return post.sees_section("history")


def may_keep(post, place):
    """Whether ``place`` lies in the post's division, or became part of it when codes changed."""
    if not may_see_ledgers(post):
        return False
    return post.division.contains(place) or bool(Territory(post.division, place))


def _below(division):
    villages = Division.objects.below(division).filter(level=VILLAGE)
    return set(villages.values_list("id", flat=True))


def _followed(division):
    """Villages outside of it that became part of it when codes changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{FOLLOWED}{LEVEL_COLUMNS[division.level]} = %(division)s",
            {"on": localdate(), "division": division.id},
        )
        return {pk for (pk,) in cursor.fetchall()}


def _given_up(division):
    """Divisions of any level that became part of it when codes changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{PLACES}{LEVEL_COLUMNS[division.level]} = %(division)s",
            {"on": localdate(), "division": division.id},
        )
        return {pk for (pk,) in cursor.fetchall()}


def _places(home, place):
    """Those that became part of ``home``, as far as they are of ``place``."""
    gone = _given_up(home)
    if place == home:
        return gone
    below = Division.objects.below(place).values_list("id", flat=True)
    return gone & (set(below) | _given_up(place))


class Territory:
    """Where the ledgers of earlier days lie that ``home`` keeps, as far as they are of ``place``.

    ``place`` may be a division that was given up and became part of ``home``.
    """

    def __init__(self, home, place):
        self.place, self.within = place, home.contains(place)
        followed = _followed(home)
        if followed:  # hardly ever: a province's own villages are many to read for nothing
            followed -= _below(home)
        self.home = list(_below(home) | followed) if followed else []
        if place != home and followed:
            followed &= _below(place) | _followed(place)
        self.followed = list(followed)
        self.places = list(_places(home, place)) if followed else []

    def __bool__(self):
        return self.within or bool(self.followed)

    @property
    def given(self):
        own = _below(self.place) if self.within and self._narrow else ()
        return {
            "own": list(own),
            "place": self.place.id,
            "followed": self.followed,
            "home": self.home,
            "places": self.places,
        }

    @property
    def _narrow(self):
        """Villages are named where an index leads to them; a list of a province's would be long."""
        return self.place.level >= COUNTY

    @property
    def division_sql(self):
        """Of a row that has a division ``v`` itself and no village."""
        own = f"v.{LEVEL_COLUMNS[self.place.level]} = %(place)s" if self.within else "false"
        return f"({own} OR v.id = ANY (%(places)s))" if self.places else own

    @property
    def own_sql(self):
        if not self.within:
            return "false"
        if self._narrow:
            return "v.village_id = ANY (%(own)s)"
        return f"v.{LEVEL_COLUMNS[self.place.level]} = %(place)s"

    @property
    def past_sql(self):
        return f"({self.own_sql} OR {WENT_ALONG})" if self.followed else self.own_sql
