"""Coming in, going out, the password, and which post is acted in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.acting import SESSION_KEY, open_posts, post_of_session
from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from accounts.models import Officer
from accounts.officers import change_own_password


class Login(LoginView):
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        shown = settings.DEMO
        return super().get_context_data(
            demo_accounts=_one_for_each() if shown else (),
            demo_password=DEMO_PASSWORD if shown else "",
            **kwargs,
        )

    def get_default_redirect_url(self):
        return front_page(post_of_session(self.request))


def _one_for_each():
    """An officer with two posts has two rows in the table, and one account."""
    return list({account.username: account for account in reversed(DEMO_ACCOUNTS)}.values())[::-1]


def front_page(post):
    """Where the day begins: with today's work, or with the accounts for who keeps them."""
    names = ["officers", "me"] if post and post.role_row.sees == "accounts" else ["today", "me"]
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return "/"


@login_required
def change_password(request):
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_own_password(
            officer=request.user, password=form.cleaned_data["new_password1"], at=timezone.now()
        )
        update_session_auth_hash(request, request.user)
        messages.success(request, _("The password has been changed."))
        return redirect("me")
    return render(request, "accounts/change_password.html", {"form": form})


@login_required
def no_post(request):
    """For an officer whose posts have all ended; as soon as one is open, the work goes on."""
    if request.post:
        return redirect(front_page(request.post))
    return render(request, "accounts/no_post.html", status=403)


@require_POST
@login_required
def switch_post(request):
    number = request.POST.get("post", "")
    post = get_object_or_404(open_posts(request.user), pk=number if number.isdecimal() else 0)
    request.session[SESSION_KEY] = post.id
    messages.success(
        request,
        _("You now act as %(post)s, %(place)s.")
        % {"post": post.label, "place": post.division.full_name},
    )
    return redirect(front_page(post))


@require_POST
@login_required
def large_print(request):
    wanted = not request.user.large_print
    Officer.objects.filter(pk=request.user.pk).update(large_print=wanted)
    back = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if own else "me")
