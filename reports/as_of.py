"""A ledger as it stood at the end of a day: what was on record then, whatever came later.

Of a household's versions the last one counts that was recorded by the end of the day and holds on
it, at the place where the household lived then; of its members, measures and events likewise. What
is recorded later, for an earlier day too, changes nothing here (decision 59).
"""

from types import SimpleNamespace

from django.db import connection

from accounts.models.divisions import LEVEL_COLUMNS
from accounts.paging import Page
from accounts.roles import COUNTY, VILLAGE
from reports.details import end_of, named, with_details
from reports.ledgers.branches import ages, branches, part_sql
from reports.ledgers.shape import HOUSEHOLD, TIER_SQL, TIERS
from reports.territory import Territory

CHUNK = 2000
BY_VILLAGE = "village_id, group_name, household_id"
# A whole city or province is in the order of its keys, which an index keeps: sorting every row of
# it for one page would take seconds.
BY_KEY = "household_id"
ALL = "all"


class Standing:
    """One ledger on one day, as far as ``post`` may see it.

    ``place``, ``tier`` of the household and ``part`` (of the ledger's parts) narrow it down.
    """

    def __init__(self, ledger, *, day, post, place=None, tier="", part=""):
        self.ledger, self.day, self.place = ledger, day, place or post.division
        self.tier = tier if tier in TIERS else ""
        self.part = None if ledger.by_tier else ledger.part(part)
        self.order = BY_VILLAGE if self.place.level >= COUNTY else BY_KEY
        self.key = "household_id"
        if ledger.of != HOUSEHOLD:
            self.order, self.key = f"{self.order}, subject_id", "subject_id"
        self.territory = Territory(post.division, self.place)
        self.given = {"day": day, "end": end_of(day)} | ages(day) | self.territory.given
        self.person = post.holder_id if post.role_row.sees == "assigned" else None

    def _versions(self, narrowed=True, only="", tail=""):
        """-> (SELECT of the rows of the day, its parameters).

        ``only`` narrows the rows, ``tail`` orders and cuts them, in each branch before they meet:
        so an index that keeps the order is left after a page.
        """
        given, conditions = dict(self.given), [only] if only else []
        if self.person is not None:
            conditions.append("v.in_charge_id = %(person)s")
            given["person"] = self.person
        if self.tier and (narrowed or not self.ledger.by_tier):
            conditions.append(f"{TIER_SQL} = %(tier)s")
            given["tier"] = self.tier
        if narrowed and self.part:
            conditions.append(f"({part_sql(self.ledger, self.part, self.day)})")
        where = " AND ".join(conditions) or "true"
        parts = (
            f"(SELECT * FROM ({branch}) v WHERE {where} {tail})"
            for branch in branches(self.ledger, self.day, self.territory)
        )
        return " UNION ALL ".join(parts), given

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
            self._told(rows),
            older=rows[-1].key if rows and (more or backwards) else None,
            newer=rows[0].key if rows and anchor and (more or not backwards) else None,
        )

    def _anchor(self, pk):
        if not pk.isdecimal() or len(pk) > 18:
            return None
        sql, given = self._versions(only=f"v.{self.key} = %(pk)s")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self.order} FROM ({sql}) v", given | {"pk": int(pk)})
            return cursor.fetchone()

    def _fetch(self, anchor, backwards, size):
        order, only = self.order, ""
        if anchor:
            beyond = ", ".join(f"%(a{n})s" for n in range(len(anchor)))
            only = f"({order}) {'<' if backwards else '>'} ({beyond})"
            # Said besides, so that the households' index is entered at the right place.
            only += f" AND {order.split(', ')[0]} {'<=' if backwards else '>='} %(a0)s"
        if backwards:
            order = ", ".join(f"{name} DESC" for name in order.split(", "))
        tail = f"ORDER BY {order} LIMIT {size}"
        sql, given = self._versions(only=only, tail=tail)
        given |= {f"a{n}": value for n, value in enumerate(anchor or ())}
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({sql}) v {tail}", given)
            return self._rows(cursor, cursor.fetchall())

    def chunks(self):
        """All rows in order, a list at a time; read once, however many they are."""
        sql, given = self._versions()
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({sql}) v ORDER BY {self.order}", given)
            while found := cursor.fetchmany(CHUNK):
                yield self._told(self._rows(cursor, found))

    def _rows(self, cursor, found):
        names = [column.name for column in cursor.description]
        rows = [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in found]
        for row in rows:
            row.pk, row.key = row.household_id, getattr(row, self.key)
        return rows

    def _told(self, rows):
        return named(with_details(rows, self.day, self.ledger))

    def count(self):
        chosen = self.part.code if self.part else ALL
        if self.ledger.by_tier:
            chosen = self.tier or ALL
        return sum(row[chosen] for row in self.totals().values())

    def totals(self):
        """{division right below (None where a village has none): {part or ``ALL``: rows}}."""
        below = self.place.level + 1
        column = LEVEL_COLUMNS[below] if below <= VILLAGE else "NULL::bigint"
        sql, given = self._versions(narrowed=False)
        codes = [ALL, *(part.code for part in self.ledger.parts)]
        wide = self.place.level < COUNTY
        sums = "".join(
            f", count(*) FILTER (WHERE {part_sql(self.ledger, part, self.day, wide)})"
            for part in self.ledger.parts
        )
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column}, count(*){sums} FROM ({sql}) v GROUP BY 1", given)
            return {
                division: dict(zip(codes, counts, strict=True))
                for division, *counts in cursor.fetchall()
            }
