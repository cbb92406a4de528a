"""Twice a year each county screens (LA 2.2): who has not for seven months gets a task of its own.

Other cities than Lu'an: **default**. A county without general households in the register has nobody
to screen.
"""

from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from duties.following import follow_rows
from duties.kinds import Kind, add_kind
from households.models.choices import Status

KIND = "screening_due"
SINCE = timedelta(days=213)
_SQL = """
SELECT county.id::text AS key, NULL::bigint AS household_id, county.id AS at_id,
  'county'::varchar AS role, '{}'::jsonb AS figures
FROM accounts_division county
WHERE county.level = 3 AND EXISTS (
    SELECT FROM households_household WHERE county_id = county.id AND status = %s)
  AND NOT EXISTS (
    SELECT FROM monitoring_campaign WHERE kind = 'screening' AND opened_at::date > %s
      AND division_id IN (county.id, county.city_id, county.province_id))
"""

add_kind(
    KIND,
    Kind(
        words=_("half-yearly screening"),
        todo=_("Open the screening of unregistered households in key groups."),
        clause="LA 2.2",
        role="county",
        days=20,
        follows=True,
        page=lambda task: reverse("campaign_new", args=["screening"]),
    ),
)


def follow_screenings(*, at):
    return follow_rows(KIND, _SQL, [Status.GENERAL.value, localdate(at) - SINCE], at=at)
