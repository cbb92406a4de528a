"""The register is right as it stands: said once, with the reason, until the data change."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.refusals import Refused, TakenFirst
from accounts.typed import check_typed
from duties.doing import at_desk, settle
from duties.models import Task
from monitoring.comparison.duties import DIFFERENCE, KEPT
from monitoring.models import Difference, DifferenceState


def task_of(difference):
    rows = Task.objects.filter(kind=DIFFERENCE, key=str(difference.pk), ended_at=None)
    return rows.first()


def may_keep(difference, by):
    task = task_of(difference)
    return bool(task) and difference.state == DifferenceState.OPEN and at_desk(task, by)


@transaction.atomic
def keep_register(difference, *, because, seen_mark, by, at):
    """Raises ``Refused`` when the data have changed since ``seen_mark``."""
    held = Difference.objects.select_for_update().get(pk=difference.pk)
    if not may_keep(held, by):
        raise Refused(_("This difference does not lie on your desk any more."))
    if held.mark != seen_mark:
        raise TakenFirst(_("The data have changed meanwhile. Look at them again."))
    if not because.strip():
        raise Refused(_("Say by what you know that the register is right."))
    check_typed(because)
    held.state, held.because, held.by, held.settled_at = "kept", because.strip()[:500], by, at
    held.save(update_fields=["state", "because", "by", "settled_at"])
    settle(DIFFERENCE, held.pk, outcome=KEPT, result=because, by=by, at=at)
    return held
