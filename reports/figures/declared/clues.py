"""Clues by channel, and whether they were checked at home in time (GZ 4.2.2)."""

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from duties.models import Task
from monitoring.models import Channel, Clue, ClueSource
from reports.figures.figure import SHARE, Figure, every
from reports.figures.sources import Source


def tasks_of(month):
    """Those due in it that were there when it was frozen."""
    return Q(due_on__range=(month.first, month.last), opened_at__lte=month.known)


CLUES = Source(Clue, lambda m: Q(found_on__range=(m.first, m.last)), "village_id")
CHECKS = Source(Task, lambda m: tasks_of(m) & Q(kind="clue_check"), "at_id")
IN_TIME = Q(ended_at__date__lte=F("due_on"))
COUNTED = {"group": "clues", "counts": _("clues")}


def _told_by(channel):
    told = ClueSource.objects.filter(clue=OuterRef("pk"), channel=channel)
    return lambda _month: Q(Exists(told))


def _about_told_by(channel):
    """Tasks to check a clue of the channel; their key is the clue's id."""
    clue = Cast(OuterRef("key"), BigIntegerField())
    return Q(Exists(ClueSource.objects.filter(clue=clue, channel=channel)))


FIGURES = (
    Figure("clues", _("clues received"), "GZ 4.2.2", CLUES, every, good="", **COUNTED),
    *(
        Figure(
            f"clues_{channel}", words, "GZ 4.2.2", CLUES, _told_by(channel), good="", **COUNTED
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
        of=every, unit=SHARE, good="up", group="clues",
    ),
    *(
        Figure(
            f"clues_{channel}_in_time", words, "GZ 4.2.2", CHECKS,
            lambda m, channel=channel: IN_TIME & _about_told_by(channel),
            of=lambda m, channel=channel: _about_told_by(channel),
            unit=SHARE, good="up", group="clues",
        )
        for channel, words in (
            (Channel.VILLAGE, _("of villages, checked in time")),
            (Channel.DEPARTMENT, _("of departments, checked in time")),
            (Channel.HOUSEHOLD, _("of households themselves, checked in time")),
            (Channel.SUPERVISION, _("of supervision, checked in time")),
        )
    ),
)  # fmt: skip
