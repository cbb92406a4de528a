"""A ledger as it stood at the end of a day: what was on record then, whatever came later.

Of a household's versions the last one counts that was recorded by the end of the day and holds on
it, at the place where the household lived then. What is recorded later, for an earlier day too,
is a later version and changes nothing here (decision 59).
"""

from datetime import datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace

from django.db import connection
from django.utils.timezone import get_current_timezone, localdate

from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS
from accounts.paging import Page
from accounts.roles import COUNTY, VILLAGE
from accounts.successors import HEIRS
from reports.ledgers import TIER_SQL, TIERS

SQL = Path(__file__).with_name("sql")
CHUNK = 2000
BY_VILLAGE = "village_id, group_name, household_id"
# A whole city or province is in the order of its keys, which an index keeps: sorting every row of
# it for one page would take seconds.
BY_KEY = "household_id"
READS = (
    *("province_id", "city_id", "county_id", "township_id", "village_id", "group_name"),
    *("head_name", "status", "exited_class", "tier", "listed_on", "responsible_name"),
    *("contact_name", "in_charge_id"),
)
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


def end_of(day):
    """The first moment after the day."""
    return datetime.combine(day + timedelta(days=1), time(), get_current_timezone())


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


class Territory:
    """Where the ledgers of earlier days lie that ``home`` keeps, as far as they are of ``place``.

    ``place`` may be a division that was given up and became part of ``home``.
    """

    def __init__(self, home, place):
        self.place, self.within = place, home.contains(place)
        followed = _followed(home) - _below(home)
        self.home = list(_below(home) | followed) if followed else []
        if place != home and followed:
            followed &= _below(place) | _followed(place)
        self.followed = list(followed)

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
        }

    @property
    def _narrow(self):
        """Villages are named where an index leads to them; a list of a province's would be long."""
        return self.place.level >= COUNTY

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


class Standing:
    """One ledger on one day, as far as ``post`` may see it; ``place`` narrows it down."""

    def __init__(self, ledger, *, day, post, place=None, tier=""):
        self.ledger, self.day, self.place = ledger, day, place or post.division
        self.tier = tier if tier in TIERS else ""
        self.order = BY_VILLAGE if self.place.level >= COUNTY else BY_KEY
        self.territory = Territory(post.division, self.place)
        self.given = {"day": day, "end": end_of(day)} | self.territory.given
        self.person = post.holder_id if post.role_row.sees == "assigned" else None

    def _versions(self, tier=True, only="", tail=""):
        """-> (SELECT of the versions of the day, its parameters).

        ``only`` narrows the rows, ``tail`` orders and cuts them, in each half before they meet: so
        an index that keeps the order is left after a page.
        """
        given, conditions = dict(self.given), [only] if only else []
        if self.person is not None:
            conditions.append("v.in_charge_id = %(person)s")
            given["person"] = self.person
        if tier and self.tier:
            conditions.append(f"{TIER_SQL} = %(tier)s")
            given["tier"] = self.tier
        where = " AND ".join(conditions) or "true"
        # Nothing can be on record that is newer than today.
        halves = ("now", "past") if self.day < localdate() else ("now",)
        parts = (f"(SELECT * FROM ({self._half(half)}) v WHERE {where} {tail})" for half in halves)
        return " UNION ALL ".join(parts), given

    def _half(self, name):
        reads = ", ".join(f"v.{column}" for column in READS)
        text = (SQL / f"as_of_{name}.sql").read_text()
        own, past = self.territory.own_sql, self.territory.past_sql
        return text.format(reads=reads, rows=self.ledger.rows, own=own, past=past)

    def page(self, params, size=50):
        """The page that ``?after=`` or ``?before=`` asks for, as ``accounts.paging.page_of``."""
        before = params.get("before", "")
        anchor = self._anchor(before or params.get("after", ""))
        backwards = bool(before and anchor)
        rows = self._fetch(anchor, backwards, size + 1)
        more, rows = len(rows) > size, rows[:size]
        if backwards:
            rows.reverse()
        return Page(
            named(with_details(rows, self.day)),
            older=rows[-1].pk if rows and (more or backwards) else None,
            newer=rows[0].pk if rows and anchor and (more or not backwards) else None,
        )

    def _anchor(self, pk):
        if not pk.isdecimal() or len(pk) > 18:
            return None
        sql, given = self._versions(only="v.household_id = %(pk)s")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self.order} FROM ({sql}) v", given | {"pk": int(pk)})
            return cursor.fetchone()

    def _fetch(self, anchor, backwards, size):
        order, only = self.order, ""
        if anchor:
            beyond = ", ".join(f"%(a{n})s" for n in range(len(anchor)))
            only = f"({order}) {'<' if backwards else '>'} ({beyond})"
        if backwards:
            order = ", ".join(f"{name} DESC" for name in order.split(", "))
        tail = f"ORDER BY {order} LIMIT {size}"
        sql, given = self._versions(only=only, tail=tail)
        given |= {f"a{n}": value for n, value in enumerate(anchor or ())}
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({sql}) v {tail}", given)
            return _rows(cursor, cursor.fetchall())

    def chunks(self):
        """All rows in order, a list at a time; read once, however many they are."""
        sql, given = self._versions()
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({sql}) v ORDER BY {self.order}", given)
            while found := cursor.fetchmany(CHUNK):
                yield named(with_details(_rows(cursor, found), self.day))

    def count(self):
        found = self.totals().values()
        return sum(sum(row.values()) if not self.tier else row[self.tier] for row in found)

    def totals(self):
        """{division right below (None where a village has none): {tier: households}}."""
        below = self.place.level + 1
        column = LEVEL_COLUMNS[below] if below <= VILLAGE else "NULL::bigint"
        sql, given = self._versions(tier=False)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {column}, {TIER_SQL}, count(*) FROM ({sql}) v GROUP BY 1, 2", given
            )
            found = {}
            for division, tier, number in cursor.fetchall():
                found.setdefault(division, dict.fromkeys(TIERS, 0))[tier] = number
        return found


def _rows(cursor, found):
    names = [column.name for column in cursor.description]
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in found]


def with_details(rows, day):
    """Gives each row members, head's masked ID, income and last visit of the day."""
    ids = [row.household_id for row in rows]
    told = {name: _told(name, ids, day) for name in ("people", "money", "visited")}
    for row in rows:
        row.pk = row.household_id
        row.persons, row.masked_id = told["people"].get(row.pk, (0, None))
        net, row.income_to = told["money"].get(row.pk, (None, None))
        row.per_capita = None if net is None or not row.persons else _cut(net / row.persons)
        (row.visited_on,) = told["visited"].get(row.pk, (None,))
    return rows


def _cut(yuan):
    """Cut to the fen, as the rules do: 4,999.996 is under 5,000."""
    return yuan.quantize(yuan.__class__("0.01"), rounding="ROUND_DOWN")


def _told(name, ids, day):
    with connection.cursor() as cursor:
        sql = (SQL / f"as_of_{name}.sql").read_text()
        cursor.execute(sql, {"ids": ids, "day": day, "end": end_of(day)})
        return {row[0]: row[1:] for row in cursor.fetchall()}


def named(rows):
    """Gives each row the names of its divisions, of those given up since too."""
    levels = ("city_id", "county_id", "township_id", "village_id")
    ids = {getattr(row, level) for row in rows for level in levels}
    names = dict(Division.objects.filter(id__in=ids).values_list("id", "name"))
    for row in rows:
        row.names = names
    return rows
