"""Handing over: the households of one person to another, with their open measures.

The open tasks and visits follow by themselves: they lie with whoever is in charge of the household.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.acting import acting_post
from assistance.checks import MeasureRefusal
from assistance.models import Measure, MeasureChange
from duties.models import Task
from households.correcting import WHEN_NAMED, name_person_in_charge
from households.models import Household
from households.register import RegisterRefusal

MOST = 500  # households in one act


class Why(TextChoices):
    """AH 4.1.3: 因工作变动或帮扶不力; and whoever is named for the first time."""

    WORK = "work", gettext_lazy("change of work")
    WEAK = "weak", gettext_lazy("does not help enough")
    FIRST = "first", gettext_lazy("first named")
    OTHER = "other", gettext_lazy("another reason")


class HandingRefusal(MeasureRefusal):
    pass


@dataclass(frozen=True)
class HandedOver:
    households: int
    tasks: int


@transaction.atomic
def hand_over(households, *, to_post, why, because, by, at):
    """``households``: as the officer saw them. All of them, or none."""
    households = list(households)
    if not by.may("assign"):
        raise HandingRefusal(_("Your post names no responsible persons."))
    if not households:
        raise HandingRefusal(_("No household is ticked."))
    if len(households) > MOST:
        raise HandingRefusal(_("At most %(most)d households at once.") % {"most": MOST})
    ids = [household.pk for household in households]
    if Household.objects.visible_to(by).filter(pk__in=ids).count() != len(set(ids)):
        raise HandingRefusal(_("A household lies outside the division of your post."))
    said = _(": ").join(filter(None, [str(Why(why).label), because.strip()]))[:200]
    tasks = Task.objects.open().filter(household__in=ids, role="village").count()
    for household in households:
        try:
            name_person_in_charge(
                household, post=to_post, because=said, seen_version=household.version,
                by=by.officer, at=at,
            )  # fmt: skip
        except RegisterRefusal as refusal:
            words = _("%(household)s: %(why)s")
            raise HandingRefusal(words % {"household": household, "why": refusal}) from None
    return HandedOver(len(households), tasks)


def move_measures(household, *, before, name, by, at):
    """The open measures that the person before saw to are seen to by the new one."""
    if not before or before == name:
        return
    rows = list(
        Measure.objects.select_for_update(of=("self",)).filter(
            household=household, responsible=before, ended_on=None
        )
    )
    post = acting_post() or by.posts.order_by("-since").first()
    for row in rows:
        row.responsible, row.version = name[:60], row.version + 1
    Measure.objects.bulk_update(rows, ["responsible", "version"])
    MeasureChange.objects.bulk_create(
        MeasureChange(
            measure=row,
            changes={"responsible": [before, row.responsible]},
            because=household.because[:200],
            recorded_by=post,
            recorded_at=at,
        )
        for row in rows
    )


WHEN_NAMED.append(move_measures)
