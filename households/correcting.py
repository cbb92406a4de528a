"""Acts that mend the register: each is a new version with its reason, nothing is overwritten."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Post
from households.dossier import wanted_person
from households.models import Household, Member
from households.models.choices import Origin, Relation
from households.pinyin import initials_of, pinyin_of
from households.register import Outdated, RegisterRefusal, record_household, record_member

WHEN_NAMED = []  # what the rooms above do then: ``(household, *, before, name, by, at)``
DIVISION_COLUMNS = ("province", "city", "county", "township", "village")


def correct_household(household, *, changes, because, seen_version, by, at):
    """Facts of the household as they really are. Raises ``Outdated`` as ``record_household``."""
    return record_household(
        household,
        **_provenance(because, by, at),
        seen_version=seen_version,
        **changes,
    )


def version_of(member):
    """How many versions of a member there have been; what a form saw."""
    return member.past.count() + 1


@transaction.atomic
def correct_member(member, *, changes, because, seen_version, by, at):
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if seen_version is not None and seen_version != version_of(locked):
        raise Outdated(_("Somebody changed this member meanwhile. Look at it again."))
    changed = record_member(member, **_provenance(because, by, at), **changes)
    if "name" in changed and member.relation == Relation.HEAD:
        household = Household.objects.get(pk=member.household_id)
        record_household(household, **_provenance(because, by, at), head_name=member.name)
        _index_head(household)
    return changed


@transaction.atomic
def member_leaves(member, *, on, because, by, at):
    """A member moves out, marries away or dies; the record stays with the household."""
    if member.relation == Relation.HEAD:
        raise RegisterRefusal(
            _("%(name)s is the head. Change the head of the household first.")
            % {"name": member.name}
        )
    if member.left_on is not None:
        raise RegisterRefusal(_("%(name)s has left already.") % {"name": member.name})
    if on > timezone.localdate(at):
        raise RegisterRefusal(_("The day lies in the future."))
    return record_member(member, **_provenance(because, by, at), left_on=on)


@transaction.atomic
def move_household(household, *, village, group_name, because, seen_version, by, at):
    """The whole household lives in another village from now on, with all its history."""
    if village.village_id is None:
        raise RegisterRefusal(_("A household lives in a village."))
    places = {column: getattr(village, column) for column in DIVISION_COLUMNS}
    try:
        with transaction.atomic():
            return record_household(
                household,
                **_provenance(because, by, at),
                seen_version=seen_version,
                group_name=group_name,
                **places,
            )
    except IntegrityError:
        raise RegisterRefusal(
            _("In that county another household has the number %(number)s already.")
            % {"number": household.number}
        ) from None


@transaction.atomic
def change_head(household, *, head, relations, because, seen_version, by, at):
    """``head`` becomes the head; ``relations`` says what each other member is to the new head."""
    if head.household_id != household.pk or head.left_on is not None:
        raise RegisterRefusal(_("The head lives in the household."))
    provenance = _provenance(because, by, at)
    changed = record_household(
        household, **provenance, seen_version=seen_version, head_name=head.name
    )
    members = list(household.members.living_there())
    # The old head first: at no moment may there be two.
    for member in sorted(members, key=lambda member: member.relation != Relation.HEAD):
        if member.pk != head.pk:
            relation = relations.get(member.pk, Relation.OTHER)
            if relation == Relation.HEAD:
                raise RegisterRefusal(_("A household has one head."))
            record_member(member, **provenance, relation=relation)
    record_member(head, **provenance, relation=Relation.HEAD)
    _index_head(household)
    return changed


@transaction.atomic
def name_person_in_charge(household, *, post, because, seen_version, by, at):
    """``post`` looks after the household: as responsible person of an exited or poor household, as
    contact person of any other (AH 4.1.3, 4.2.2). The one before stays in the history. ``by`` is
    the officer; what rooms above hand over with it is in ``WHEN_NAMED``."""
    if not post.division.contains(household):
        raise RegisterRefusal(_("This officer has no post where the household lives."))
    kind = wanted_person(household)
    officer, before = post.officer, getattr(household, f"{kind}_name")
    changed = record_household(
        household,
        **_provenance(because, by, at),
        seen_version=seen_version,
        in_charge=officer,
        **{f"{kind}_name": officer.name, f"{kind}_phone": officer.phone.open()},
    )
    for follow in WHEN_NAMED:
        follow(household, before=before, name=officer.name, by=by, at=at)
    return changed


def candidates_for(household, seen_by):
    """Posts that may be put in charge: open ones in the household's village, township or county
    that ``seen_by`` sees."""
    places = [household.village_id, household.township_id, household.county_id]
    return (
        Post.objects.visible_to(seen_by)
        .open_on(timezone.localdate())
        .filter(
            division__in=places,
            role__in=["assigned", "village", "township", "county"],
            officer__is_active=True,
        )
        .select_related("officer", "division")
        .order_by("-division__level", "officer__name", "id")
    )


def _provenance(because, by, at):
    return {
        "on": timezone.localdate(at),
        "origin": Origin.CORRECTION,
        "because": because,
        "by": by,
        "at": at,
    }


def _index_head(household):
    """What the head is looked up by follows the name."""
    name = household.head_name
    Household.objects.filter(pk=household.pk).update(
        head_pinyin=pinyin_of(name), head_initials=initials_of(name)
    )
