"""What became of the rules that measures answer: did they turn (domain.md 5)?

Read from the frozen monthly reviews: how the rule answered before the measure began, and how it
answers in the latest review since. Told to the room of assistance in ``calling.py``.
"""

from collections import defaultdict

from assistance.risks import Effect
from monitoring.models import Assessment
from monitoring.policy.rules import BY_CODE, RULES
from monitoring.sight import rules_seen


def effects_of(measures, post):
    """Measure id -> an ``Effect`` for each rule that it answers and ``post`` sees."""
    if not post.sees_section("assessment"):
        return {}
    judged, seen = judged_of({measure.household_id for measure in measures}), rules_seen(post)
    found = {}
    for measure in measures:
        rows = judged[measure.household_id]
        before = [row for row in rows if row.run.as_of <= measure.started_on]
        since = [row for row in rows if row.run.as_of > measure.started_on]
        rules = [rule for rule in answered(measure, before or rows) if rule in seen]
        found[measure.pk] = [_effect(rule, before or since[:1], since) for rule in rules]
    return found


def judged_of(households):
    """Household id -> its assessments of the regular, frozen reviews, oldest first."""
    rows = Assessment.objects.filter(
        household__in=households, run__name="", run__state="frozen"
    ).select_related("run")
    rows = rows.only("household_id", "red", "yellow", "unknown", "run__as_of")
    found = defaultdict(list)
    for row in rows.order_by("run__month"):
        found[row.household_id].append(row)
    return found


def answered(measure, rows):
    """The rules that it names; else those of its kind that spoke in the last of ``rows``."""
    if measure.answers:
        return [BY_CODE[code] for code in measure.answers if code in BY_CODE]
    spoke = rows[-1].red | rows[-1].yellow if rows else 0
    return [rule for rule in RULES if measure.kind in rule.answered_by and spoke & rule.bit]


def _effect(rule, before, since):
    if not since:
        return Effect(rule.words, "waiting")
    was_red = bool(before) and bool(before[-1].red & rule.bit)
    last = since[-1]
    return Effect(rule.words, state_of(rule, last, was_red), last.run.as_of)


def state_of(rule, row, was_red):
    if row.red & rule.bit:
        return "stays"
    if row.yellow & rule.bit:
        return "eased" if was_red else "stays"
    return "unknown" if row.unknown & rule.bit else "turned"
