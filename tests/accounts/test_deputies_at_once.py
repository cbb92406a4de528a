"""Two at the same moment, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from accounts.deputies import name_deputy
from accounts.models import Post
from accounts.officers import close_post
from accounts.refusals import Refused
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True)
COUNTY = "341524000000"
ROUNDS = 10


def at_once(*acts):
    """What each came to: its result, or the sentence of its refusal."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def naming(post, other, by):
    given = {"since": TODAY, "until": TODAY + timedelta(days=9), "because": "leave", "at": NOW}
    return lambda: name_deputy(post=post, officer=other.officer, by=by, **given)


def test_of_two_deputies_named_at_once_there_is_one(cast):
    for _round in range(ROUNDS):
        post, first, second = (cast.post("county", COUNTY) for _ in range(3))
        came = at_once(naming(post, first, post), naming(post, second, cast.administrator))
        assert sorted(isinstance(result, Post) for result in came) == [False, True]
        assert post.deputies.count() == 1


def test_no_deputy_outlives_a_post_that_is_closed_at_that_moment(cast):
    for _round in range(ROUNDS):
        post, first = (cast.post("county", COUNTY) for _ in range(2))
        closing = {"until": TODAY, "by": cast.administrator, "at": NOW}
        at_once(naming(post, first, post), lambda p=post, c=closing: close_post(post=p, **c))
        assert not Post.objects.open_on(TODAY).filter(deputy_of=post).exists()
