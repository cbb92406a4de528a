"""The own account, its API tokens, and the page of roles."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.acting import open_posts
from accounts.entry import post_required
from accounts.forms import EmailForm, TokenForm
from accounts.models import Officer
from accounts.models.divisions import Level
from accounts.refusals import Refused
from accounts.roles import ABILITIES, DEPARTMENT_SECTIONS, DEPARTMENTS, ROLES, SECTIONS
from accounts.tokens import issue_token, revoke_token

SEES = {
    "division": gettext_lazy("all households of the division"),
    "assigned": gettext_lazy("the households assigned to the officer"),
    "line": gettext_lazy("what the department's line of work needs"),
    "accounts": gettext_lazy("accounts, no households"),
}


@post_required()
def me(request):
    context = {
        "posts": open_posts(request.user),
        "tokens": request.post.tokens.order_by("-created_at"),
        "mails": bool(settings.EMAIL_HOST),
    }
    return render(request, "accounts/me.html", context)


@never_cache
@post_required()
def new_token(request):
    form = TokenForm(request.POST or None)
    key = None
    if request.method == "POST" and form.is_valid():
        try:
            key = issue_token(post=request.post, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "accounts/new_token.html", {"form": form, "key": key})


@require_POST
@post_required()
def drop_token(request, pk):
    token = get_object_or_404(request.post.tokens, pk=pk)
    revoke_token(token=token, by=request.post, at=timezone.now())
    messages.success(request, _("The token has been revoked; the machine is locked out."))
    return redirect("me")


@post_required()
def roles(request):
    rows = [
        {
            "code": code,
            "name": role.name,
            "levels": [Level(level).label for level in role.levels],
            "sees": SEES[role.sees],
            "abilities": [(words, name in role.abilities) for name, words in ABILITIES.items()],
        }
        for code, role in ROLES.items()
    ]
    departments = [
        (DEPARTMENTS[code], [SECTIONS[section] for section in SECTIONS if section in sections])
        for code, sections in DEPARTMENT_SECTIONS.items()
    ]
    context = {"rows": rows, "abilities": ABILITIES.values(), "departments": departments}
    return render(request, "accounts/roles.html", context)


@post_required()
def email(request):
    """The officer's own address for the digest of the morning; blank: none is sent."""
    form = EmailForm(
        request.POST if request.method == "POST" else None, initial={"email": request.user.email}
    )
    if request.method == "POST" and form.is_valid():
        Officer.objects.filter(pk=request.user.pk).update(email=form.cleaned_data["email"])
        messages.success(request, _("The address is saved."))
        return redirect("me")
    context = {"title": _("E-mail of the morning"), "act": _("Save the address"), "form": form}
    context["text"] = _(
        "On working mornings you get one e-mail with counts of what waits on your desk. It holds "
        "no names. Leave the field empty to get none."
    )
    context["back"] = reverse("me")
    return render(request, "confirm.html", context, status=422 if form.errors else 200)
