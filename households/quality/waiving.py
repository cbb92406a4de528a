"""A fault that is right as it stands is waived 豁免, with reason and end, by the level above the
village (domain.md 4). Who may: ``waive_fault`` in ``accounts/roles.py``."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from households.models import Fault, Waiver
from households.quality.rolling import recount

LONGEST = timedelta(days=366)  # default: once a year somebody looks at it again


@transaction.atomic
def waive(fault, *, because, until, by, at):
    """``fault`` does not count as open until after ``until``. Again: the later word holds."""
    today = localdate(at)
    row = Fault.objects.visible_to(by).filter(pk=fault.pk, fixed_on=None)
    row = row.select_for_update(of=("self",)).first()
    if not by.may("waive_fault"):
        raise Refused(_("The township or a level above it waives faults."))
    if row is None:
        raise Refused(_("The fault is fixed already; there is nothing to waive."))
    if not today < until <= today + LONGEST:
        raise Refused(_("A waiver ends after today and within a year."))
    Waiver.objects.create(fault=row, because=because, until=until, by=by, at=at)
    row.waived_until = until
    row.save(update_fields=["waived_until"])
    recount(row.household.village, today=today)
    return row
