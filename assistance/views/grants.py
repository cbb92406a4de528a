"""Pages of grants: the list, one with its steps and trail, a new one, relief at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.deputies import persons_behind
from accounts.entry import post_required
from accounts.models.divisions import Level
from accounts.paging import page_of
from accounts.places import narrowed
from accounts.views.revealing import reveal_page
from assistance.funds.booking import handles
from assistance.funds.forms import ReliefForm
from assistance.funds.granting import apply_for_grant, chain_of, funds_for, turn_refusal
from assistance.funds.limits import limits_on
from assistance.funds.lists import Filters
from assistance.funds.urgent import may_be_relieved, relieve_at_once
from assistance.models import Grant, GrantState, GrantWhat, Measure, Need, Occasion
from assistance.views.funds_asking import asked, sent
from assistance.views.measures import need_measures
from duties.models import Task
from households.lists import places_for
from households.views.household import visible_household

PARTS = ("fund", "measure", "household__village", "applied_by__officer", "applied_by__division")


@post_required()
def grants(request):
    need_measures(request.post)
    post = request.post
    rows, place = narrowed(Grant.objects.visible_to(post), post, request.GET.get("division"))
    filters = Filters(request.GET, post, rows)
    shown = filters.rows().select_related("fund", "household__village", "household__township")
    context = {
        "page": page_of(shown, request.GET, order=("-id",)),
        "filters": filters,
        "chips": filters.chips(),
        "needs": Need.choices,
        "places": places_for(post, place),
    }
    return render(request, "assistance/funds/grants.html", context)


def visible_grant(request, pk):
    need_measures(request.post)
    rows = Grant.objects.visible_to(request.post).select_related(*PARTS)
    return get_object_or_404(rows, pk=pk)


@post_required()
def grant(request, pk):
    found = visible_grant(request, pk)
    acts = found.acts.select_related("by__officer", "by__division", "by__deputy_of__officer")
    keeps = handles(request.post, found.fund)
    task = Task.objects.open().filter(kind="relief_filing", key=str(pk)).first()
    context = {
        "grant": found,
        "household": found.household,
        "acts": list(acts),
        "steps": _steps(found, list(acts)),
        "task": task,
        "may_sign": not turn_refusal(found, request.post),
        "may_pay": keeps and found.state == GrantState.APPROVED,
        "may_file": keeps and found.is_unfiled,
        "may_book_back": keeps and found.state == GrantState.PAID,
        "may_withdraw": found.state in (GrantState.APPLIED, GrantState.APPROVED)
        and persons_behind(request.post) & persons_behind(found.applied_by),
        "reads_fund": request.post.may("read_funds")
        and request.post.division.contains(found.fund.division),
    }
    return render(request, "assistance/funds/grant.html", context)


def _steps(found, acts):
    """Applied for, signed level by level, paid; relief at once is paid first and filed then."""
    if found.urgent:
        words = _("filed afterwards") if found.filed_at else _("to be filed")
        filed = {"name": words, "state": "done" if found.filed_at else "now"}
        if found.state == GrantState.REVERSED:
            filed["state"] = ""
        return [{"name": _("paid at once"), "state": "done", "note": _who(acts[:1])}, filed]
    signed = [act for act in acts if act.what == GrantWhat.SIGNED]
    steps = [{"name": _("applied for"), "state": "done", "note": _who(acts[:1])}]
    for at, level in enumerate(chain_of(found)):
        state = "done" if at < len(signed) else ""
        if found.waiting_level == level:
            state = "now"
        name = _("%(level)s signs") % {"level": Level(level).label}
        steps.append({"name": name, "state": state, "note": _who(signed[at : at + 1])})
    paid = [act for act in acts if act.what == GrantWhat.PAID]
    state = "done" if paid else "now" if found.state == GrantState.APPROVED else ""
    return [*steps, {"name": _("paid"), "state": state, "note": _who(paid)}]


def _who(acts):
    return acts[0].by.signature if acts else ""


@sensitive_post_parameters("bank_account")
@post_required("propose_grant")
def new(request, pk):
    household = visible_household(request, pk)
    need_measures(request.post)
    measure = _measure(request, household)
    occasion = request.GET.get("from", "")
    occasion = occasion if occasion in Occasion else Occasion.NEED
    said = {"measure": measure, "occasion": Occasion.MEASURE if measure else occasion}
    about = request.GET.get("about", "").replace("\0", "")[:60]
    said["occasion_words"] = str(measure) if measure else about
    limits = limits_on(timezone.localdate(), household.county)
    words = {"title": _("Apply for a grant"), "act": _("Apply for the grant")}
    words["text"] = _(
        "Village and township sign; over %(limit)s yuan the county signs too (AH 4.2.3)."
    ) % {"limit": f"{limits['small_grant']:,.0f}"}
    return _made(request, household, apply_for_grant, words, funds_for(household), said)


@sensitive_post_parameters("bank_account")
@post_required("handle_funds")
def urgent(request, pk):
    household = visible_household(request, pk)
    need_measures(request.post)
    kept = [fund for fund in funds_for(household) if handles(request.post, fund)]
    limits = limits_on(timezone.localdate(), household.county)
    words = {"title": _("Give relief at once"), "act": _("Pay it at once")}
    words["text"] = _(
        "Up to %(limit)s yuan, for sudden and pressing need; to be filed within %(days)d working"
        " days (AH 5.5)."
    ) % {"limit": f"{limits['urgent_grant']:,.0f}", "days": limits["filing_days"]}
    if not may_be_relieved(household):
        words["warning"] = _(
            "Relief at once is for registered and edge households and those with subsistence"
            " allowance; apply for a grant instead (AH 5.5)."
        )
    return _made(request, household, relieve_at_once, words, kept, {})


def _made(request, household, act, words, funds, said):
    words["back"] = reverse("household_measures", args=[household.pk])
    home = {"head": household.head_name or household.number, "place": household.village.name}
    words["title"] = _("%(act)s: %(head)s, %(place)s") % ({"act": words["title"]} | home)
    form = ReliefForm(sent(request), funds=funds, household=household)
    if not form.funds:
        words["warning"] = _("No fund is open for this household that your post may use.")

    def made(**facts):
        post = request.post
        grant, _new = act(household, **facts, **said, by=post, at=timezone.now())
        messages.success(request, _("Grant %(number)s is on record.") % {"number": grant.number})
        return redirect("grant", grant.pk)

    return asked(request, form, made, words)


def _measure(request, household):
    pk = request.GET.get("measure", "")
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 18):
        return None
    rows = Measure.objects.visible_to(request.post).filter(household=household)
    return rows.filter(pk=pk).first()


@post_required()
def account(request, pk):
    found = visible_grant(request, pk)
    if not request.post.may("reveal"):
        raise PermissionDenied
    back = reverse("grant", args=[found.pk])
    return reveal_page(
        request, found, "bank_account", subject_words=f"{found.number} {found.payee}", back=back
    )
