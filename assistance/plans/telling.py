"""What the household's history says of its plans."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from assistance.models import AssistancePlan, PlanAct, PlanWhat
from households.timeline import Entry, also_tells

TOLD = (PlanWhat.SUBMITTED, PlanWhat.RETURNED, PlanWhat.APPROVED)


@also_tells(AssistancePlan)
def entries(household, post, limit=None):
    if not post.sees_section("history"):
        return []
    acts = PlanAct.objects.filter(plan__household=household, what__in=TOLD)
    acts = acts.select_related("plan", "by__officer").order_by("-at", "-id")
    acts = acts.only("what", "because", "at", "by__officer__name", "plan__number")[:limit]
    return [
        Entry(
            on=localdate(act.at),
            at=act.at,
            title=_("%(plan)s: %(act)s") % {"plan": act.plan, "act": act.get_what_display()},
            who=act.by.officer.name,
            words=act.because,
        )
        for act in acts
    ]
