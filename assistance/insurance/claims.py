"""A claim in the village: opened, corrected, its papers and the check of the home, sent on its way.

Until the township has it, whoever in charge of the household may open claims prepares it.
"""

from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Division
from accounts.typed import starred
from assistance.insurance.guards import check_event, guards_of
from assistance.insurance.insured import OUTSIDE_POLICY, policy_on
from assistance.insurance.moving import follow, move, reasoned, record, save, taken
from assistance.insurance.refusals import InsuranceRefusal
from assistance.insurance.reviewing import decides
from assistance.models import (
    ClaimOccasion,
    ClaimPaper,
    ClaimPaperKind,
    ClaimState,
    ClaimWhat,
    InsuranceClaim,
    InsurancePolicy,
)
from households.models import Household

MOST_PAPERS = 20
FACTS = ("member", "peril", "happened_on", "words", "loss", "payee")


@transaction.atomic
def open_claim(
    household, *, peril, happened_on, words, loss, member=None, payee="", event=None,
    occasion=ClaimOccasion.NEED, occasion_words="", client_id=None, by, at,
):  # fmt: skip
    """``(claim, stored now)``: by the policy that holds on the day of the event."""
    if not by.may("open_claim"):
        raise InsuranceRefusal(_("Your post does not open insurance claims."))
    check_sees(household, by)
    if client_id and (stored := InsuranceClaim.objects.filter(client_id=client_id).first()):
        return _same(stored, household)
    claim = InsuranceClaim(
        client_id=client_id or uuid4(), household=household, member=member, peril=peril,
        happened_on=happened_on, words=words.strip(), loss=loss, event=event, occasion=occasion,
        occasion_words=occasion_words[:60], state=ClaimState.PREPARED, opened_by=by, opened_at=at,
        payee=payee.strip() or household.head_name or household.number,
    )  # fmt: skip
    claim.policy = _held_policy(household, happened_on)
    if stored := InsuranceClaim.objects.filter(client_id=claim.client_id).first():
        return _same(stored, household)
    check_event(claim, at)
    claim.number = _next_number(claim.policy, localdate(at).year)
    _store(claim)
    record(claim, ClaimWhat.OPENED, claim.words, by=by, at=at)
    follow(claim, by=by, at=at)
    return claim, True


def check_sees(household, by):
    if not Household.objects.visible_to(by).filter(pk=household.pk).exists():
        raise InsuranceRefusal(_("This household lies outside the division of your post."))


def _same(stored, household):
    if stored.household_id != household.pk:
        raise InsuranceRefusal(_("This claim is already stored for another household."))
    return stored, False


def _held_policy(household, day):
    """The policy of the day, held: numbers and claims for one event come one after another."""
    policy = policy_on(household, day)
    if policy is None:
        raise InsuranceRefusal(str(OUTSIDE_POLICY), "happened_on")
    held = InsurancePolicy.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("division").get(pk=policy.pk)


def _next_number(policy, year):
    # Policies of two years share the county's numbers.
    Division.objects.select_for_update(no_key=True).get(pk=policy.division_id)
    start = f"I-{policy.division.code[:6]}-{year}-"
    given = InsuranceClaim.objects.filter(number__startswith=start).order_by("-id").first()
    return f"{start}{int(given.number.rsplit('-', 1)[1]) + 1 if given else 1:05d}"


def _store(claim):
    """The database has the last word on double claims and numbers."""
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
    except IntegrityError:
        words = _("This event has a claim already; one event is paid once (GZ 4.4.3).")
        raise InsuranceRefusal(words) from None


def check_prepares(claim, by):
    """Whoever may open claims for the household prepares it, while it is not sent on."""
    if not by.may("open_claim"):
        raise InsuranceRefusal(_("Your post does not open insurance claims."))
    check_sees(claim.household, by)
    if claim.state != ClaimState.PREPARED:
        raise InsuranceRefusal(_("This claim is on its way; it is changed only when returned."))


@transaction.atomic
def change_claim(claim, *, seen_version, by, at, **facts):
    """``facts``: of ``FACTS``. Another day may be that of another policy."""
    claim = taken(claim, seen_version)
    check_prepares(claim, by)
    before = {name: plain(getattr(claim, name)) for name in ("policy", *FACTS)}
    for name in FACTS:
        setattr(claim, name, facts.get(name, getattr(claim, name)))
    claim.words = claim.words.strip()
    claim.payee = claim.payee.strip() or claim.household.head_name or claim.household.number
    claim.policy = _held_policy(claim.household, claim.happened_on)
    check_event(claim, at)
    save(claim, "policy", *FACTS)
    after = {name: plain(getattr(claim, name)) for name in before}
    changes = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    record(claim, ClaimWhat.CHANGED, claim.words, changes=changes, by=by, at=at)
    return claim


