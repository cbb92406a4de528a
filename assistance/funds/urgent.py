"""Relief first, filed afterwards 直接救助、后置备案 (AH 5.5).

For 低保 and registered households in sudden, pressing, temporary need; edge households by default.
Until it is filed it stands on the list of tasks, and the level above is told when it is late.
"""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models.divisions import Level
from assistance.funds.booking import book_payment, check_handles
from assistance.funds.granting import draft, record, same, save, take_part, taken
from assistance.funds.limits import limits_on
from assistance.funds.refusals import FundRefusal
from assistance.models import Grant, GrantState, GrantWhat, Occasion
from duties.doing import open_task, settle
from households.models import Member
from households.models.choices import Status

KIND = "relief_filing"
FILED = "filed"
REGISTERED = {Status.POOR, Status.EXITED, Status.RETURNED, Status.NEWLY_POOR}
BY_DEFAULT = {Status.EDGE, Status.SUDDEN}


def may_be_relieved(household):
    if household.status in REGISTERED | BY_DEFAULT:
        return True
    members = Member.objects.filter(household=household).living_there()
    return members.filter(low_income_allowance=True).exists()


@transaction.atomic
def relieve_at_once(
    household, *, fund, amount, need, words, payee="", bank_name="", bank_account="",
    client_id=None, by, at,
):  # fmt: skip
    """``(grant, stored now)``: paid, and a task to file it. By whoever keeps the fund."""
    check_handles(fund, by)
    if client_id and (stored := Grant.objects.filter(client_id=client_id).first()):
        return same(stored, household)
    limits = limits_on(localdate(at), household.county)
    if amount > limits["urgent_grant"]:
        words = _("At most %(most)s yuan are given at once; apply for a grant instead (AH 5.5).")
        raise FundRefusal(words % {"most": f"{limits['urgent_grant']:,.0f}"}, "amount")
    if not may_be_relieved(household):
        raise FundRefusal(
            _(
                "Relief at once is for registered and edge households and those with subsistence"
                " allowance; apply for a grant instead (AH 5.5)."
            )
        )
    grant = draft(
        household, fund=fund, amount=amount, need=need, words=words, payee=payee,
        bank_name=bank_name, bank_account=bank_account, measure=None, occasion=Occasion.NEED,
        occasion_words="", client_id=client_id, by=by, at=at,
    )  # fmt: skip
    grant.urgent, grant.state, grant.paid_on = True, GrantState.PAID, localdate(at)
    grant.save(force_insert=True)
    book_payment(grant, by=by, at=at)
    take_part(grant, by, None)
    record(grant, GrantWhat.RELIEVED, words, by=by, at=at)
    open_task(
        KIND, key=grant.pk, at_division=by.division, role=desk_of(by), household=household,
        figures={"number": grant.number}, days=int(limits["filing_days"]), by=by, at=at,
    )  # fmt: skip
    return grant, True


def desk_of(post):
    return "county" if post.division.level == Level.COUNTY else "township"


@transaction.atomic
def file_relief(grant, *, paper, words="", seen_version, by, at):
    grant = taken(grant, seen_version)
    check_handles(grant.fund, by)
    if not grant.is_unfiled:
        raise FundRefusal(_("This grant waits for no filing."))
    if not paper.strip():
        raise FundRefusal(_("Give the number of the filing."), "paper")
    grant.filed_at, grant.filing_paper = at, paper.strip()
    save(grant, "filed_at", "filing_paper")
    settle(KIND, grant.pk, outcome=FILED, result=grant.filing_paper, by=by, at=at)
    record(grant, GrantWhat.FILED, f"{grant.filing_paper} {words}".strip(), by=by, at=at)
    return grant
