"""What every page of the frame needs: the post, the menu with its counts, demo mode.

Menu and counts are made only when a template asks for them, so fragments do not pay for them.
"""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from jobs.watching import finished_jobs, unseen_jobs, watched_jobs
from povertywatch.menu_making import menu_for, tabs_for


def frame(request):
    post = getattr(request, "post", None)
    if post is None:
        return {"post": None, "demo": settings.DEMO, "menu": [], "tabs": []}
    unseen = SimpleLazyObject(lambda: unseen_jobs(post))
    return {
        "post": post,
        "demo": settings.DEMO,
        "searchable": post.role_row.sees != "accounts",
        "menu": SimpleLazyObject(lambda: menu_for(request)),
        "tabs": SimpleLazyObject(lambda: tabs_for(request)),
        "finished_jobs": SimpleLazyObject(lambda: finished_jobs(unseen)),
        "watched_jobs": SimpleLazyObject(lambda: watched_jobs(request, unseen)),
        "other_posts": SimpleLazyObject(lambda: _other_posts(request)),
    }


def _other_posts(request):
    return [post for post in request.open_posts if post.id != request.post.id]
