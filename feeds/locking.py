"""Files and imports of one county wait for each other."""

from accounts.models import Division
from accounts.models.divisions import Level
from households.national.checking import LOCK_SPACE


def lock_counties(cursor, division):
    """Until the transaction ends, in the order of ids."""
    counties = Division.objects.filter(
        **{division.level_column: division.id}, level=Level.COUNTY
    ).order_by("id")
    for county in counties.values_list("id", flat=True):
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, county])
