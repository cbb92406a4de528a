"""What waits behind the entries of the menu, counted anew for a post at most every few seconds.

Most clicks change nothing, and the counts were a fifth of every page. What the officer does shows
at once: an act of hers throws her counts away. What others do shows ``MENU_COUNTS_SECONDS`` later
at the latest. Without Redis they are counted each time.
"""

from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from accounts.counting import count_together

READING = ("GET", "HEAD", "OPTIONS")


def counts_of(post, entries):
    """{url of an entry: how many rows wait, or "999+"}"""
    names, key = [entry.url for entry in entries], _key(post)
    with suppress(RedisError):
        kept = cache.get(key)
        if kept is not None and kept.keys() == set(names):
            return kept
    counts = count_together([entry.waiting(post) for entry in entries])
    found = dict(zip(names, counts, strict=True))
    with suppress(RedisError):
        cache.set(key, found, settings.MENU_COUNTS_SECONDS)
    return found


class CountAfterActs:
    """Whoever has done something is shown counts made after it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        post = getattr(request, "post", None)
        if post and request.method not in READING:
            with suppress(RedisError):
                cache.delete(_key(post))
        return answer


def _key(post):
    return f"menu:{post.pk}"
