"""Budgets by year, division and source, beside what was spent of them."""

from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from assistance.funds.refusals import FundRefusal
from assistance.models import BudgetLine, Entry, EntryKind, Measure, Result
from assistance.spending import Source

LOCK_SPACE = 0x627564  # of this table's advisory locks


@transaction.atomic
def enter_budget(*, year, source, amount, paper, words="", by, at):
    """Adds to the budget of the post's own division, or takes back what it holds at most."""
    if not by.may("set_budget"):
        raise FundRefusal(_("Your post enters no budgets."))
    if source == Source.RELIEF or source not in Source:
        raise FundRefusal(_("Say where the money comes from."), "source")
    if not amount:
        raise FundRefusal(_("Enter an amount."), "amount")
    if not paper.strip():
        raise FundRefusal(_("Give the number of the paper."), "paper")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, by.division_id])
    lines = BudgetLine.objects.filter(division=by.division, year=year, source=source)
    held = lines.aggregate(held=Sum("amount"))["held"] or Decimal(0)
    if held + amount < 0:
        words = _("This budget holds %(held)s yuan; no more can be taken back.")
        raise FundRefusal(words % {"held": f"{held:,.2f}"}, "amount")
    return BudgetLine.objects.create(
        division=by.division, year=year, source=source, amount=amount, paper=paper.strip(),
        words=words.strip(), entered_by=by, entered_at=at,
    )  # fmt: skip


def budget_of(division, year, post):
    """Rows of source, budget, spent and left. Spent: the measures in the division that began in the
    year, those that name no source too. The last row is that of the relief funds: deposits, and
    what was paid and not paid back.
    """
    within, days = {"year": year}, (date(year, 1, 1), date(year, 12, 31))
    lines = BudgetLine.objects.visible_to(post).within(division).filter(**within)
    budgets = dict(lines.order_by().values_list("source").annotate(Sum("amount")))
    measures = Measure.objects.visible_to(post).within(division)
    measures = measures.filter(started_on__range=days, amount__gt=0)
    # An insurance payout is the insurer's money.
    measures = measures.exclude(result=Result.MISTAKE).filter(claim=None).order_by()
    spent = dict(measures.values_list("source").annotate(Sum("amount")))
    rows = [
        _row(source.label, budgets.get(source), spent.get(source))
        for source in Source
        if source != Source.RELIEF and (source in budgets or source in spent)
    ]
    if "" in spent:
        rows.append(_row(_("source not named"), None, spent[""]))
    entries = Entry.objects.visible_to(post).within(division).filter(on__range=days)
    booked = entries.order_by().aggregate(
        given=Sum("amount", filter=Q(kind=EntryKind.DEPOSIT)),
        given_back=Sum("amount", filter=Q(reverses__kind=EntryKind.DEPOSIT)),
        paid=Sum("amount", filter=Q(kind=EntryKind.PAYMENT)),
        paid_back=Sum("amount", filter=Q(reverses__kind=EntryKind.PAYMENT)),
    )
    got = {name: value or Decimal(0) for name, value in booked.items()}
    given, paid = got["given"] - got["given_back"], got["paid"] - got["paid_back"]
    return [*rows, _row(_("relief funds: deposits and grants"), given, paid)]


def _row(words, budget, spent):
    budget, spent = budget or Decimal(0), spent or Decimal(0)
    share = round(100 * spent / budget) if budget > 0 else None
    row = {"words": words, "budget": budget, "spent": spent, "left": budget - spent}
    return row | {"share": share}
