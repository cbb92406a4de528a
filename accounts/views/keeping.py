"""An administrator's pages: the officers and posts of the own division."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import officers as keeping
from accounts.deputy_rules import INDEPENDENT
from accounts.entry import post_required
from accounts.forms import CloseForm, OfficerForm, PostForm
from accounts.models import Post
from accounts.paging import page_of
from accounts.refusals import Refused

keeper = post_required("manage_accounts")


@keeper
def officers(request):
    words = request.GET.get("q", "").strip()
    rows = keeping.officers_of(request.post).prefetch_related("posts__division")
    if words:
        rows = rows.filter(name__icontains=words) | rows.filter(username__icontains=words)
    context = {"page": page_of(rows, request.GET, order=("name",)), "q": words}
    return render(request, "accounts/officers.html", context)


@keeper
def officer(request, pk):
    kept = get_object_or_404(keeping.officers_of(request.post), pk=pk)
    context = {
        "officer": kept,
        "posts": kept.posts.select_related("division", "deputy_of__officer").order_by("-since"),
        "acts": kept.acts_upon.select_related("post__officer")[:20],
        "today": timezone.localdate(),
        "independent": INDEPENDENT,
    }
    return render(request, "accounts/officer.html", context)


@never_cache
@keeper
def new_officer(request):
    form = OfficerForm(request.POST or None, by=request.post)
    if request.method == "POST" and form.is_valid():
        try:
            made, password = keeping.create_officer(
                by=request.post, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _password_slip(request, made, password)
    return render(request, "accounts/post_form.html", {"form": form})


@keeper
def new_post(request, pk):
    kept = get_object_or_404(keeping.officers_of(request.post), pk=pk)
    form = PostForm(request.POST or None, by=request.post)
    if request.method == "POST" and form.is_valid():
        try:
            keeping.open_post(officer=kept, by=request.post, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The post has been opened."))
            return redirect("officer", kept.pk)
    return render(request, "accounts/post_form.html", {"form": form, "officer": kept})


@keeper
def close_post(request, pk):
    kept = keeping.officers_of(request.post)
    post = get_object_or_404(
        Post.objects.select_related("officer", "division"), pk=pk, until=None, officer__in=kept
    )
    form = CloseForm(request.POST or None, initial={"until": timezone.localdate().isoformat()})
    if request.method == "POST" and form.is_valid():
        try:
            keeping.close_post(post=post, by=request.post, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The post has been closed."))
            return redirect("officer", post.officer_id)
    return render(request, "accounts/close_post.html", {"form": form, "closing": post})


@never_cache
@require_POST
@keeper
def reset_password(request, pk):
    kept = get_object_or_404(keeping.officers_of(request.post), pk=pk)
    try:
        password = keeping.reset_password(officer=kept, by=request.post, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("officer", kept.pk)
    return _password_slip(request, kept, password)


@require_POST
@keeper
def set_active(request, pk):
    kept = get_object_or_404(keeping.officers_of(request.post), pk=pk)
    active = request.POST.get("active") == "yes"
    try:
        keeping.set_active(officer=kept, active=active, by=request.post, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The account is open again.") if active else _("The account is closed.")
        )
    return redirect("officer", kept.pk)


@keeper
def division_options(request):
    """Options of the division field, as one types."""
    words = request.GET.get("division", "").strip()
    found = keeping.divisions_of(request.post)
    found = (
        found.filter(code__startswith=words)
        if words.isdecimal()
        else found.filter(name__contains=words)
    )
    rows = found.select_related("city", "county", "township", "village")[:20] if words else []
    return render(request, "accounts/division_options.html", {"divisions": rows})


def _password_slip(request, officer, password):
    """Shown once, never stored by the browser; a page, because a message would be kept."""
    context = {"officer": officer, "password": password}
    return render(request, "accounts/password_slip.html", context)
