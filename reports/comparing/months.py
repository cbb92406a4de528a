"""Which households were judged otherwise in one month than in another, and why (domain.md 6)."""

from dataclasses import dataclass, field

from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from households.models.choices import Tier
from households.wording import plain
from monitoring.explaining import mark_of
from monitoring.models import Assessment, Change
from monitoring.policy.rules import RULES

WORSE, BETTER, KNOWN, NEW, CLEARED, MOVED = "worse", "better", "known", "new", "cleared", "moved"
KINDS = {
    "": _("every change of tier"),
    WORSE: _("worse"),
    BETTER: _("better"),
    KNOWN: _("known now, or no longer"),
    NEW: _("red flag set"),
    CLEARED: _("red flag cleared"),
    MOVED: _("moved to another village"),
}
RANK = {Tier.RED: 0, Tier.YELLOW: 1, Tier.BLUE: 2}


def _rank(column):
    whens = [When(**{column: tier}, then=Value(rank)) for tier, rank in RANK.items()]
    return Case(*whens, default=None, output_field=IntegerField())


def _conditions():
    both = Q(rank__isnull=False, rank_before__isnull=False)
    differs = ~Q(tier=F("tier_before"))
    return {
        "": differs,
        WORSE: both & Q(rank__lt=F("rank_before")),
        BETTER: both & Q(rank__gt=F("rank_before")),
        KNOWN: differs & ~both,
        NEW: Q(flag_change=Change.NEW),
        CLEARED: Q(flag_change=Change.CLEARED),
        MOVED: ~Q(village_id=F("village_before")),
    }


def changed(run, before, post, kind=""):
    """Assessments of ``run`` that differ from the household's of ``before``, as far as seen.

    A household that was not judged in both is left out: it is not *judged otherwise*.
    """
    earlier = Assessment.objects.filter(run=before, household=OuterRef("household"))
    rows = Assessment.objects.visible_to(post).filter(run=run)
    rows = rows.annotate(
        tier_before=Subquery(earlier.values("tier")[:1]),
        village_before=Subquery(earlier.values("village_id")[:1]),
    ).filter(tier_before__isnull=False)
    rows = rows.annotate(rank=_rank("tier"), rank_before=_rank("tier_before"))
    return rows.filter(_conditions()[kind])


@dataclass
class Turned:
    """A rule that answers otherwise, and the facts it reads that differ."""

    rule: object
    before: str
    now: str
    facts: list = field(default_factory=list)  # (words, before, now)


@dataclass
class Row:
    now: Assessment
    before: Assessment
    turned: list

    @property
    def home(self):
        return self.now.household


def told(rows, before):
    """A page of ``changed`` rows with the month before and what turned: one more query."""
    rows = list(rows)
    homes = [row.household_id for row in rows]
    found = Assessment.objects.filter(run=before, household__in=homes)
    earlier = {row.household_id: row for row in found}
    return [
        Row(row, earlier[row.household_id], list(_turned(earlier[row.household_id], row)))
        for row in rows
    ]


def _turned(before, now):
    was, is_now = vars(before), vars(now)
    for rule in RULES:
        marks = mark_of(rule, was), mark_of(rule, is_now)
        if marks[0] != marks[1]:
            yield Turned(rule, *marks, facts=list(_facts(rule, was, is_now)))


def _facts(rule, was, now):
    for name in rule.reads:
        if name in now and was[name] != now[name]:
            words = Assessment._meta.get_field(name).verbose_name
            yield words, plain(was[name]), plain(now[name])
