"""Money leaves a fund: an approved grant is paid, a payment comes back, many are paid at once."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from assistance.funds.booking import book_back, book_payment, check_handles
from assistance.funds.granting import record, save, taken
from assistance.funds.refusals import FundRefusal
from assistance.funds.urgent import KIND
from assistance.models import EntryKind, Grant, GrantState, GrantWhat
from assistance.spending import Source, ban_on, standing_on
from duties.doing import settle
from duties.models.tasks import GONE


@transaction.atomic
def pay_grant(grant, *, seen_version=None, by, at):
    """Whoever applied does not pay. Raises ``FundRefusal`` when the fund holds less."""
    grant = taken(grant, seen_version)
    check_handles(grant.fund, by)
    if grant.state != GrantState.APPROVED:
        words = {"number": grant.number, "state": grant.get_state_display()}
        raise FundRefusal(_("%(number)s cannot be paid: %(state)s.") % words)
    if persons_behind(by) & persons_behind(grant.applied_by):
        raise FundRefusal(_("You applied for this grant; somebody else pays it."))
    day = localdate(at)
    if ban := ban_on(Source.RELIEF, standing=standing_on(grant.household, day), on=day):
        raise FundRefusal(str(ban))
    book_payment(grant, by=by, at=at)
    grant.state, grant.paid_on = GrantState.PAID, day
    save(grant, "state", "paid_on")
    record(grant, GrantWhat.PAID, by=by, at=at)
    return grant


@transaction.atomic
def reverse_grant(grant, *, because, seen_version, by, at):
    """The money came back, or never arrived. A filing that was still due falls away."""
    grant = taken(grant, seen_version)
    check_handles(grant.fund, by)
    if grant.state != GrantState.PAID:
        raise FundRefusal(_("Only what was paid can be booked back."))
    paid = grant.entries.get(kind=EntryKind.PAYMENT)
    book_back(paid, because=because, by=by, at=at)
    settle(KIND, grant.pk, outcome=GONE, result=because, by=by, at=at)
    grant.state = GrantState.REVERSED
    save(grant, "state")
    record(grant, GrantWhat.REVERSED, because, by=by, at=at)
    return grant


@dataclass
class Run:
    paid: list = field(default_factory=list)
    refused: list = field(default_factory=list)  # pairs (grant, sentence)


def pay_each(grants, *, by, at, progress=lambda done: None):
    """Each for itself: what is refused keeps its sentence in its trail and holds up no other."""
    run = Run()
    for done, grant in enumerate(grants, 1):
        try:
            run.paid.append(pay_grant(grant, by=by, at=at))
        except FundRefusal as refusal:
            run.refused.append((grant, str(refusal)))
            record(grant, GrantWhat.NOT_PAID, str(refusal), by=by, at=at)
        progress(done)
    return run


def payable(fund):
    """In the order in which they were applied for."""
    return Grant.objects.filter(fund=fund, state=GrantState.APPROVED).order_by("id")
