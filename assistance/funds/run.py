"""Paying many grants of a fund at once, in the background."""

from hashlib import sha256

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.funds.booking import check_handles
from assistance.funds.paying import pay_each, payable
from assistance.funds.refusals import FundRefusal
from assistance.models import Fund, Grant
from jobs.registry import kind
from jobs.running import ask, report_progress

MOST = 500


@kind("pay_grants", title=gettext_lazy("payment of grants"))
def pay_grants(job):
    """``arguments``: fund, grants (ids). Killed and run again it pays only what is not paid yet."""
    fund = Fund.objects.get(pk=job.arguments["fund"])
    chosen = list(payable(fund).filter(pk__in=job.arguments["grants"]))
    run = pay_each(
        chosen, by=job.asked_by, at=timezone.now(),
        progress=lambda done: report_progress(
            job, done=done, total=len(chosen), stage=_("paying")
        ) if done % 10 == 0 else None,
    )  # fmt: skip
    states = Grant.objects.filter(pk__in=job.arguments["grants"]).order_by()
    counted = dict(states.values_list("state").annotate(Count("id")))
    said = {"paid": counted.get("paid", 0), "left": len(run.refused)}
    return {
        "sentence": _("%(paid)d paid, %(left)d not paid; each says why.") % said,
        "url": f"{reverse('grants')}?fund={fund.pk}&state=approved" if run.refused else
        reverse("fund", args=[fund.pk]),
    }  # fmt: skip


def ask_to_pay(*, fund, grants, by, at):
    """A job for these grants; asked twice while it is open, it is one."""
    check_handles(fund, by)
    ids = sorted({int(pk) for pk in grants})
    if not ids:
        raise FundRefusal(_("Choose the grants that are to be paid."))
    if len(ids) > MOST:
        raise FundRefusal(_("At most %(most)d are paid at once.") % {"most": MOST})
    digest = sha256(repr(ids).encode()).hexdigest()[:16]
    arguments = {"fund": fund.pk, "grants": ids}
    return ask("pay_grants", key=f"{fund.pk} {digest}", arguments=arguments, by=by, at=at)
