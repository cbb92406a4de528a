"""A fund is closed: with nothing in it, or with what is in it passed on to its successor, and
nothing still waiting (decision 70). A closed fund accepts nothing more; its books stay."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistance.funds.booking import account_of, check_handles, move
from assistance.funds.refusals import FundRefusal, Late
from assistance.models import Account, AccountKind, EntryKind, Fund, Grant
from assistance.spending import Source


def successors_of(fund):
    """The open funds that may take over what is in it: of its county."""
    county = fund.division.county_id
    rows = Fund.objects.open().filter(division__county=county).exclude(pk=fund.pk)
    return rows.select_related("division").order_by("division__level", "division__code")


@transaction.atomic
def close_fund(fund, *, because, paper="", successor=None, by, at):
    """``paper``: number of the decision. Of two who close it at once one is told."""
    check_handles(fund, by)
    if not because.strip():
        raise FundRefusal(_("Say why the fund is closed."), "because")
    if successor and not successors_of(fund).filter(pk=successor.pk).exists():
        raise FundRefusal(_("The successor is an open fund of the same county."), "successor")
    pair = [fund.pk, successor.pk] if successor else [fund.pk]
    held = Fund.objects.select_for_update(no_key=True).order_by("pk").filter(pk__in=pair)
    held = {row.pk: row for row in held}
    fund, successor = held[fund.pk], successor and held[successor.pk]
    if fund.closed_on:
        raise Late(_("Somebody was first: this fund is closed."))
    if successor and successor.closed_on:
        raise FundRefusal(_("The successor has been closed meanwhile."), "successor")
    _check_nothing_waits(fund)
    _pass_on(fund, successor, paper, by, at)
    fund.closed_on, fund.closed_at, fund.closed_by = localdate(at), at, by
    fund.closed_because, fund.closed_paper = because.strip(), paper.strip()
    fund.successor = successor
    fund.save(update_fields=["closed_on", "closed_at", "closed_by", "closed_because",
                             "closed_paper", "successor"])  # fmt: skip
    return fund


def _check_nothing_waits(fund):
    rows = Grant.objects.filter(fund=fund)
    waiting = rows.filter(state__in=["applied", "approved"]).count() + rows.unfiled().count()
    if waiting:
        raise FundRefusal(
            ngettext(
                "%(count)d grant of this fund still waits to be signed, paid or filed. End it"
                " first.",
                "%(count)d grants of this fund still wait to be signed, paid or filed. End them"
                " first.",
                waiting,
            ) % {"count": waiting}
        )  # fmt: skip


def _pass_on(fund, successor, paper, by, at):
    """Out of the one and into the other, under both locks: nothing is lost between them."""
    cash = account_of(fund, AccountKind.CASH)
    if not cash.balance:
        return
    if successor is None:
        words = _("%(amount)s yuan are in the fund. Name the fund that takes them over.")
        raise FundRefusal(words % {"amount": f"{cash.balance:,.2f}"}, "successor")
    if not paper.strip():
        raise FundRefusal(_("Enter the number of the decision that passes the money on."), "paper")
    amount, said = cash.balance, {"on": localdate(at), "paper": paper.strip(), "by": by, "at": at}
    passed, _new = Account.objects.get_or_create(fund=fund, kind=AccountKind.PASSED)
    given, _new = Account.objects.get_or_create(
        fund=successor, kind=AccountKind.GIVEN, source=Source.RELIEF
    )
    words = successor.name
    move(fund, EntryKind.TRANSFER, cash, passed, amount, words=words, **said)
    into = account_of(successor, AccountKind.CASH)
    move(successor, EntryKind.TRANSFER, given, into, amount, donor=fund.name, **said)
