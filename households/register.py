"""Acts on the register: every change is a new version, the old one is kept (domain.md 2)."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from households.models import Household, HouseholdPast, Member, MemberPast
from households.models.choices import Status
from households.models.versions import PROVENANCE, facts_of


class RegisterRefusal(Exception):
    """A change that the register cannot take; the message is for the person."""


class Outdated(RegisterRefusal):
    """Somebody changed the row first."""


@transaction.atomic
def record_household(
    household, *, on, origin, by, at, origin_id=None, because="", seen_version=None, **changes
):
    """Writes ``changes`` (field -> value) as what holds from ``on``. Returns the changed fields.

    ``seen_version`` is the version that the person looked at; raises ``Outdated`` when the row has
    moved on since. A change dated before what already holds is refused: it is history, not news.
    """
    current = Household.objects.select_for_update().get(pk=household.pk)
    if seen_version is not None and seen_version != current.version:
        raise Outdated(_("Somebody changed this household meanwhile. Look at it again."))
    if changes.get("status", current.status) != Status.EXITED:
        changes.setdefault("exited_class", "")
    changed = _new_version(
        current, HouseholdPast, "household", changes, on, origin, origin_id, because, by, at
    )
    if changed:
        Household.objects.filter(pk=current.pk).update(version=F("version") + 1)
    household.refresh_from_db()
    return changed


@transaction.atomic
def record_member(member, *, on, origin, by, at, origin_id=None, because="", **changes):
    """As ``record_household``, for one member."""
    current = Member.objects.select_for_update().get(pk=member.pk)
    changed = _new_version(
        current, MemberPast, "member", changes, on, origin, origin_id, because, by, at
    )
    member.refresh_from_db()
    return changed


def _new_version(current, past_model, key, changes, on, origin, origin_id, because, by, at):
    changed = [name for name, value in changes.items() if _differs(current, name, value)]
    if not changed:
        return []
    if on < current.since:
        raise RegisterRefusal(
            _("What is known here is of %(since)s; a change of %(on)s would come before it.")
            % {"since": current.since, "on": on}
        )
    kept = {field.attname: getattr(current, field.attname) for field in _kept_fields(current)}
    past_model.objects.create(until=on, **kept, **{key: current})
    for name in changed:
        setattr(current, name, changes[name])
    current.since, current.recorded_at, current.recorded_by = on, at, by
    current.origin, current.origin_id, current.because = origin, origin_id, because
    current.save()
    return changed


def _kept_fields(row):
    return facts_of(type(row)) + [type(row)._meta.get_field(name) for name in PROVENANCE]


def _differs(row, name, value):
    before = getattr(row, name)
    if hasattr(before, "open"):  # protected: the plain values are compared
        return before.open() != (value or "")
    return before != value
