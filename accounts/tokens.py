"""Tokens for machines: each acts in exactly one post."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from accounts.models import AccountAct, ApiToken, Post, What
from accounts.refusals import Refused


def digest(key):
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def issue_token(*, post, name, expires_on=None, at=None):
    """Returns the key. It is shown once; only its hash is kept."""
    if post.deputy_of_id:
        raise Refused(_("A deputy issues no tokens; they would outlast the absence."))
    key = secrets.token_urlsafe(32)
    ApiToken.objects.create(post=post, name=name, digest=digest(key), expires_on=expires_on)
    _record(What.TOKEN_ISSUED, post, name, at or timezone.now())
    return key


@transaction.atomic
def revoke_token(*, token, by, at):
    """Only the post that a token acts in may revoke it; closing the post stops it as well."""
    if token.post_id == by.id and ApiToken.objects.filter(pk=token.pk).delete()[0]:
        _record(What.TOKEN_REVOKED, by, token.name, at)


def _record(what, post, name, at):
    AccountAct.objects.create(
        post=post, officer=post.officer, division=post.division, what=what, about=name, at=at
    )


class PostTokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer KEY``."""

    def authenticate(self, request):
        words = get_authorization_header(request).decode("latin-1").split()
        if len(words) != 2 or words[0].lower() != "bearer":
            return None
        today = timezone.localdate()
        token = ApiToken.objects.filter(digest=digest(words[1])).select_related("post").first()
        open_posts = Post.objects.open_on(today).select_related(
            "officer", "division", "deputy_of__officer"
        )
        post = (
            open_posts.filter(id=token.post_id, officer__is_active=True).first() if token else None
        )
        if post is None or (token.expires_on and token.expires_on < today):
            raise AuthenticationFailed(_("This token is not valid."))
        request._request.post = post
        return post.officer, token

    def authenticate_header(self, request):
        return "Bearer"
