"""A campaign is opened: its list is written by one statement, whatever its length."""

from django.db import connection, transaction
from django.db.models import Q, Value
from django.db.models.functions import Cast
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS
from accounts.refusals import Refused
from accounts.typed import check_typed
from households.models import Household
from monitoring.campaigns.duties import follow_campaigns
from monitoring.campaigns.groups import GROUPS, OWN, in_groups
from monitoring.campaigns.kinds import KINDS
from monitoring.models import Campaign, CampaignLine, LineStep

OPENERS = ("county", "province")
_PLACES = list(LEVEL_COLUMNS.values())
_INSERT = """
INSERT INTO monitoring_campaignline (campaign_id, household_id, {places}, groups, state, version,
  added_because, answer, words, returned, returns)
SELECT %s, id, {places}, why, 'answer', 1, '', '', '', '', 0 FROM ({list}) AS list
ON CONFLICT (campaign_id, household_id) DO NOTHING
"""


def may_open(post):
    return post.role in OPENERS


def may_add(campaign, post):
    """Only a screening's list is open (LA 2.2)."""
    return post.role == "county" and KINDS[campaign.kind].grouped and not campaign.ended_at


def households_for(kind, division, groups, day):
    """Whom a campaign of ``kind`` would list, with ``why``."""
    rows = Household.objects.within(division).filter(KINDS[kind].households)
    if KINDS[kind].grouped:
        return in_groups(rows, groups, day)
    return rows.annotate(why=Cast(Value("{}"), CampaignLine._meta.get_field("groups")))


@transaction.atomic
def open_campaign(*, kind, since, until, groups=(), by, at):
    """The campaign with its lines. Opened twice at once it is one: the other is refused."""
    division, today = by.division, localdate(at)
    groups = [code for code in groups if code in GROUPS]
    Division.objects.select_for_update().get(pk=division.province_id)  # one opening at a time
    check_opening(kind, since, until, groups, by, at)
    made = Campaign.objects.create(
        kind=kind, division=division, since=since, until=until, groups=groups,
        opened_by=by, opened_at=at,
    )  # fmt: skip
    rows = households_for(kind, division, groups, today).order_by()
    sql, params = rows.values("id", *_PLACES, "why").query.sql_with_params()
    statement = _INSERT.format(places=", ".join(_PLACES), list=sql)
    with connection.cursor() as cursor:
        cursor.execute(statement, [made.pk, *params])
    follow_campaigns(at=at)
    return made


def check_opening(kind, since, until, groups, by, at):
    if not may_open(by):
        raise Refused(_("Campaigns are opened by the county or the province."))
    if until <= localdate(at) or until <= since:
        raise Refused(_("The last day of a campaign lies after today and after its first day."))
    if KINDS[kind].grouped and not groups:
        raise Refused(_("Choose the groups that are looked at."))
    home = by.division
    above = [getattr(home, column) for column in _PLACES if getattr(home, column)]
    inside = Q(**{f"division__{home.level_column}": home.pk})
    other = Campaign.objects.open().filter(Q(division__in=above) | inside, kind=kind).first()
    if other:
        raise Refused(
            _("A campaign of this kind is open already in %(where)s; a household is asked once.")
            % {"where": other.division.name}
        )


@transaction.atomic
def end_campaign(campaign, *, because, by, at):
    """Early, with a reason: what is not answered leaves the list, and nobody is asked any more."""
    if by.division_id != campaign.division_id or not may_open(by):
        raise Refused(_("A campaign is ended by the office that opened it."))
    if not because.strip():
        raise Refused(_("Say why it is ended."))
    check_typed(because)
    held = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if held.ended_at:
        raise Refused(_("It has ended already."))
    held.ended_at, held.because = at, because.strip()
    held.save(update_fields=["ended_at", "because"])
    waiting = CampaignLine.objects.filter(campaign=held, state=LineStep.ANSWER)
    waiting.update(state=LineStep.DROPPED)
    follow_campaigns(at=at)
    return held


@transaction.atomic
def add_households(campaign, *, numbers, words, by, at):
    """A group of its own that a county adds (the list is open, LA 2.2). Returns how many."""
    if not may_add(campaign, by):
        raise Refused(_("Households are added by the county, to an open screening."))
    if not words.strip():
        raise Refused(_("Say which group they are."))
    check_typed(words)
    rows = Household.objects.visible_to(by).within(campaign.division)
    rows = rows.filter(KINDS[campaign.kind].households, number__in=numbers)
    found = {row.number: row for row in rows}
    if missing := [number for number in numbers if number not in found]:
        raise Refused(
            _("No general household of your county has these numbers: %(numbers)s")
            % {"numbers": ", ".join(missing[:10])}
        )
    lines = [
        CampaignLine(
            campaign=campaign, household=home, groups=[OWN], added_by=by, added_at=at,
            added_because=words.strip()[:60],
            **{column: getattr(home, column) for column in _PLACES},
        )
        for home in found.values()
    ]  # fmt: skip
    before = campaign.lines.count()
    CampaignLine.objects.bulk_create(lines, ignore_conflicts=True)
    follow_campaigns(at=at)
    return campaign.lines.count() - before
