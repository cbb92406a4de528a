"""When the tier of a household was last divided (LA 2.1.2), and whether a round is at it."""

from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from households.models import Household
from monitoring.models import Case, State, TierLine
from monitoring.models.rounds import UNDER_WAY, LineState


def tiers_filed_on(households):
    """Household id -> the day on which its tier was last filed; without those never filed.

    By a case of its own, or with a round.
    """
    cases = Case.objects.filter(household__in=households, procedure="tier", state=State.DONE)
    lines = TierLine.objects.filter(household__in=households, state=LineState.DONE)
    filed = {}
    for rows, moment in ((cases, "ended_at"), (lines, "filed_at")):
        for household, at in rows.order_by().values_list("household").annotate(Max(moment)):
            filed[household] = max(localdate(at), filed.get(household, localdate(at)))
    return filed


def check_no_line_under_way(household):
    """A single case waits until the round's line is filed or returned (domain.md 4: one at a time).

    Holds the household until the transaction ends, as suggesting in a round does.
    """
    Household.objects.select_for_update().get(pk=household.pk)
    if household.tier_lines.filter(state__in=UNDER_WAY).exists():
        raise Refused(
            _(
                "The half-yearly round is at this household: a tier was suggested for it already. "
                "Have it returned, or wait until it is filed."
            )
        )
