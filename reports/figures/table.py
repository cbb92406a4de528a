"""The figures (domain.md 6): one row each, with the rows that it counts.

A figure is the number of its ``rows``, a share of ``of``, or a mean of ``amount`` over them; it
is never typed. ``good`` says whether less or more is better. A ``stock`` is what stood at the end
of a month; anything else happened in it and adds up over the months of a quarter.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import Combinable
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from assistance.models import Grant
from duties.models import Task
from households.models import Fault
from households.models.choices import Tier
from households.quality.check import ERROR
from households.quality.checks import codes_of
from monitoring.models import CaseAct, Change, Channel, Clue, ClueSource, FlagLine
from reports.figures.sources import Month, Source
from reports.models import Stood

NUMBER, SHARE, DAYS = "number", "share", "days"

LINES = Source(FlagLine, lambda m: Q(run=m.run), "village_id")
STOOD = Source(Stood, lambda m: Q(run=m.run), "village_id")
TASKS = Source(Task, lambda m: Q(due_on__range=(m.first, m.last)), "at_id")
FAULTS = Source(
    Fault,
    lambda m: (
        Q(found_on__lte=m.last)
        & (Q(fixed_on=None) | Q(fixed_on__gt=m.last))
        & (Q(waived_until=None) | Q(waived_until__lt=m.last))
    ),
    "household__village_id",
)


GRANTS = Source(Grant, lambda m: Q(paid_on__range=(m.first, m.last)), "household__village_id")
UNFILED = Source(
    Grant,
    lambda m: Q(urgent=True, paid_on__lte=m.last) & (Q(filed_at=None) | Q(filed_at__gt=m.ends)),
    "household__village_id",
)
CLUES = Source(Clue, lambda m: Q(found_on__range=(m.first, m.last)), "village_id")
CHECKS = Source(Task, lambda m: Q(kind="clue_check", due_on__range=(m.first, m.last)), "at_id")
PASSES = Source(
    CaseAct,
    lambda m: Q(at__range=(m.begins, m.ends), due_on__isnull=False),
    "case__household__village_id",
)


@dataclass(frozen=True)
class Figure:
    code: str
    words: str
    clause: str
    source: Source
    rows: Callable[[Month], Q]
    of: Callable[[Month], Q] | None = None
    unit: str = NUMBER
    amount: Combinable | None = None
    good: str = "down"
    stock: bool = False
    group: str = "flags"
    counts: str = _("households, counted")

    def counted(self, month, post):
        """The rows behind the figure that ``post`` may see."""
        return self.source.visible(month, post).filter(self.rows(month))


def _every(_month):
    return Q()


def _lines(**conditions):
    return lambda _month: Q(**conditions)


def _channel(channel):
    told = ClueSource.objects.filter(clue=OuterRef("pk"), channel=channel)
    return lambda _month: Q(Exists(told))


STANDING = ~Q(change=Change.CLEARED)
IN_TIME = Q(ended_at__date__lte=F("due_on"))

GROUPS = {
    "flags": _("Red flags"),
    "visits": _("Visits and persons"),
    "clues": _("Clues"),
    "help": _("Plans and funds"),
    "tiers": _("Tiers"),
    "work": _("Tasks and data"),
}
MOVES = "moves"  # shown as the flow between tiers
TOLD = (Tier.RED, Tier.YELLOW, Tier.BLUE, Tier.UNKNOWN)

FIGURES = (
    Figure("flags_opened", _("red flags set"), "AH 3.2", LINES, _lines(change=Change.NEW)),
    Figure(
        "flags_standing", _("red flags standing"), "AH 3.2", LINES, lambda m: STANDING, stock=True
    ),
    Figure(
        "flags_cleared", _("red flags cleared"), "AH 3.2", LINES, _lines(change=Change.CLEARED),
        good="up",
    ),
    Figure(
        "flags_overdue", _("red flags overdue"), "AH 3.2", LINES,
        lambda m: STANDING & Q(overdue=True), of=lambda m: STANDING, stock=True,
    ),
    Figure(
        "days_to_clear", _("days to clear a red flag"), "AH 3.2", LINES,
        _lines(change=Change.CLEARED), unit=DAYS,
        amount=F("run__as_of") - F("flagged_on"),
    ),
    Figure(
        "flags_reopened", _("households flagged again"), "AH 3.3", LINES,
        _lines(change=Change.NEW, reopened=True),
    ),
    Figure(
        "visits_monthly", _("monthly visits made"), "AH 4.2.2", STOOD,
        _lines(monthly=True, visited=True), of=_lines(monthly=True), unit=SHARE, good="up",
        group="visits",
    ),
    Figure(
        "visits_in_person", _("monthly visits in person"), "AH 4.2.2", STOOD,
        _lines(monthly=True, in_person=True), of=_lines(monthly=True), unit=SHARE, good="up",
        group="visits",
    ),
    Figure(
        "visits_quarterly", _("quarterly visits made"), "AH 4.1.3", STOOD,
        _lines(monthly=False, visited_in_quarter=True), of=_lines(monthly=False), unit=SHARE,
        good="up", stock=True, group="visits",
    ),
    Figure(
        "without_responsible", _("exited households without responsible person"), "AH 4.1.3",
        STOOD, _lines(without_responsible=True), stock=True, group="visits",
    ),
    Figure(
        "without_contact", _("edge households without contact person"), "AH 4.2.2", STOOD,
        _lines(without_contact=True), stock=True, group="visits",
    ),
    Figure(
        "flags_helped", _("flagged households with a measure under way"), "AH 3.2", STOOD,
        _lines(flagged=True, helped=True), of=_lines(flagged=True), unit=SHARE, good="up",
        stock=True,
    ),
    Figure(
        "without_plan", _("flagged and monthly visited households without a plan"), "AH 4.1.3",
        STOOD, _lines(monthly=True, without_plan=True), stock=True, group="help",
    ),
    Figure(
        "grants_paid", _("grants paid from relief funds"), "AH 4.2.3", GRANTS, _every,
        good="", group="help", counts=_("grants"),
    ),
    Figure(
        "relief_unfiled", _("urgent relief not filed"), "AH 5.5", UNFILED, _every,
        stock=True, group="help", counts=_("grants"),
    ),
    Figure(
        "clues", _("clues received"), "GZ 4.2.2", CLUES, _every, good="", group="clues",
        counts=_("clues"),
    ),
    *(
        Figure(
            f"clues_{channel}", words, "GZ 4.2.2", CLUES, _channel(channel), good="",
            group="clues", counts=_("clues"),
        )
        for channel, words in (
            (Channel.VILLAGE, _("clues of villages")),
            (Channel.DEPARTMENT, _("clues of departments")),
            (Channel.HOUSEHOLD, _("clues of households themselves")),
            (Channel.SUPERVISION, _("clues of supervision")),
        )
    ),
    Figure(
        "clues_in_time", _("clues checked in time"), "GZ 4.2.2", CHECKS, lambda m: IN_TIME,
        of=_every, unit=SHARE, good="up", group="clues",
    ),
    *(
        Figure(
            f"tier_{tier}", words, "LA 2.1.1", STOOD, _lines(tier=tier), of=_every, unit=SHARE,
            good="down" if tier != Tier.BLUE else "up", stock=True, group="tiers",
        )
        for tier, words in (
            (Tier.RED, _("households judged red")),
            (Tier.YELLOW, _("households judged yellow")),
            (Tier.BLUE, _("households judged blue")),
            (Tier.UNKNOWN, _("households not yet known")),
        )
    ),
    *(
        Figure(
            f"move_{before}_{now}", format_lazy("{} → {}", before.label, now.label), "LA 4.3",
            STOOD,
            _lines(tier_before=before, tier=now), stock=True, group=MOVES,
        )
        for before in TOLD
        for now in TOLD
    ),
    Figure(
        "steps_in_time", _("steps of cases within their limits"), "AH 3.3", PASSES,
        lambda m: Q(at__date__lte=F("due_on")), of=_every, unit=SHARE, good="up", group="work",
    ),
    Figure(
        "days_a_step", _("days that a step of a case took"), "AH 3.3", PASSES, _every, unit=DAYS,
        amount=F("at") - F("waited_since"), group="work",
    ),
    Figure(
        "tasks_in_time", _("tasks ended in time"), "XC 5.1", TASKS, lambda m: IN_TIME,
        of=_every, unit=SHARE, good="up", group="work",
    ),
    Figure(
        "faults", _("errors of the data"), "XC 4.1.2", FAULTS,
        lambda m: Q(code__in=codes_of(ERROR)), stock=True, counts=_("places"), group="work",
    ),
)  # fmt: skip
BY_CODE = {figure.code: figure for figure in FIGURES}
