"""Pages of claims: the list, one with its conditions, papers and trail, a new one, its papers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import narrowed
from accounts.refusals import Refused
from assistance.insurance import claims
from assistance.insurance.asking import need_insurance, visible_claim
from assistance.insurance.forms import ChangeClaimForm, ClaimForm, ClaimPaperForm, TakeBackForm
from assistance.insurance.guards import guards_of
from assistance.insurance.insured import policy_on, range_refusal
from assistance.insurance.lists import Filters
from assistance.insurance.occasions import events_to_claim, occasion_of
from assistance.insurance.refusals import InsuranceRefusal
from assistance.insurance.reviewing import decides, turn_refusal
from assistance.insurance.steps import steps_of
from assistance.models import ClaimPaper, ClaimState, InsuranceClaim, Peril
from assistance.views.funds_asking import asked, sent
from duties.models import Task
from households.lists import places_for
from households.models import Household
from households.papers.answering import answer_with
from households.papers.files import checked_paper
from households.views.household import visible_household


@post_required()
def list_of_claims(request):
    need_insurance(request.post)
    post = request.post
    rows = InsuranceClaim.objects.visible_to(post)
    rows, place = narrowed(rows, post, request.GET.get("division"))
    filters = Filters(request.GET, post, rows)
    shown = filters.rows().select_related("policy", "household__village", "household__township")
    context = {
        "page": page_of(shown, request.GET, order=("-id",)),
        "filters": filters,
        "chips": filters.chips(),
        "perils": Peril.choices,
        "places": places_for(post, place),
    }
    return render(request, "assistance/insurance/claims.html", context)


@post_required()
def claim(request, pk):
    found = visible_claim(request, pk)
    post = request.post
    acts = list(found.acts.select_related("by__officer", "by__division", "by__deputy_of__officer"))
    open_task = Task.objects.open().filter(kind__startswith="claim_", key=str(pk)).first()
    papers = found.papers.select_related("added_by__officer", "added_by__division")
    home = found.household
    prepares = found.state == ClaimState.PREPARED and post.may("open_claim")
    its_turn = not turn_refusal(found, post)
    with_insurer = decides(found, post) and found.state == ClaimState.INSURER
    context = {
        "claim": found,
        "household": home,
        "may_open_household": Household.objects.visible_to(post).filter(pk=home.pk).exists(),
        "acts": acts,
        "steps": steps_of(found, acts),
        "task": open_task,
        "papers": papers.filter(removed_at=None),
        "guards": guards_of(found) if found.is_open else [],
        "prepares": prepares,
        "reviews": its_turn,
        "returns": its_turn or with_insurer,
        "refuses": with_insurer or (its_turn and found.state == ClaimState.COUNTY),
        "accepts": with_insurer,
        "pays": decides(found, post) and found.state == ClaimState.ACCEPTED,
        "takes_back": decides(found, post) and found.state in (ClaimState.ACCEPTED, "paid"),
        "adds": claims.adds(found, post),
        "may_withdraw": post.may("open_claim")
        and found.is_open
        and found.state != ClaimState.ACCEPTED,
    }
    return render(request, "assistance/insurance/claim.html", context)


@post_required("open_claim")
def new(request, pk):
    household = visible_household(request, pk)
    said, known = occasion_of(request.GET, household, request.post)
    form = ClaimForm(sent(request), household=household, post=request.post, initial=known)
    home = {"head": household.head_name or household.number, "place": household.village.name}
    words = {"act": _("Open the claim"), "back": reverse("household_measures", args=[pk])}
    words["title"] = _("Insurance claim: %(head)s, %(place)s") % home
    words["text"] = _(
        "The policy of the day of the event counts. Papers and the check of the home follow, then"
        " the township reviews (GZ 4.4.3, 4.2.2)."
    )
    words["warning"] = _warning(household)

    def act(**facts):
        by, at = request.post, timezone.now()
        made, _new = claims.open_claim(household, **facts, **said, by=by, at=at)
        messages.success(request, _("Claim %(number)s is opened.") % {"number": made.number})
        return redirect("claim", made.pk)

    words["events"] = [] if said.get("event") else events_to_claim(household, request.post)
    return asked(request, form, act, words, "assistance/insurance/new.html")


def _warning(household):
    """What may be said before anything is typed."""
    today = timezone.localdate()
    if policy_on(household, today) is None:
        return _("The county has no policy that holds today. An earlier event may be insured.")
    return range_refusal(household, today)


@post_required("open_claim")
def change(request, pk):
    found = visible_claim(request, pk)
    known = {name: getattr(found, name) for name in claims.FACTS}
    known |= {"member": found.member_id, "version": found.version}
    given = {"household": found.household, "post": request.post, "initial": known}
    form = ChangeClaimForm(sent(request), **given)

    def act(**facts):
        claims.change_claim(found, **facts, by=request.post, at=timezone.now())
        messages.success(request, _("The claim was changed; what it was is kept."))
        return redirect("claim", found.pk)

    words = {"title": _("Change the claim"), "act": _("Change the claim")}
    words["text"] = f"{found.number} {found.household.head_name}"
    return asked(request, form, act, words | {"back": reverse("claim", args=[pk])})


@post_required()
def add_paper(request, pk):
    found = visible_claim(request, pk)
    if not claims.adds(found, request.post):
        raise PermissionDenied
    form = ClaimPaperForm(sent(request), request.FILES or None)

    def act(kind, file):
        try:
            kept, name, digest = checked_paper(file)
        except Refused as refusal:
            raise InsuranceRefusal(str(refusal), "file") from None
        given = {"kind": kind, "file": kept, "name": name, "digest": digest}
        _paper, new = claims.add_claim_paper(found, **given, by=request.post, at=timezone.now())
        messages.success(request, _("The paper is added.") if new else _("It was there already."))
        return redirect(_papers_of(found))

    words = {"title": _("Add a paper"), "act": _("Add the paper")}
    words["text"] = f"{found.number} {found.household.head_name}"
    return asked(request, form, act, words | {"back": _papers_of(found)})


def _papers_of(found):
    return reverse("claim", args=[found.pk]) + "#papers"


def _visible_paper(request, pk):
    need_insurance(request.post)
    rows = ClaimPaper.objects.visible_to(request.post)
    if request.post.role != "auditor":
        rows = rows.filter(removed_at=None)
    return get_object_or_404(rows.select_related("claim__household", "added_by"), pk=pk)


@post_required()
def paper(request, pk):
    found = _visible_paper(request, pk)
    return answer_with(found)


@post_required()
def take_out_paper(request, pk):
    found = _visible_paper(request, pk)
    if not claims.adds(found.claim, request.post):
        raise PermissionDenied

    def act(because):
        claims.remove_claim_paper(found, because=because, by=request.post, at=timezone.now())
        messages.success(request, _("“%(name)s” is taken out.") % {"name": found.name})
        return redirect(_papers_of(found.claim))

    words = {"title": _("Take out a paper"), "act": _("Take out the paper")}
    text = _("“%(name)s” stays on record, and nobody but auditors can open it any more.")
    words |= {"text": text % {"name": found.name}, "back": _papers_of(found.claim)}
    return asked(request, TakeBackForm(sent(request)), act, words)
