"""Payments in the household's history."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from assistance.models import Grant, GrantAct, GrantWhat
from households.timeline import Entry, also_tells

TOLD = (GrantWhat.PAID, GrantWhat.RELIEVED, GrantWhat.REVERSED)


READ = (
    "what", "because", "at", "by__officer__name",
    "grant__amount", "grant__paid_on", "grant__words", "grant__fund__name",
)  # fmt: skip


@also_tells(Grant)
def entries(household, post, limit=None):
    if not post.sees_section(Grant.section):
        return []
    seen = Grant.objects.visible_to(post).filter(household=household)
    acts = GrantAct.objects.filter(grant__in=seen, what__in=TOLD).order_by("-at", "-id")
    acts = acts.select_related("grant__fund", "by__officer").only(*READ)
    return [_told(act) for act in acts[:limit]]


def _told(act):
    grant = act.grant
    said = {"amount": f"{grant.amount:,.2f}", "fund": grant.fund.name}
    if act.what == GrantWhat.REVERSED:
        title = _("Grant paid back: %(amount)s yuan, %(fund)s") % said
    else:
        title = _("Grant paid: %(amount)s yuan, %(fund)s") % said
    return Entry(
        on=localdate(act.at) if act.what == GrantWhat.REVERSED else grant.paid_on,
        at=act.at,
        title=title,
        who=act.by.officer.name,
        words=grant.words,
        because=act.because if act.what == GrantWhat.REVERSED else "",
    )
