"""A trial: the facts of a reviewed month judged again with other figures (domain.md 6).

One statement over the month's assessments, which hold the facts that were judged: nothing is
gathered again and nothing is written but the trial. Only the rules that read one of the figures
are asked again; what the others answered is on record.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from households.models.choices import Tier
from monitoring.policy.judging import condition, figures_cte, judged_sql, rules_reading
from monitoring.policy.parameters import PARAMETERS, set_parameter
from monitoring.policy.rules import DERIVED, RULES, STABLE_INCOME
from reports.models import Trial

CARRIED = ("county_id", "was_red", "was_yellow", "was_unknown", "was_tier", "listed")
TRIED = """
WITH {figures}, facts AS (
  SELECT *, red AS was_red, yellow AS was_yellow, unknown AS was_unknown, tier AS was_tier
  FROM monitoring_assessment WHERE run_id = %(run)s AND {column} = %(division)s
)
SELECT county_id, was_tier, tier, listed, red & ~was_red, was_red & ~red, yellow & ~was_yellow,
  was_yellow & ~yellow, count(*)
FROM ({judged}) judged
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""


def triable():
    """The parameters that rules read: the others say nothing about facts on record."""
    text = " ".join(
        condition(sql)
        for sql in (*DERIVED.values(), STABLE_INCOME, *(f"{r.red} {r.yellow}" for r in RULES))
    )
    return {name: row for name, row in PARAMETERS.items() if f"figures.{name}" in text}


def judged_with(run, values, division):
    """Households of ``division`` in lists of county, tier before, tier after, listed, red on, red
    off, yellow on, yellow off (bits of rules) and how many they are."""
    figures = run.policy.by_county()
    for held in figures.values():
        held.update(values)
    sql = TRIED.format(
        figures=figures_cte(run.as_of, figures),
        judged=judged_sql(CARRIED, rules_reading(tuple(values))),
        column=division.level_column,
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '256MB'")
        cursor.execute(sql, {"run": run.id, "division": division.id})
        return [list(row) for row in cursor.fetchall()]


@transaction.atomic
def try_figures(*, run, values, name, by, at):
    """``values``: parameter -> Decimal, those that differ. Raises Refused."""
    known = triable()
    if not values:
        raise Refused(_("Enter at least one figure that differs."))
    if not name.strip():
        raise Refused(_("Give the trial a name, so that it is found again."))
    if any(figure not in known or value < 0 for figure, value in values.items()):
        raise Refused(_("A figure of the policy cannot be negative."))
    return Trial.objects.create(
        name=name.strip(),
        run=run,
        values={figure: str(value) for figure, value in values.items()},
        result=judged_with(run, values, by.division),
        made_by=by,
        made_at=at,
    )


@transaction.atomic
def share(trial, *, shared, by, at):  # noqa: ARG001 (acts end in by, at)
    _own(trial, by)
    Trial.objects.filter(pk=trial.pk).update(shared=shared)


@transaction.atomic
def adopt(trial, *, since, because, by, at):
    """Makes the tried figures those of the province from a day on. Raises Refused."""
    _own(trial, by)
    if not by.may("edit_policy"):
        raise Refused(_("Only the province sets figures of the policy."))
    if not because.strip():
        raise Refused(_("Say why the figures change."))
    if not Trial.objects.filter(pk=trial.pk, adopted_on=None).update(adopted_on=since):
        raise Refused(_("This trial is adopted already."))
    for figure, value in trial.values.items():
        set_parameter(
            name=figure, territory=by.division, since=since, value=Decimal(value),
            because=because, by=by, at=at,
        )  # fmt: skip


def _own(trial, by):
    made = trial.made_by
    if (made.division_id, made.role) != (by.division_id, by.role):
        raise Refused(_("Only the office that made the trial may do this."))


@dataclass(frozen=True)
class RuleTurned:
    rule: object
    red_on: int
    red_off: int
    yellow_on: int
    yellow_off: int


class Told:
    """A trial's result as a post may see it: by county, by rule, by tier."""

    def __init__(self, trial, counties):
        self.names = dict(counties)
        self.rows = [row for row in trial.result if row[0] in self.names]

    @property
    def households(self):
        return sum(row[-1] for row in self.rows)

    @property
    def turned(self):
        return sum(row[-1] for row in self.rows if row[1] != row[2])

    def tiers(self):
        """[(tier, households before, after)]."""
        before, after = Counter(), Counter()
        for row in self.rows:
            before[row[1]] += row[-1]
            after[row[2]] += row[-1]
        return [(tier, before[tier.value], after[tier.value]) for tier in Tier]

    def counties(self):
        """[(name, red before, red after, newly red, no longer red, flags more)], by code."""
        found = {county: Counter() for county in self.names}
        for county, before, after, listed, *_bits, number in self.rows:
            was, now = before == Tier.RED, after == Tier.RED
            row = found[county]
            row["before"] += number * was
            row["after"] += number * now
            row["on"] += number * (now and not was)
            row["off"] += number * (was and not now)
            row["flags"] += number * listed * (now - was)
        return [
            {"name": self.names[county], **{key: row[key] for key in KEYS}}
            for county, row in found.items()
            if row["before"] or row["after"]
        ]

    def rules(self):
        """Rules that answer differently, those that turn most first."""
        found = []
        for rule in RULES:
            turned = [0, 0, 0, 0]
            for *_line, red_on, red_off, yellow_on, yellow_off, number in self.rows:
                for at, bits in enumerate((red_on, red_off, yellow_on, yellow_off)):
                    turned[at] += number * bool(bits & rule.bit)
            if any(turned):
                found.append(RuleTurned(rule, *turned))
        return sorted(found, key=lambda row: -(row.red_on + row.red_off + row.yellow_on))


KEYS = ("before", "after", "on", "off", "flags")
