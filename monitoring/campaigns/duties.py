"""One task for a desk and campaign, not one for a household: the village's, and what it passed on.

They follow the lines: opened while lines wait there, ended when the last one is answered. The
deadline is the campaign's; late ones climb as every task does.
"""

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from duties.following import follow_rows
from duties.kinds import Kind, add_kind
from monitoring.campaigns.kinds import KINDS as CAMPAIGNS
from monitoring.models import LineStep

# Kind of task -> (state of its lines, column of the desk, role).
DESKS = {
    "campaign": (LineStep.ANSWER, "village_id", "village"),
    "campaign_look": (LineStep.LOOK, "township_id", "township"),
    "campaign_confirm": (LineStep.CONFIRM, "county_id", "county"),
}
TODO = {
    "campaign": _("Answer for each household; a screen of them at a time."),
    "campaign_look": _("Look through the exceptions that villages passed on."),
    "campaign_confirm": _("Confirm or return what is to be corrected in the register."),
}
WORDS = {
    "campaign": _("campaign"),
    "campaign_look": _("exceptions of a campaign"),
    "campaign_confirm": _("corrections of a campaign"),
}

_WAITING = """
SELECT campaign_id || '-' || {desk} AS key, NULL::bigint AS household_id, {desk} AS at_id,
  %s::varchar AS role,
  jsonb_build_object('campaign', campaign_id, 'kind', kind, 'lines', count(*)) AS figures
FROM monitoring_campaignline line JOIN monitoring_campaign campaign ON campaign.id = campaign_id
WHERE state = %s AND ended_at IS NULL AND {desk} IS NOT NULL GROUP BY campaign_id, kind, {desk}
"""
# What was opened a moment ago is due with the campaign, unless that leaves less than five days.
_DUE = """
UPDATE duties_task SET due_on = campaign.until FROM monitoring_campaign campaign
WHERE duties_task.kind = ANY(%s) AND duties_task.ended_at IS NULL AND duties_task.opened_at = %s
  AND campaign.id = (figures->>'campaign')::bigint AND duties_task.due_on < campaign.until
"""


def _told(task):
    words = ngettext(
        "%(kind)s: %(lines)d household waits.",
        "%(kind)s: %(lines)d households wait.",
        task.figures["lines"],
    )
    kind = CAMPAIGNS[task.figures["kind"]].words
    return words % {"kind": kind, "lines": task.figures["lines"]}


for code, (_state, _column, role) in DESKS.items():
    add_kind(
        code,
        Kind(
            words=WORDS[code],
            todo=TODO[code],
            clause="AH 2.1, 2.2, 4.1.1; LA 2.2",
            role=role,
            days=5,
            follows=True,
            page=lambda task: reverse("campaign_lines", args=[task.figures["campaign"]]),
            told=_told,
        ),
    )


def follow_campaigns(*, at):
    """Run twice, late or killed half-way it comes to the same."""
    for code, (state, column, role) in DESKS.items():
        follow_rows(code, _WAITING.format(desk=column), [role, state.value], at=at)
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [list(DESKS), at])
