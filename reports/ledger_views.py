"""Saving a ledger with its filters and columns, sharing and deleting what was saved."""

from django.utils.translation import gettext as _

from accounts.refusals import Refused
from reports.models import LedgerView

MOST = 50


def save_view(*, name, ledger, query, shared=False, by, at):
    """``query``: the pairs of the ledger's address. One's own name again is the view anew."""
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Give the view a name."))
    if len(name) > LedgerView._meta.get_field("name").max_length:
        raise Refused(_("The name is too long: at most 60 characters."))
    own = LedgerView.objects.own(by)
    if own.exclude(name=name).count() >= MOST:
        raise Refused(_("You have %(most)s saved views. Delete one first.") % {"most": MOST})
    facts = {"ledger": ledger.slug, "query": query, "shared": shared, "saved_at": at}
    return LedgerView.objects.update_or_create(saved_by=by, name=name, defaults=facts)[0]


def share_view(view, *, shared, by, at):
    """Only whoever saved it shares it, or takes it back."""
    LedgerView.objects.own(by).filter(pk=view.pk).update(shared=shared)


def delete_view(view, *, by, at):
    LedgerView.objects.own(by).filter(pk=view.pk).delete()
