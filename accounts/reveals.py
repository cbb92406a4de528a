"""Showing a masked value: a row is written before the value is opened."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import Reveal
from accounts.refusals import Refused

SHORTEST_REASON = 4  # characters


def reveal(subject, field, *, because, by, at):
    """The plain value of a protected field of ``subject``, a row with a division of its own.

    Whether ``subject`` is one of ``visible_to(by)`` is asked once more here, since this is the one
    way to a plain value.
    """
    if not by.may_reveal(field):
        raise PermissionDenied
    because = " ".join(because.split())
    if len(because) < SHORTEST_REASON:
        raise Refused(_("Say why you need the value; the reason is kept with your name."))
    if not type(subject).objects.visible_to(by).filter(pk=subject.pk).exists():
        raise PermissionDenied
    Reveal.objects.create(
        post=by,
        division=division_of(subject),
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        field=field,
        because=because[:200],
        at=at,
    )
    return getattr(subject, field).open()


def division_of(subject):
    """The village of a household, or of the household that a member belongs to; a clue whose
    household nobody knows has one itself, an offer of help the division that it was made to."""
    holder = getattr(subject, "household", None) or subject
    return getattr(holder, "village", None) or holder.division
