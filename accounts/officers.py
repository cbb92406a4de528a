"""Officers and their posts: an administrator keeps those of the own division, and no others.

An account with an open post elsewhere belongs to a wider administrator: who could reset its
password would act in that post.
"""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.deputies import end_with
from accounts.models import AccountAct, Division, Officer, Post, What
from accounts.refusals import Refused
from accounts.roles import ROLES

# Without letters and digits that look alike on paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def officers_of(post):
    """The accounts that an administrator keeps: posts within the division, none open outside."""
    if post is None or not post.may("manage_accounts"):
        return Officer.objects.none()
    within = Q(**{f"division__{post.division.level_column}": post.division_id})
    theirs = Post.objects.filter(officer=OuterRef("pk"))
    outside = theirs.open_on(timezone.localdate()).exclude(within)
    return Officer.objects.filter(
        Exists(theirs.filter(within, deputy_of=None)), ~Exists(outside), is_superuser=False
    ).order_by("name", "id")


def divisions_of(post):
    """Where the administrator may open a post."""
    return Division.objects.below(post.division).valid_on(timezone.localdate())


def new_password():
    return "-".join("".join(secrets.choice(ALPHABET) for each in range(4)) for group in range(3))


@transaction.atomic
def create_officer(*, username, name, phone, role, division, department, title, since, by, at):
    """A new account with its first post. Returns it with its first password, shown once."""
    if Officer.objects.filter(username=username).exists():
        raise Refused(_("There is already an account with this name; choose another."))
    password = new_password()
    officer = Officer.objects.create_user(
        username, password, name=name, phone=phone, must_change_password=True
    )
    _record(What.CREATED, officer, division, by=by, at=at)
    open_post(
        officer=officer,
        role=role,
        division=division,
        department=department,
        title=title,
        since=since,
        by=by,
        at=at,
    )
    return officer, password


@transaction.atomic
def open_post(*, officer, role, division, department, title, since, by, at):
    check_post(officer=officer, role=role, division=division, department=department, by=by)
    try:
        with transaction.atomic():
            post = Post.objects.create(
                officer=officer,
                role=role,
                division=division,
                department=department,
                title=title,
                since=since,
            )
    except IntegrityError:
        raise Refused(_("The officer already holds this post in that period.")) from None
    _record(What.POST_OPENED, officer, division, about=str(post), by=by, at=at)
    return post


def check_post(*, officer, role, division, department, by):
    """Refuses a post outside the own division, at a level the role has not, or for oneself."""
    if not by.may("manage_accounts") or not by.division.contains(division):
        raise Refused(_("You may open posts only within your own division."))
    if division.level not in ROLES[role].levels:
        raise Refused(_("This role does not exist at the level of that division."))
    if (role == "department") != bool(department):
        raise Refused(_("A department officer needs a department, and only such an officer does."))
    if officer.id == by.officer_id:
        raise Refused(_("Nobody gives himself a post; ask the administrator above."))


@transaction.atomic
def close_post(*, post, until, by, at):
    """The last day in office is the day before ``until``."""
    _check_kept(post.officer, by)
    if until < post.since:
        raise Refused(_("A post cannot end before it began."))
    closed = Post.objects.filter(pk=post.pk, until=None).update(until=until)
    if not closed:
        raise Refused(_("This post has been closed already."))
    _record(What.POST_CLOSED, post.officer, post.division, about=str(post), by=by, at=at)
    end_with(post, until=until, by=by, at=at)


@transaction.atomic
def reset_password(*, officer, by, at):
    """Returns the new password; the officer must change it at the next login."""
    _check_kept(officer, by)
    password = new_password()
    officer.set_password(password)
    officer.must_change_password = True
    officer.save(update_fields=["password", "must_change_password"])
    _record(What.PASSWORD_RESET, officer, by.division, by=by, at=at)
    return password


@transaction.atomic
def set_active(*, officer, active, by, at):
    _check_kept(officer, by)
    if Officer.objects.filter(pk=officer.pk, is_active=not active).update(is_active=active):
        what = What.UNLOCKED if active else What.LOCKED
        _record(what, officer, by.division, by=by, at=at)


def change_own_password(*, officer, password, at):
    validate_password(password, officer)
    officer.set_password(password)
    officer.must_change_password = False
    officer.save(update_fields=["password", "must_change_password"])


def _check_kept(officer, by):
    if officer.id == by.officer_id or not officers_of(by).filter(pk=officer.pk).exists():
        raise Refused(_("This account is kept by another administrator."))


def _record(what, officer, division, *, by, at, about=""):
    AccountAct.objects.create(
        post=by, officer=officer, division=division, what=what, about=about, at=at
    )
