"""Lists of needs and offers: which views there are, and what waits for whom."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assistance.models import Give, SocialNeed, SocialOffer

MOST = 1000  # counting stops here

NEEDS = {
    "noted": (_("To be published"), lambda rows: rows.filter(state="noted")),
    "open": (pgettext_lazy("needs", "Published"), lambda rows: rows.filter(state="open")),
    "met": (pgettext_lazy("needs", "Met"), lambda rows: rows.filter(state="met")),
    "closed": (pgettext_lazy("needs", "Closed"), lambda rows: rows.filter(state="closed")),
}
OFFERS = {
    "received": (_("To be checked"), lambda rows: rows.filter(state="received")),
    "open": (pgettext_lazy("offers", "Checked"), lambda rows: rows.filter(state="open")),
    "used": (pgettext_lazy("offers", "Delivered"), lambda rows: rows.filter(state="used")),
    "over": (
        pgettext_lazy("offers", "Refused or closed"),
        lambda rows: rows.filter(state__in=["refused", "closed", "lapsed"]),
    ),
}


class Filters:
    """What the address asks for. What it does not know counts as not asked."""

    def __init__(self, params, views, rows, default):
        self.views = views
        self.state = params.get("state") if params.get("state") in views else default
        self.kind = params.get("kind") if params.get("kind") in Give else ""
        self.all = rows.filter(kind=self.kind) if self.kind else rows

    def rows(self):
        return self.views[self.state][1](self.all)

    def chips(self):
        for name, (words, narrow) in self.views.items():
            found = narrow(self.all).order_by()[:MOST].count()
            count = f"{MOST - 1}+" if found == MOST else found
            yield {"name": name, "words": words, "count": count, "current": name == self.state}


def waiting_for(post):
    """What the menu counts: needs to be published by the post."""
    if not post.may("match_offers"):
        return SocialNeed.objects.none()
    return SocialNeed.objects.visible_to(post).to_publish()


def offers_waiting_for(post):
    if not post.may("match_offers"):
        return SocialOffer.objects.none()
    return SocialOffer.objects.visible_to(post).to_check()


def fitting_offers(need, post):
    """Checked offers of the same kind that the post may match, those made for this need first."""
    if not post.may("match_offers"):
        return []
    rows = SocialOffer.objects.visible_to(post).filter(kind=need.kind, state="open")
    rows = [row for row in rows.select_related("division") if row.left > 0]
    return sorted(rows, key=lambda row: (row.need_id != need.pk, row.pk))[:20]


def fitting_needs(offer, post):
    rows = SocialNeed.objects.visible_to(post).public().filter(kind=offer.kind)
    rows = rows.select_related("household__township", "household__village")
    rows = [row for row in rows.order_by("published_at") if row.left > 0]
    return sorted(rows, key=lambda row: (offer.need_id != row.pk, row.published_at))[:20]
