"""The own account, its API tokens, and the page of roles."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.acting import open_posts
from accounts.entry import post_required
from accounts.forms import TokenForm
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
