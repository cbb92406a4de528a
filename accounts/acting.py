"""The one place that says who is acting: for a request, a command or a job."""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.db.models import F, Prefetch
from django.utils import timezone

from accounts.models import Division, Post

SESSION_KEY = "post"
# Every page names the division of its post in full.
PLACE = ("city", "county", "township")
_acting = ContextVar("acting_post", default=None)


def acting_post():
    return _acting.get()


@contextmanager
def acting_as(post):
    token = _acting.set(post)
    try:
        yield post
    finally:
        _acting.reset(token)


def open_posts(officer):
    """Own posts first, then those held as a deputy."""
    posts = (
        officer.posts.open_on(timezone.localdate())
        .only(*_read())
        .order_by(F("deputy_of").asc(nulls_first=True), "division__level", "id")
    )
    posts = posts.select_related("division", *(f"division__{name}" for name in PLACE))
    return posts.prefetch_related(Prefetch("deputy_of", Post.objects.select_related("officer")))


@cache
def _read():
    """Asked for on every click: of the divisions above no more than their names."""
    own = (field.name for field in Post._meta.concrete_fields)
    division = (f"division__{field.name}" for field in Division._meta.concrete_fields)
    return (*own, *division, *(f"division__{name}__name" for name in PLACE))


def post_of_session(request):
    """The post chosen at login or switched to, if it is still open; else the first open one."""
    if not request.user.is_authenticated:
        return None
    request.open_posts = posts = list(open_posts(request.user))
    chosen = request.session.get(SESSION_KEY)
    return next((post for post in posts if post.id == chosen), posts[0] if posts else None)


class ActingPostMiddleware:
    """Gives every request its ``post`` (None when nobody is logged in or no post is open)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.post = post_of_session(request)
        with acting_as(request.post):
            return self.get_response(request)