def plain(value):
    """As JSON has it: days and amounts as text, rows by their id."""
    return str(value) if isinstance(value, date | Decimal) else getattr(value, "pk", value)


@transaction.atomic
def add_claim_paper(claim, *, kind, file, name, digest, by, at):
    """``file`` is a checked one (``households/papers``). The same file twice is one paper."""
    claim = taken(claim)
    check_adds(claim, by)
    kept = claim.papers.filter(removed_at=None)
    if known := kept.filter(digest=digest).first():
        return known, False
    if kept.count() >= MOST_PAPERS:
        raise InsuranceRefusal(_("A claim holds at most %(most)d papers.") % {"most": MOST_PAPERS})
    paper = ClaimPaper.objects.create(
        claim=claim, kind=ClaimPaperKind(kind), file=file, name=starred(name)[:120],
        size=file.size, digest=digest, added_by=by, added_at=at,
    )  # fmt: skip
    record(claim, ClaimWhat.PAPER, f"{paper.get_kind_display()}: {paper.name}", by=by, at=at)
    return paper, True


def adds(claim, post):
    """Who prepares it while it is prepared; the county and the insurer what they decide by."""
    if claim.state == ClaimState.PREPARED:
        return post.may("open_claim")
    if claim.state in (ClaimState.INSURER, ClaimState.ACCEPTED, ClaimState.PAID):
        return decides(claim, post)
    return False


def check_adds(claim, by):
    if not InsuranceClaim.objects.visible_to(by).filter(pk=claim.pk).exists():
        raise InsuranceRefusal(_("This household lies outside the division of your post."))
    if not adds(claim, by):
        raise InsuranceRefusal(_("The claim is not on your desk; you may read it, add nothing."))


@transaction.atomic
def remove_claim_paper(paper, *, because, by, at):
    claim = taken(paper.claim)
    check_adds(claim, by)
    because = reasoned(because, _("Say why the paper is taken out."))
    if paper.added_by.division_id != by.division_id:
        raise InsuranceRefusal(_("A paper is taken out by the office that put it in."))
    if ClaimPaper.objects.filter(pk=paper.pk, removed_at=None).update(removed_at=at):
        record(claim, ClaimWhat.PAPER_OUT, f"{paper.name}: {because}", by=by, at=at)


@transaction.atomic
def check_home(claim, *, on, words, seen_version, by, at):
    """入户核查 (GZ 4.2.2): what was found in the home; done again, the last one counts."""
    claim = taken(claim, seen_version)
    check_prepares(claim, by)
    words = reasoned(words, _("Say what was found in the home."), "words")
    if not claim.happened_on <= on <= localdate(at):
        words = _("The home is checked after the event, and not in the future.")
        raise InsuranceRefusal(words, "on")
    claim.checked_on, claim.checked_by, claim.check_words = on, by, words[:400]
    save(claim, "checked_on", "checked_by", "check_words")
    record(claim, ClaimWhat.CHECKED, words, on=on, by=by, at=at)
    return claim


@transaction.atomic
def submit_claim(claim, *, seen_version, by, at):
    claim = taken(claim, seen_version)
    check_prepares(claim, by)
    if lacking := [guard for guard in guards_of(claim) if guard.state != "ok"]:
        raise InsuranceRefusal(str(lacking[0].sentence))
    move(claim, ClaimState.TOWNSHIP, ClaimWhat.SUBMITTED, by=by, at=at)
    return claim


@transaction.atomic
def withdraw_claim(claim, *, because, seen_version, by, at):
    """By those who may open one for the household, until the insurer has decided."""
    claim = taken(claim, seen_version)
    if not by.may("open_claim"):
        raise InsuranceRefusal(_("Your post does not open insurance claims."))
    check_sees(claim.household, by)
    if not claim.is_open or claim.state == ClaimState.ACCEPTED:
        raise InsuranceRefusal(_("The insurer has decided; this claim is not withdrawn any more."))
    because = reasoned(because, _("Say why it is withdrawn."))
    move(claim, ClaimState.WITHDRAWN, ClaimWhat.WITHDRAWN, because, by=by, at=at)
    return claim
