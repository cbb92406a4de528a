"""The one place that says who is acting: for a request, a command or a job."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import F, Prefetch
from django.utils import timezone

from accounts.columns import whole
from accounts.models import Division, Post

SESSION_KEY = "post"
# Every page names the division of its post in full, by the names of those above.
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
    above = [f"division__{name}" for name in PLACE]
    posts = officer.posts.open_on(timezone.localdate()).select_related("division", *above)
    names = (f"{path}__name" for path in above)
    posts = posts.only(*whole(Post), *whole(Division, "division__"), *names)
    posts = posts.prefetch_related(Prefetch("deputy_of", Post.objects.select_related("officer")))
    return posts.order_by(F("deputy_of").asc(nulls_first=True), "division__level", "id")


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
