"""Batch: a preview of what will be done to each chosen case, the act, and what came of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.entry import post_required
from accounts.refusals import Refused
from monitoring.cases import casework, moving
from monitoring.inbox import batch as acts
from monitoring.inbox.batch_words import button_of, opinion_of
from monitoring.models import Case
from monitoring.procedures import PROCEDURES
from monitoring.views.inbox import need_cases

DONE = "batch_done"  # key of the session: the result of the latest batch


@never_cache
@vary_on_headers("HX-Request")
@post_required()
@require_http_methods(["GET", "POST"])
def batch(request):
    need_cases(request.post)
    sent = request.POST if request.method == "POST" else request.GET
    act = acts.RETURN if sent.get("act") == acts.RETURN else acts.PASS
    if request.method == "POST":
        return _do(request, act)
    ids = [pk for pk in sent.getlist("case") if pk.isdecimal() and len(pk) < 19]
    return _show(request, act, acts.chosen_cases(request.post, ids))


def _show(request, act, cases, error="", status=200):
    """The preview; for cases of several steps, which of them first."""
    sent = request.POST if request.method == "POST" else request.GET
    back = _back(request, sent.get("back", ""))
    if not cases and not error:
        messages.error(request, _("Choose cases that lie on your desk."))
        return redirect(back)
    groups = acts.by_step(cases)
    context = {"act": act, "back": back, "error": error, "to_start": bool(sent.get("to_start"))}
    if len(groups) > 1:
        context["groups"] = [
            {"row": PROCEDURES[code], "step": group[0].at_step, "cases": group}
            for (code, _step), group in groups.items()
        ]
    else:
        context |= _preview(request, act, cases, context["to_start"])
        context["because"] = sent.get("because", context.get("because", ""))
    panel = request.headers.get("HX-Request") == "true"
    name = "_preview.html" if panel else "batch.html"
    return render(request, f"monitoring/inbox/{name}", context, status=status)


def _preview(request, act, cases, to_start):
    preview = acts.preview(cases, act, by=request.post, day=timezone.localdate(), to_start=to_start)
    step, count = preview.step, len(preview.ready)
    passes = act == acts.PASS and step is not None
    return {
        "preview": preview,
        "row": cases[0].row if cases else None,
        "step": step,
        "button": button_of(step, count) if passes else "",
        "consolidates": passes and step.consolidates,
        "keeps_reason": passes and cases[0].step == 0,
        "because": opinion_of(step) if passes else "",
    }


def _do(request, act):
    seen, post, now = _seen(request.POST.getlist("take")), request.post, timezone.now()
    because, to_start = request.POST.get("because", ""), bool(request.POST.get("to_start"))
    if act == acts.RETURN and not because.strip():
        cases = acts.chosen_cases(post, list(seen))
        return _show(request, act, cases, _("Say why the cases are returned."), status=422)
    if not seen:
        raise Http404
    if request.POST.get("consolidate"):
        return _consolidate(request, seen, now)
    if act == acts.RETURN:
        result = acts.return_all(seen, because=because, to_start=to_start, by=post, at=now)
    else:
        result = acts.pass_all(seen, because=because, by=post, at=now)
    request.session[DONE] = {
        "act": act,
        "done": [[case.id, str(words)] for case, words in result.done],
        "not_done": [[case.id, words] for case, words in result.not_done],
        "back": _back(request, request.POST.get("back", "")),
    }
    return redirect("batch_done")


def _consolidate(request, seen, now):
    cases = acts.seen_cases(seen, request.post)
    try:
        made = casework.consolidate([(c, seen[c.id]) for c in cases], by=request.post, at=now)
    except Refused as refusal:
        status = 409 if isinstance(refusal, moving.TakenFirst) else 422
        here = acts.chosen_cases(request.post, list(seen))
        return _show(request, acts.PASS, here, str(refusal), status=status)
    words = ngettext(
        "%(count)d household went up to the county in the list %(number)s.",
        "%(count)d households went up to the county in the list %(number)s.",
        len(cases),
    )
    messages.success(request, words % {"count": len(cases), "number": made.number})
    try:
        return redirect(reverse("consolidation", args=[made.pk]))
    except NoReverseMatch:
        return redirect("cases")


def _seen(pairs):
    """{case id: version} of the form's ``ID:version`` fields."""
    seen = {}
    for pair in pairs[: acts.MOST]:
        pk, colon, version = pair.partition(":")
        if colon and pk.isdecimal() and version.isdecimal() and len(pair) < 30:
            seen[int(pk)] = int(version)
    return seen


def _back(request, asked):
    """The list as it was filtered; nothing outside of this house."""
    inside = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if asked and inside and asked.startswith(reverse("cases")) else reverse("cases")


@never_cache
@post_required()
def done(request):
    """What the latest batch of this session did, and what it did not."""
    need_cases(request.post)
    kept = request.session.get(DONE)
    if kept is None:
        return redirect("cases")
    ids = [pk for pk, _words in kept["done"] + kept["not_done"]]
    cases = Case.objects.visible_to(request.post).select_related("household__village")
    cases = cases.in_bulk(ids)
    context = {"act": kept["act"], "back": kept["back"]}
    for name in ("done", "not_done"):
        context[name] = [(cases[pk], words) for pk, words in kept[name] if pk in cases]
    return render(request, "monitoring/inbox/done.html", context)
