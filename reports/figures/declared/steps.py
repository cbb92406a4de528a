"""How long the steps of cases take, against their limits; and by kind of step.

A kind is what is done at a level, whatever the procedure. Days do not add up to a median, so it is
kept how many steps took at most so many days: those counts add up over places and months, and say
within how many days half of the steps were done.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.divisions import Level
from monitoring.models import CaseAct
from monitoring.procedures import PROCEDURES
from reports.figures.figure import DAYS, SHARE, Figure, every
from reports.figures.sources import Source

PASSES = Source(
    CaseAct,
    lambda m: Q(at__range=(m.begins, m.ends), due_on__isnull=False),
    "case__household__village_id",
)
IN_TIME = Q(at__date__lte=F("due_on"))
BY_KIND = "steps_by_kind"  # shown as a table of the kinds of steps
WITHIN = (1, 3, 5, 10, 20)  # days
COUNTED = {"counts": pgettext_lazy("counted", "steps")}


@dataclass(frozen=True)
class StepKind:
    """``steps``: {(procedure, variant): places in its chain}."""

    code: str
    words: str
    steps: dict

    @property
    def condition(self):
        found = Q()
        for (procedure, variant), places in self.steps.items():
            found |= Q(case__procedure=procedure, case__variant=variant, step__in=places)
        return found

    @property
    def figures(self):
        """The share within the limit, then how many took at most so many days."""
        return [BY_CODE[f"step_{self.code}"], *(BY_CODE[f"step_{self.code}_{n}"] for n in WITHIN)]


def _kinds():
    found, words = defaultdict(lambda: defaultdict(list)), {}
    for procedure in PROCEDURES.values():
        for variant in procedure.variants:
            for place, step in enumerate(variant.steps):
                who = "department" if step.by_departments else Level(step.level).name.lower()
                code = f"{who}_{step.act}"
                found[code][procedure.code, variant.code].append(place)
                desk = _("department") if step.by_departments else Level(step.level).label
                words[code] = (-step.level, format_lazy("{} · {}", desk, step.act.label))
    ordered = sorted(found, key=lambda code: words[code][0])
    return tuple(StepKind(code, words[code][1], dict(found[code])) for code in ordered)


KINDS = _kinds()


def _of_kind(kind):
    condition = kind.condition
    yield Figure(
        f"step_{kind.code}", format_lazy(_("within the limit: {}"), kind.words), "AH 3.3", PASSES,
        lambda m: IN_TIME & condition, of=lambda m: condition, unit=SHARE, good="up",
        group=BY_KIND, **COUNTED,
    )  # fmt: skip
    for days in WITHIN:
        took = Q(at__lte=F("waited_since") + timedelta(days=days))
        yield Figure(
            f"step_{kind.code}_{days}",
            format_lazy(_("within {} days: {}"), days, kind.words),
            "AH 3.3", PASSES, lambda m, took=took: took & condition, good="up", group=BY_KIND,
            **COUNTED,
        )  # fmt: skip


FIGURES = (
    Figure(
        "steps_in_time", _("steps of cases within their limits"), "AH 3.3", PASSES,
        lambda m: IN_TIME, of=every, unit=SHARE, good="up", group="steps", **COUNTED,
    ),
    Figure(
        "days_a_step", _("days that a step of a case took"), "AH 3.3", PASSES, every, unit=DAYS,
        amount=F("at") - F("waited_since"), group="steps", **COUNTED,
    ),
    *(figure for kind in KINDS for figure in _of_kind(kind)),
)  # fmt: skip
BY_CODE = {figure.code: figure for figure in FIGURES}
