"""Which households were judged otherwise in one month than in another, and why (domain.md 6).

Whoever stands otherwise than in a month before has changed in one of the months between: the
roll-up marks these rows, and they alone are looked at. Two million households are not.
"""

from dataclasses import dataclass, field
from itertools import takewhile

from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from accounts.paging import page_of
from households.columns import places
from households.models.choices import Tier
from households.wording import plain
from monitoring.explaining import mark_of
from monitoring.models import Assessment, Change, FlagLine, Run
from monitoring.policy.rules import RULES
from monitoring.review import month_before
from reports.models import Rollup, Stood

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
HOME = ("village", *places())
ASSESSED = "household__assessments"
RANK = {Tier.RED: 0, Tier.YELLOW: 1, Tier.BLUE: 2}


def _rank(column):
    whens = [When(**{column: tier}, then=Value(rank)) for tier, rank in RANK.items()]
    return Case(*whens, default=None, output_field=IntegerField())


def _conditions():
    both = Q(rank__isnull=False, rank_then__isnull=False)
    differs = ~Q(tier=F("tier_then"))
    return {
        "": differs,
        WORSE: both & Q(rank__lt=F("rank_then")),
        BETTER: both & Q(rank__gt=F("rank_then")),
        KNOWN: differs & ~both,
        MOVED: ~Q(village_id=F("village_then")),
    }


FLAGGED = {NEW: Change.NEW, CLEARED: Change.CLEARED}


def comparable(runs):
    """The frozen months of a province, latest first, as far as their roll-ups are made without a
    gap: minutes after the month was frozen."""
    rolled = Rollup.objects.filter(division=OuterRef("province"), month=OuterRef("month"))
    known = runs.frozen().regular().annotate(is_rolled=Exists(rolled)).order_by("month")
    return list(takewhile(lambda run: run.is_rolled, known))[::-1]


def changed(run, before, post, kind="", place=None):
    """How the households stood in ``run`` that stood otherwise in ``before``, as far as seen.

    A household that was not judged in both is left out: it is not *judged otherwise*.
    """
    place = place or post.division
    rows = Stood.objects.visible_to(post).within(place).filter(run=run)
    if kind in FLAGGED:
        lines = FlagLine.objects.within(place).filter(run=run, change=FLAGGED[kind])
        return _with_then(rows, run, before).filter(household__in=lines.values("household"))
    rows = _with_then(_candidates(rows, run, before), run, before)
    rows = rows.annotate(rank=_rank("tier"), rank_then=_rank("tier_then"))
    return rows.filter(_conditions()[kind])


def _candidates(rows, run, before):
    """Those that changed in one of the months after ``before``; more than differ, never fewer."""
    runs = Run.objects.frozen().regular().filter(province=run.province_id)
    between = list(runs.filter(month__gt=before.month, month__lte=run.month))
    if between == [run]:
        return rows.filter(changed=True)
    ever = Stood.objects.filter(run__in=between, changed=True)
    return rows.filter(household__in=ever.values("household"))


def _with_then(rows, run, before):
    """Only those judged in both, with tier and village of ``before``."""
    if month_before(run.month) == before.month and _knew(run):
        rows = rows.annotate(
            tier_then=NullIf(F("tier_before"), Value("")), village_then=F("village_before_id")
        )
    else:
        earlier = FilteredRelation(ASSESSED, condition=Q(**{f"{ASSESSED}__run": before}))
        rows = rows.annotate(earlier=earlier)
        rows = rows.annotate(tier_then=F("earlier__tier"), village_then=F("earlier__village_id"))
    return rows.filter(tier_then__isnull=False)


def _knew(run):
    """Whether the month before was frozen when this one was rolled up."""
    return Stood.objects.filter(run=run).exclude(tier_before="").exists()


def page_of_changed(rows, params):
    """A page of ``changed`` rows by village; they are few: sorted, no index is walked along."""
    rows = rows.only("run_id", "household_id").annotate(listed_at=F("village_id") + 0)
    return page_of(rows, params, order=("listed_at", "id"))


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
    """A page of ``changed`` rows with both assessments and what turned: two queries."""
    rows = list(rows)
    now = _assessed({row.run_id for row in rows}, rows, *HOME)
    then = _assessed([before], rows)
    return [
        Row(now[home], then[home], list(_turned(then[home], now[home])))
        for home in (row.household_id for row in rows)
    ]


def _assessed(runs, rows, *along):
    homes = [row.household_id for row in rows]
    found = Assessment.objects.filter(run__in=runs, household__in=homes).select_related(*along)
    return {row.household_id: row for row in found}


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
