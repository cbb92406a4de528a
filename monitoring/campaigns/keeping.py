"""Nightly: lines follow households that move, and who is no such household leaves the list."""

from django.db import connection, transaction

from households.models import Household
from monitoring.campaigns.duties import follow_campaigns
from monitoring.campaigns.kinds import KINDS
from monitoring.models import Campaign, CampaignLine, LineStep

_MOVE = """
UPDATE monitoring_campaignline line
SET version = line.version + 1, province_id = home.province_id, city_id = home.city_id,
  county_id = home.county_id, township_id = home.township_id, village_id = home.village_id
FROM households_household home, monitoring_campaign campaign
WHERE campaign.id = line.campaign_id AND campaign.ended_at IS NULL
  AND line.state IN ('answer', 'look', 'confirm') AND home.id = line.household_id
  AND home.village_id <> line.village_id
"""


@transaction.atomic
def keep_campaigns(*, at):
    with connection.cursor() as cursor:
        cursor.execute(_MOVE)
    for campaign in Campaign.objects.open():
        lines = CampaignLine.objects.filter(campaign=campaign, state=LineStep.ANSWER)
        homes = Household.objects.within(campaign.division)
        still = homes.filter(KINDS[campaign.kind].households)
        gone = lines.filter(household__isnull=False).exclude(household__in=still)
        CampaignLine.objects.filter(pk__in=gone.values("pk")).update(state=LineStep.DROPPED)
    follow_campaigns(at=at)
