"""When the tier of a household was last divided (LA 2.1.2)."""

from django.db.models import Max
from django.utils.timezone import localdate

from monitoring.models import Case, State


def tiers_filed_on(households):
    """Household id -> the day on which its tier was last filed; without those never filed."""
    rows = Case.objects.filter(household__in=households, procedure="tier", state=State.DONE)
    rows = rows.order_by().values_list("household").annotate(Max("ended_at"))
    return {household: localdate(at) for household, at in rows}
