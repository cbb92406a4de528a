"""The door of every page: who is logged in, in an open post, with the ability the page needs."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect


def post_required(ability=""):
    """``@post_required()`` or ``@post_required("import_register")`` above a view."""

    def decorate(view):
        @wraps(view)
        def enter(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.user.must_change_password:
                return redirect("change_password")
            if request.post is None:
                return redirect("no_post")
            if ability and not request.post.may(ability):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return enter

    return decorate
