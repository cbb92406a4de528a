"""The list of claims: which views there are, and how it is narrowed."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assistance.models import InsuranceClaim, InsurancePolicy, Peril
from assistance.models.insurance import OVER, ClaimState

MOST = 1000  # counting stops here

VIEWS = {
    "mine": (_("On my desk"), lambda rows, post: rows.waiting_for(post)),
    "prepared": (
        _("Being prepared"),
        lambda rows, post: rows.filter(state=ClaimState.PREPARED),
    ),
    "reviewed": (
        _("In review"),
        lambda rows, post: rows.filter(state__in=[ClaimState.TOWNSHIP, ClaimState.COUNTY]),
    ),
    "insurer": (_("With the insurer"), lambda rows, post: rows.filter(state=ClaimState.INSURER)),
    "accepted": (
        _("Accepted, not paid"),
        lambda rows, post: rows.filter(state=ClaimState.ACCEPTED),
    ),
    "paid": (
        pgettext_lazy("insurance claims", "Paid out"),
        lambda rows, post: rows.filter(state=ClaimState.PAID),
    ),
    "over": (_("Refused or withdrawn"), lambda rows, post: rows.filter(state__in=OVER)),
    "all": (_("All claims"), lambda rows, post: rows),
}


def has_desk(post):
    return any(post.may(act) for act in ("open_claim", "review_claim", "decide_claim"))


def views_of(post):
    views = [name for name in VIEWS if name != "mine" or has_desk(post)]
    if post.role_row.sees == "line":  # sees what was sent to the insurer
        views = [name for name in views if name not in ("prepared", "reviewed")]
    return views


class Filters:
    """What the address asks for. What it does not know counts as not asked."""

    def __init__(self, params, post, rows):
        self.post, views = post, views_of(post)
        self.state = params.get("state") if params.get("state") in views else views[0]
        self.peril = params.get("peril") if params.get("peril") in Peril else ""
        policy = params.get("policy", "")
        whole = policy.isascii() and policy.isdecimal() and len(policy) < 18
        policies = InsurancePolicy.objects.visible_to(post)
        self.policy = policies.filter(pk=policy).first() if whole else None
        if self.peril:
            rows = rows.filter(peril=self.peril)
        if self.policy:
            rows = rows.filter(policy=self.policy)
        self.all = rows

    def rows(self):
        return VIEWS[self.state][1](self.all, self.post)

    def chips(self):
        for name in views_of(self.post):
            words, narrow = VIEWS[name]
            found = narrow(self.all, self.post).order_by()[:MOST].count()
            count = f"{MOST - 1}+" if found == MOST else found
            yield {"name": name, "words": words, "count": count, "current": name == self.state}


def waiting_for(post):
    """What the menu counts."""
    return InsuranceClaim.objects.visible_to(post).waiting_for(post)
