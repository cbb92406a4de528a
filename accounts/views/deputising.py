"""Naming and ending deputies, and who stands in for whom."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import deputies as acts
from accounts import deputy_rules as rules
from accounts.acting import open_posts
from accounts.entry import post_required
from accounts.forms import DeputyForm
from accounts.models import Post
from accounts.models.divisions import LEVEL_COLUMNS
from accounts.paging import page_of
from accounts.refusals import Refused

WITH_NAMES = ("officer", "division", "deputy_of__officer", "deputy_of__division")


def _standing(today):
    """Deputies who stand in today or will."""
    return (
        Post.objects.exclude(deputy_of=None)
        .filter(until__gt=today)
        .exclude(until=F("since"))
        .select_related(*WITH_NAMES)
    )


def _near(post):
    """Whose deputies one must know: within the own division, above it, and one's own."""
    home = post.division
    above = [getattr(home, column) for column in LEVEL_COLUMNS.values()]
    return (
        Q(**{f"division__{home.level_column}": home.id})
        | Q(division__in=[pk for pk in above if pk])
        | Q(officer=post.officer_id)
        | Q(deputy_of__officer=post.officer_id)
    )


@post_required()
def deputies(request):
    today = timezone.localdate()
    own = [post for post in open_posts(request.user) if rules.may_be_deputised(post)]
    page = page_of(_standing(today).filter(_near(request.post)), request.GET, order=("since", "id"))
    for row in page.rows:
        row.may_end = rules.may_end(row, request.post)
    context = {"own": own, "page": page, "today": today, "most_days": rules.MOST_DAYS}
    return render(request, "accounts/deputies.html", context)


@post_required()
def name_deputy(request, pk):
    post = _nameable(request, pk)
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    standing_by = rules.grounds(post, since=today, until=tomorrow)
    form = DeputyForm(request.POST or None, standing_by=standing_by)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.name_deputy(
                post=post, by=request.post, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            names = {"name": made.officer.name, "absent": post.officer.name}
            messages.success(request, _("%(name)s is now the deputy for %(absent)s.") % names)
            return redirect("deputies")
    context = {
        "form": form,
        "held": post,
        "standing": _standing(today).filter(deputy_of=post).order_by("since"),
        "most_days": rules.MOST_DAYS,
    }
    return render(request, "accounts/name_deputy.html", context)


def _nameable(request, pk):
    """An open post that may be deputised, if the one who asks may name for it."""
    open_now = Post.objects.open_on(timezone.localdate()).select_related("officer", "division")
    post = get_object_or_404(open_now, pk=pk)
    if not rules.may_be_deputised(post) or not rules.may_name_for(post, request.post):
        raise Http404
    return post


@require_POST
@post_required()
def end_deputy(request, pk):
    rows = Post.objects.exclude(deputy_of=None).select_related(*WITH_NAMES)
    deputy = get_object_or_404(rows, pk=pk)
    if not rules.may_end(deputy, request.post):
        raise Http404
    try:
        acts.end_deputy(deputy=deputy, by=request.post, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("%(name)s is no longer the deputy.") % {"name": deputy.officer.name}
        )
    return redirect("deputies")
