"""Looking back: who of those flagged in a month really fell, and who fell unflagged (domain.md 6).

A household *fell* within the months after when its income came to lie under the line, or an
assurance was lost, and neither was so in the month itself. Counted by one statement over the
assessments of the months; the policy learns from it, nobody is judged by it.
"""

from collections import Counter

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from monitoring.models import Run
from monitoring.policy.rules import BY_CODE, RULES, Dimension
from reports.models import LookBack

MONTHS = 6
ASSURED = sum(rule.bit for rule in RULES if rule.dimension == Dimension.ASSURANCES)
UNDER_LINE = BY_CODE["low_income"].bit  # yellow or red: under the line
SQL = """
WITH later AS (
  SELECT household_id, bit_or(red) AS red, bit_or(red | yellow) AS spoke
  FROM monitoring_assessment WHERE run_id = ANY (%(later)s) GROUP BY household_id
)
SELECT a.county_id, a.flag_change IN ('new', 'kept') AS flagged, a.red,
  (later.spoke & ~(a.red | a.yellow) & %(under_line)s) <> 0
    OR (later.red & ~a.red & %(assured)s) <> 0 AS fell,
  count(*)
FROM monitoring_assessment a JOIN later ON later.household_id = a.household_id
WHERE a.run_id = %(run)s
GROUP BY 1, 2, 3, 4
"""


def months_after(run):
    """The frozen regular runs of the months after, at most ``MONTHS``."""
    runs = Run.objects.frozen().regular().filter(province=run.province_id, month__gt=run.month)
    return list(runs.order_by("month")[:MONTHS])


@transaction.atomic
def look_back(run, *, at):
    """Counts anew and keeps it; the same runs give the same. Raises Refused without later runs."""
    later = months_after(run)
    if not later:
        raise Refused(_("No month after this one is reviewed yet."))
    given = {
        "run": run.id,
        "later": [one.id for one in later],
        "under_line": UNDER_LINE,
        "assured": ASSURED,
    }
    with connection.cursor() as cursor:
        # Nobody knows beforehand how many households the later months have: the planner expects few
        # and would look up two million rows one by one.
        cursor.execute(
            "SET LOCAL jit = off; SET LOCAL work_mem = '256MB'; SET LOCAL enable_nestloop = off"
        )
        cursor.execute(SQL, given)
        rows = [list(row) for row in cursor.fetchall()]
    kept, _new = LookBack.objects.update_or_create(
        run=run, defaults={"months": len(later), "result": rows, "made_at": at}
    )
    return kept


class Told:
    """What a look back found, as far as a post sees: households of ``counties`` {id: name}."""

    def __init__(self, kept, counties):
        self.names = counties
        self.rows = [row for row in kept.result if row[0] in counties]

    def _count(self, wanted):
        return sum(row[-1] for row in self.rows if wanted(*row[:-1]))

    @property
    def flagged(self):
        return self._count(lambda county, flagged, red, fell: flagged)

    @property
    def flagged_fell(self):
        return self._count(lambda county, flagged, red, fell: flagged and fell)

    @property
    def missed(self):
        """Fell, and nobody had flagged them."""
        return self._count(lambda county, flagged, red, fell: fell and not flagged)

    @property
    def spared(self):
        """Neither flagged nor fallen."""
        return self._count(lambda county, flagged, red, fell: not fell and not flagged)

    def counties(self):
        found = {county: Counter() for county in self.names}
        for county, flagged, _red, fell, number in self.rows:
            found[county][flagged, fell] += number
        return [
            {
                "name": self.names[county],
                "flagged": row[True, True] + row[True, False],
                "flagged_fell": row[True, True],
                "missed": row[False, True],
            }
            for county, row in found.items()
            if row
        ]

    def rules(self):
        """Of each rule that was red in the month: households, and how many of them fell."""
        found = []
        for rule in RULES:
            red = self._count(lambda county, flagged, red, fell, bit=rule.bit: red & bit)
            fell = self._count(lambda county, flagged, red, fell, bit=rule.bit: red & bit and fell)
            if red:
                found.append((rule, red, fell))
        return found
