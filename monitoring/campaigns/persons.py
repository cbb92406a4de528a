"""Persons without a household in the register, put on the list of a screening by the county."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.divisions import LEVEL_COLUMNS, Level
from accounts.protected import blind_index
from accounts.refusals import Refused
from feeds.kinds import KINDS as KINDS_OF_FEEDS
from feeds.models import FeedTrouble, FeedUpload
from feeds.reasons import NO_HIT
from households.models import Member
from monitoring.campaigns.duties import follow_campaigns
from monitoring.campaigns.groups import OWN
from monitoring.campaigns.opening import may_add
from monitoring.models import Campaign, CampaignLine, CampaignPerson

# Departments' lists of key groups; who stands on one and lives in no household of the register
# is a candidate. Others (payments, vehicles, pensions) say nothing of need by themselves.
LISTS = ("low_income", "extreme_poverty", "disability", "house_grade", "disaster", "veterans")
LATELY = timedelta(days=365)


def candidates(by, today):
    """Rows of departments' files that met nobody in the register, as far as ``by`` sees them."""
    uploads = (
        FeedUpload.objects.visible_to(by)
        .loaded()
        .filter(kind__in=[KINDS_OF_FEEDS[code].number for code in LISTS], as_of__gte=today - LATELY)
    )
    return FeedTrouble.objects.filter(upload__in=uploads, reason=NO_HIT).exclude(person="")


@transaction.atomic
def add_candidate(campaign, trouble, *, village, by, at):
    """As ``add_person``, of a row of a department; number and name are opened here alone."""
    number, name = trouble.open_person()
    told_by = str(trouble.upload.get_department_display())
    return add_person(
        campaign, village=village, name=name[:40], resident_id=number, told_by=told_by, by=by, at=at
    )


@transaction.atomic
def add_person(campaign, *, village, name, resident_id, told_by, by, at):
    """``told_by``: the department or whoever named the person. Raises ``Refused`` for somebody who
    is in the register of the county (then the household is added) or on the list already."""
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    if not may_add(campaign, by):
        raise Refused(_("Persons are added by the county, to an open screening."))
    if village is None or village.level != Level.VILLAGE or not by.division.contains(village):
        raise Refused(_("Choose the village where the person lives."))
    index = blind_index(resident_id)
    living = Member.objects.living_there().filter(resident_id_index=index)
    if index and living.filter(household__county=by.division.county_id).exists():
        raise Refused(_("This person is in the register; add the household by its number."))
    people = CampaignPerson.objects.filter(line__campaign=campaign, resident_id_index=index)
    if index and people.exists():
        raise Refused(_("This person is on the list already."))
    person = CampaignPerson.objects.create(name=name, resident_id=resident_id, told_by=told_by)
    line = CampaignLine.objects.create(
        campaign=campaign, person=person, groups=[OWN], added_by=by, added_at=at,
        **{column: getattr(village, column) for column in LEVEL_COLUMNS.values()},
    )  # fmt: skip
    follow_campaigns(at=at)
    return line
