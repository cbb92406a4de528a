"""Deputies: an absent officer's post, held for some days by an officer who may stand in.

A deputy's post is a post of its own (``Post.deputy_of``), so that every list, right and act works
with it as with any other; what is done in it counts as done by both officers.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import DateField, F, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.deputy_rules import (
    check_days,
    check_ground,
    check_naming,
    check_overlap,
    grounds,
    may_end,
)
from accounts.models import AccountAct, Post, What
from accounts.refusals import Refused

SHORTEST_REASON = 2  # characters: 出差


def persons_behind(post):
    """Ids of the officers who act when ``post`` acts: a deputy's acts are the absent one's too."""
    return {post.officer_id, post.holder_id}


@transaction.atomic
def name_deputy(*, post, officer, since, until, because, by, at):
    """``until`` is the day on which the absent officer is back. Returns the deputy's post."""
    locked = Post.objects.select_for_update(of=("self",)).select_related("division", "officer")
    post = locked.get(pk=post.pk)
    check_naming(post, officer, by)
    check_days(post, since, until, at)
    check_ground(post, officer, since, until)
    check_overlap(post, since, until)
    because = " ".join(because.split())
    if len(because) < SHORTEST_REASON:
        raise Refused(_("Say why a deputy is needed; the reason is kept."))
    deputy = Post.objects.create(
        officer=officer,
        role=post.role,
        division=post.division,
        department=post.department,
        title=post.title,
        since=since,
        until=until,
        deputy_of=post,
    )
    _record(What.DEPUTY_NAMED, deputy, because, by=by, at=at)
    return deputy


@transaction.atomic
def end_deputy(*, deputy, by, at):
    """From this moment on the deputy cannot act any more; what he did stays."""
    if not deputy.deputy_of_id or not may_end(deputy, by):
        raise Refused(
            _("Only the officer, the deputy or an administrator of the division ends this.")
        )
    if not _end(deputy, timezone.localdate(at), by=by, at=at):
        raise Refused(_("This deputy has ended already."))


@transaction.atomic
def end_with(post, *, until, by, at):
    """A post that is closed takes along its deputies, and what its officer deputises from it."""
    for deputy in post.deputies.filter(until__gt=until):
        _end(deputy, until, by=by, at=at)
    borrowed = Post.objects.filter(officer=post.officer_id, until__gt=until)
    for deputy in borrowed.exclude(deputy_of=None).select_related("deputy_of__division"):
        given = {"since": max(deputy.since, until), "until": deputy.until}
        if not grounds(deputy.deputy_of, **given).filter(officer=post.officer_id).exists():
            _end(deputy, until, by=by, at=at)


def _end(deputy, until, *, by, at):
    """Whether it was still going; one that has not begun by ``until`` never begins."""
    last = Greatest(F("since"), Value(until, DateField()))
    ended = Post.objects.filter(pk=deputy.pk, until__gt=last).update(until=last)
    if ended:
        deputy.refresh_from_db(fields=["until"])
        _record(What.DEPUTY_ENDED, deputy, "", by=by, at=at)
    return bool(ended)


def _record(what, deputy, because, *, by, at):
    last = max(deputy.since, deputy.until - timedelta(days=1))
    words = _("%(post)s, %(first)s to %(last)s") % {
        "post": deputy,
        "first": date_format(deputy.since),
        "last": date_format(last),
    }
    AccountAct.objects.create(
        post=by,
        officer=deputy.officer,
        division=deputy.division,
        what=what,
        about=f"{words} ({because})" if because else words,
        at=at,
    )
