"""Households follow their division when its code is given up: a new version, the old one kept."""

from django.db import connection, transaction

from accounts.successors import HEIRS
from households.models import Household
from households.models.choices import Origin
from households.models.versions import PROVENANCE, facts_of

LEVELS = ("province", "city", "county", "township", "village")
BECAUSE = "行政区划代码变更"

# A household follows the smallest of its divisions that has an heir: a village takes its new line
# along; where only a county's code changed, township and village stay.
MOVES = f"""
CREATE TEMPORARY TABLE moves ON COMMIT DROP AS
{HEIRS}
SELECT DISTINCT ON (h.id) h.id, h.number,
    coalesce(heirs.province_id, h.province_id) AS province_id,
    coalesce(heirs.city_id, h.city_id) AS city_id,
    coalesce(heirs.county_id, h.county_id) AS county_id,
    coalesce(heirs.township_id, h.township_id) AS township_id,
    coalesce(heirs.village_id, h.village_id) AS village_id,
    greatest(heirs.moved_on, h.since) AS moved_on
FROM households_household h
JOIN heirs ON heirs.old IN (h.village_id, h.township_id, h.county_id, h.city_id)
ORDER BY h.id, heirs.level DESC;

CREATE TEMPORARY TABLE clashes ON COMMIT DROP AS
SELECT id, number FROM (
    SELECT m.id, m.number, count(*) OVER (PARTITION BY m.number, m.county_id) > 1
        OR EXISTS (
            SELECT FROM households_household h
            WHERE h.number = m.number AND h.county_id = m.county_id AND h.id <> m.id
              AND NOT EXISTS (SELECT FROM moves WHERE moves.id = h.id)
        ) AS taken
    FROM moves m
) AS told WHERE taken;

DELETE FROM moves USING clashes WHERE moves.id = clashes.id;"""


@transaction.atomic
def follow_successors(*, on, by, at):
    """Moves households out of divisions given up by ``on``. May be repeated.

    Returns how many moved, and the numbers of those that cannot: their number is taken in the new
    county. ``by`` is the officer who asked, or None.
    """
    with connection.cursor() as cursor:
        cursor.execute(MOVES, {"on": on})
        moved = 0
        while True:  # once for each level at which codes changed
            step = _move(cursor, by, at)
            moved += step
            cursor.execute("SELECT number FROM clashes ORDER BY number")
            stuck = [number for (number,) in cursor.fetchall()]
            cursor.execute("DROP TABLE moves, clashes")
            if not step:
                return moved, stuck
            cursor.execute(MOVES, {"on": on})


def _move(cursor, by, at):
    kept = [field.column for field in facts_of(Household)]
    kept += [Household._meta.get_field(name).column for name in PROVENANCE]
    cursor.execute(
        f"INSERT INTO households_householdpast (household_id, until, {', '.join(kept)}) "
        f"SELECT h.id, moves.moved_on, {', '.join(f'h.{column}' for column in kept)} "
        "FROM households_household h JOIN moves USING (id)"
    )
    levels = ", ".join(f"{level}_id = moves.{level}_id" for level in LEVELS)
    cursor.execute(
        f"UPDATE households_household h SET {levels}, since = moves.moved_on, origin = %s, "
        "because = %s, recorded_at = %s, recorded_by_id = %s, origin_id = NULL, "
        "version = version + 1 FROM moves WHERE h.id = moves.id",
        [Origin.CODE_CHANGE, BECAUSE, at, by.pk if by else None],
    )
    return cursor.rowcount
