"""The list of grants: which views there are, how it is narrowed, and how each fund stands."""

from datetime import date

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from assistance.models import Entry, EntryKind, Fund, Grant, GrantState, Need

MOST = 1000  # counting stops here
INWARD = Q(kind=EntryKind.DEPOSIT) | Q(kind=EntryKind.TRANSFER, to_account__kind="cash")
OUTWARD = Q(kind=EntryKind.PAYMENT) | Q(kind=EntryKind.TRANSFER, from_account__kind="cash")

VIEWS = {
    "mine": (_("To be signed by me"), lambda rows, post: rows.to_sign_by(post)),
    "applied": (_("Wait for signatures"), lambda rows, post: rows.filter(state="applied")),
    "approved": (_("Approved, not paid"), lambda rows, post: rows.filter(state="approved")),
    "unfiled": (_("Given at once, not filed"), lambda rows, post: rows.unfiled()),
    "paid": (_("Paid"), lambda rows, post: rows.filter(state="paid")),
    "over": (
        _("Refused, withdrawn, paid back"),
        lambda rows, post: rows.filter(state__in=["refused", "withdrawn", "reversed"]),
    ),
}


def views_of(post):
    return [name for name in VIEWS if name != "mine" or post.may("sign_grant")]


class Filters:
    """What the address asks for. What it does not know counts as not asked."""

    def __init__(self, params, post, rows):
        self.post, views = post, views_of(post)
        self.need = params.get("need") if params.get("need") in Need else ""
        fund = params.get("fund", "")
        whole = fund.isascii() and fund.isdecimal() and len(fund) < 18
        self.fund = Fund.objects.visible_to(post).filter(pk=fund).first() if whole else None
        if self.need:
            rows = rows.filter(need=self.need)
        if self.fund:
            rows = rows.filter(fund=self.fund)
        self.all = rows
        asked = params.get("state", "")
        self.state = asked if asked in views else self._waiting(views)

    def _waiting(self, views):
        """The first view in which something waits for the post, as the menu counts it."""
        mine = [name for name in ("mine", "approved", "unfiled") if name in views]
        if not self.post.may("handle_funds"):
            mine = mine[:1] if mine[0] == "mine" else []
        waiting = (name for name in mine if VIEWS[name][1](self.all, self.post).exists())
        return next(waiting, views[0])

    def rows(self):
        return VIEWS[self.state][1](self.all, self.post)

    def chips(self):
        for name in views_of(self.post):
            words, narrow = VIEWS[name]
            found = narrow(self.all, self.post).order_by()[:MOST].count()
            count = f"{MOST - 1}+" if found == MOST else found
            yield {"name": name, "words": words, "count": count, "current": name == self.state}


def with_figures(funds, today):
    """Gives each fund what came in and went out this year, and what waits."""
    year = Entry.objects.filter(fund__in=funds, on__gte=date(today.year, 1, 1)).order_by()
    booked = {
        row["fund"]: row
        for row in year.values("fund").annotate(
            given=Sum("amount", filter=INWARD),
            given_back=Sum("amount", filter=Q(reverses__kind=EntryKind.DEPOSIT)),
            paid=Sum("amount", filter=OUTWARD),
            paid_back=Sum("amount", filter=Q(reverses__kind=EntryKind.PAYMENT)),
        )
    }
    waits = Grant.objects.filter(fund__in=funds).order_by().values("fund")
    waiting = {
        row["fund"]: row
        for row in waits.annotate(
            approved=Count("id", filter=Q(state=GrantState.APPROVED)),
            approved_sum=Sum("amount", filter=Q(state=GrantState.APPROVED)),
            unfiled=Count("id", filter=Q(urgent=True, state=GrantState.PAID, filed_at=None)),
        )
    }
    for fund in funds:
        row, wait = booked.get(fund.pk, {}), waiting.get(fund.pk, {})
        fund.came = (row.get("given") or 0) - (row.get("given_back") or 0)
        fund.went = (row.get("paid") or 0) - (row.get("paid_back") or 0)
        fund.approved, fund.unfiled = wait.get("approved", 0), wait.get("unfiled", 0)
        fund.approved_sum = wait.get("approved_sum") or 0
    return funds


def waiting_for(post):
    """What the menu counts: to be signed, paid or filed by the post."""
    rows = Grant.objects.visible_to(post)
    mine = Q(pk__in=rows.to_sign_by(post).order_by().values("pk"))
    if post.may("handle_funds"):
        kept = Fund.objects.visible_to(post)
        unfiled = Q(urgent=True, state=GrantState.PAID, filed_at=None)
        mine |= Q(fund__in=kept) & (Q(state=GrantState.APPROVED) | unfiled)
    return rows.filter(mine)
