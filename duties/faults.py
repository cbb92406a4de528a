"""Which households have faults of the data that a village must mend (XC 4.1.2)."""

from django.db.models import CharField, Count, F
from django.db.models.functions import Cast, JSONObject

from duties.following import follow
from households.models import Fault


def follow_faults(*, today, at):
    """One task for a household with open errors; after a run of the checks, or whenever."""
    return follow("fault", with_errors(today), at=at)


def with_errors(today):
    counted = Fault.objects.open(today).errors().order_by().values("household_id")
    return counted.annotate(
        key=Cast("household_id", CharField()),
        at_id=F("household__village_id"),
        figures=JSONObject(faults=Count("id")),
    )
