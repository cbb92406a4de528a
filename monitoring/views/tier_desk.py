"""The desk of each level in a tier round: the village suggests, the township reviews, the county
files. Saving writes only the rows that were changed; what could not be saved is told row by row."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.refusals import Refused
from accounts.roles import VILLAGE
from households.lists import places_for
from monitoring.models import TierRound
from monitoring.models.rounds import DESKS, DIVIDED
from monitoring.places import chosen, narrowed
from monitoring.tiers.acts import MOST_TOGETHER, decide, pass_together, seal_of, suggest
from monitoring.tiers.checks import with_ground, with_visits
from monitoring.tiers.forms import decisions, suggestions
from monitoring.tiers.lists import counts_of, dressed, lines_for, piles, views_for
from monitoring.views.tier_rounds import need_rounds

ROWS = 50
ACTS = {
    "township": [("pass", gettext_lazy("Pass on")), ("return", gettext_lazy("Return"))],
    "county": [
        ("pass", gettext_lazy("File it")),
        ("return", gettext_lazy("To the township")),
        ("start", gettext_lazy("To the village")),
    ],
}
ORDER = ("household__group_name", "household__head_pinyin")


def _visible(request, pk):
    need_rounds(request.post)
    return get_object_or_404(TierRound.objects.visible_to(request.post), pk=pk)


@post_required()
def tier_round(request, pk):
    """The desk of the post in a round; saving writes only the rows that were changed."""
    made = _visible(request, pk)
    if request.method != "POST":
        return _desk(request, made)
    post, now = request.post, timezone.now()
    try:
        if post.role == "village":
            rows = suggestions(request.POST)
            done = suggest(made, rows, by=post, at=now)
        else:
            rows = decisions(request.POST)
            done = decide(made, rows, by=post, at=now)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from None
    if done.refused:
        return _desk(request, made, done, {row.id: row for row in rows})
    _tell(request, rows, done)
    return redirect(_here(request, made))


def _here(request, made):
    """The same list again, from its beginning: what was decided has left it."""
    params = request.GET.copy()
    for name in ("after", "before"):
        params.pop(name, None)
    query = params.urlencode()
    return reverse("tier_round", args=[made.pk]) + (f"?{query}" if query else "")


def _tell(request, rows, done):
    if not rows:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
        return
    number = len(done.moved)
    back = sum(row.act != "pass" for row in rows)
    if back:
        words = ngettext("%(n)d household returned.", "%(n)d households returned.", back)
        messages.success(request, words % {"n": back})
    if number > back:
        messages.success(request, _passed(request.post, number - back))


def _passed(post, number):
    words = {
        "village": ngettext(
            "%(n)d household suggested; it waits for the township now.",
            "%(n)d households suggested; they wait for the township now.",
            number,
        ),
        "township": ngettext(
            "%(n)d household reviewed; it waits for the county now.",
            "%(n)d households reviewed; they wait for the county now.",
            number,
        ),
        "county": ngettext(
            "%(n)d household filed; the ledger has its tier.",
            "%(n)d households filed; the ledger has their tiers.",
            number,
        ),
    }
    return words[post.role] % {"n": number}


def _desk(request, made, done=None, typed=None):
    post, day, views = request.post, timezone.localdate(), views_for(request.post)
    show = request.GET.get("show")
    show = show if show in views else next(iter(views))
    view = views[show]
    lines, place = narrowed(lines_for(made, post), post, request.GET.get("division"))
    counts = counts_of(lines, views, day)
    context = {
        "round": made, "show": show,
        "chips": [(name, each.words, counts[name]) for name, each in views.items()],
        "view": view, "place": place,
        "places": places_for(post, place) if post.division.level < VILLAGE else None,
        "counts": counts, "desk": DESKS.get(post.role, ""),
        "view_tiers": [(tier.value, tier.label) for tier in DIVIDED],
        "view_acts": ACTS.get(post.role), "may_visit": post.may("record_visit"),
        "most": MOST_TOGETHER, "late": made.until < day, "due": made.until,
    }  # fmt: skip
    if show == "townships":
        return render(request, "monitoring/tiers/townships.html", context | {"piles": piles(lines)})
    rows = with_visits(with_ground(lines, day, ""), day).filter(view.condition)
    rows = rows.select_related("household", "village", "township", "suggested_by__officer")
    if show == "rest":
        context["seal"] = seal_of(lines.filter(view.condition))
    page = page_of(rows, request.GET, order=ORDER, size=ROWS)
    _fill_in(dressed(page.rows), done, typed or {})
    context["page"] = page
    if done:
        context["refused"] = _refused(made, post, done)
        context["saved"] = len(done.moved)
    return render(request, "monitoring/tiers/round.html", context, status=409 if done else 200)


def _fill_in(lines, done, typed):
    """What was typed into rows that were not saved stays in them."""
    for line in lines:
        line.typed = typed.get(line.id) if done and line.id in done.refused else None


def _refused(made, post, done):
    lines = lines_for(made, post).filter(pk__in=done.refused).select_related("household")
    names = {line.id: line.household for line in lines}
    return [(names.get(pk), sentence) for pk, sentence in done.refused.items()]


@post_required()
@require_POST
def tier_together(request, pk):
    """The township reviews the rest, the county files a township or the rest, as shown."""
    post = request.post
    if post.role not in ACTS:
        raise PermissionDenied
    made = _visible(request, pk)
    rows = lines_for(made, post)
    if code := request.POST.get("division"):
        place = chosen(post, code)
        if place is None:
            raise Http404
        rows = rows.within(place)
    show = request.POST.get("show")
    condition = views_for(post).get(show)
    if show not in ("rest", "townships") or condition is None:
        raise Http404
    rows = rows.filter(condition.condition)
    try:
        done = pass_together(
            made, rows, seen=request.POST.get("seen", ""), by=post, at=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(_here(request, made))
    if done.moved:
        messages.success(request, _passed(post, len(done.moved)))
    if done.refused:
        messages.error(request, _left(done))
    return redirect(_here(request, made))


def _left(done):
    words = ngettext(
        "%(n)d household was left: %(why)s", "%(n)d households were left: %(why)s",
        len(done.refused),
    )  # fmt: skip
    return words % {
        "n": len(done.refused),
        "why": " ".join(sorted(set(done.refused.values()))),
    }
