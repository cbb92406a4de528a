"""The desk of each level in a campaign. Saving writes only the rows that were changed; what could
not be saved is told row by row."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import narrowed
from accounts.refusals import Refused
from accounts.roles import VILLAGE
from households.lists import places_for
from monitoring.campaigns.acts import answer_lines, confirm, look_through, with_visits
from monitoring.campaigns.forms import answers, decisions
from monitoring.campaigns.groups import words_of
from monitoring.campaigns.kinds import KINDS
from monitoring.campaigns.lists import counts_of, lines_for, views_for
from monitoring.models.campaigns import STEP_OF
from monitoring.views.campaigns import visible

ROWS = 50
ACTS = {
    "township": (
        look_through, [("pass", gettext_lazy("Pass on")), ("return", gettext_lazy("Return"))]
    ),
    "county": (
        confirm, [("pass", gettext_lazy("Correct it")), ("return", gettext_lazy("Return"))]
    ),
}  # fmt: skip


@post_required()
def campaign_lines(request, pk):
    found, post = visible(request, pk), request.post
    if request.method != "POST":
        return _desk(request, found)
    try:
        if post.role == "village":
            rows = answers(request.POST)
            done = answer_lines(found, rows, by=post, at=timezone.now())
        elif post.role in ACTS:
            rows = decisions(request.POST)
            done = ACTS[post.role][0](found, rows, by=post, at=timezone.now())
        else:
            raise PermissionDenied
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from None
    if done.refused:
        return _desk(request, found, done, {row.id: row for row in rows})
    _tell(request, rows, done)
    return redirect(_here(request, found))


def _here(request, found):
    """The same list again, from its beginning: what was decided has left it."""
    params = request.GET.copy()
    for name in ("after", "before"):
        params.pop(name, None)
    query = params.urlencode()
    return reverse("campaign_lines", args=[found.pk]) + (f"?{query}" if query else "")


def _tell(request, rows, done):
    if not rows:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
        return
    back = sum(row.act == "return" for row in rows)
    if back:
        words = ngettext("%(n)d household returned.", "%(n)d households returned.", back)
        messages.success(request, words % {"n": back})
    if number := len(done.moved) - back:
        words = ngettext("%(n)d household saved.", "%(n)d households saved.", number)
        messages.success(request, words % {"n": number})


def _desk(request, found, done=None, typed=None):
    post, views = request.post, views_for(request.post)
    show = request.GET.get("show")
    show = show if show in views else next(iter(views))
    view, kind = views[show], KINDS[found.kind]
    lines, place = narrowed(lines_for(found, post), post, request.GET.get("division"))
    counts = counts_of(lines, views)
    rows = with_visits(lines).filter(view.condition).select_related(
        "household", "person", "village", "case", "answered_by__officer", "answered_by__division",
        "looked_by__officer", "looked_by__division",
    )  # fmt: skip
    page = page_of(rows, request.GET, order=("village_id", "id"), size=ROWS)
    for line in page:
        line.said = kind.answer(line.answer)
        line.why = words_of(line.groups, line.added_because)
        line.typed = typed.get(line.id) if done and line.id in done.refused else None
    context = {
        "campaign": found, "kind": kind, "page": page, "show": show, "place": place,
        "chips": [(name, each.words, counts[name]) for name, each in views.items()],
        "places": places_for(post, place) if post.division.level < VILLAGE else None,
        "acts": view.acts and not found.ended_at, "desk": STEP_OF.get(post.role, ""),
        "choices": ACTS.get(post.role, (None, ()))[1], "may_visit": post.may("record_visit"),
        "keys": range(1, len(kind.answers) + 1),
        "late": found.ended_at is None and found.until < timezone.localdate(),
    }  # fmt: skip
    if done:
        context |= {"refused": _refused(page, done), "saved": len(done.moved)}
    status = 409 if done else 200
    return render(request, "monitoring/campaigns/lines.html", context, status=status)


def _refused(page, done):
    names = {line.id: line for line in page}
    return [(names.get(pk), sentence) for pk, sentence in done.refused.items()]
