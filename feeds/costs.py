"""Medical costs that a department paid and knows: the least that a household has spent (LA 2.1.1).

What the insurance booked inside the twelve months of a household's latest income statement was
spent, whatever the statement says; drugs from a shop it does not know. So a statement that says
less, or nothing, is stated anew with that sum, and one that says more stays. Where a file's period
reaches beyond those months, only what it dates inside them counts.
"""

from django.utils import timezone

from feeds.kinds import KINDS
from feeds.matching import statement
from feeds.models import FeedUpload

OF_SAID = "SELECT DISTINCT household_id FROM said WHERE name_matches"
OF_DIVISION = """
SELECT DISTINCT m.household_id FROM feeds_feedrow f
JOIN households_member m ON m.id = f.member_id AND m.left_on IS NULL
JOIN households_household h ON h.id = m.household_id
WHERE f.kind = %(kind)s AND f.name_matches AND h.{division} = %(division_id)s"""
# Of a period that lies inside the window all; of another one its dated months that do.
INSIDE = """CASE
  WHEN f.begins >= latest.window_from AND f."on" <= latest.window_to
  THEN (f.values->>'amount')::numeric
  ELSE (SELECT sum(value::numeric) FROM jsonb_each_text(f.values->'months')
    WHERE key BETWEEN months.first AND months.last) END"""
# Periods that overlap: the newer row holds, if it says anything of the window.
NEWEST = """
WHERE NOT EXISTS (
  SELECT FROM feeds_feedrow g
  WHERE g.member_id = f.member_id AND g.kind = f.kind AND g.name_matches
    AND (g."on", g.id) > (f."on", f.id) AND g.begins <= f."on"
    AND (g.values ? 'months'
      OR (g.begins >= latest.window_from AND g."on" <= latest.window_to)))"""


def settle_costs(cursor, division, *, by, at):
    """States anew what is too low in ``division``. Returns how many households."""
    paying = OF_DIVISION.format(division=division.level_column)
    return _settle(cursor, paying, NEWEST, {"division_id": division.id}, by, at)


def settle_costs_of_said(cursor, upload, *, by, at):
    """The same for the households that ``upload`` has just told of."""
    others = FeedUpload.objects.loaded().filter(kind=upload.kind).exclude(pk=upload.pk)
    return _settle(cursor, OF_SAID, NEWEST if others.exists() else "", {}, by, at)


def _settle(cursor, paying, newest, given, by, at):
    given |= {
        "kind": KINDS["medical_payment"].number,
        "today": timezone.localdate(at),
        "by": by.pk if by else None,
        "at": at,
    }
    cursor.execute(statement("costs", paying=paying, newest=newest, inside=INSIDE), given)
    cursor.execute("SELECT count(*) FROM too_low")
    found = cursor.fetchone()[0]
    cursor.execute("DROP TABLE too_low")
    return found
