"""Whose household a clue is about: found in the register, or registered (AH 2.2, GZ 4.2.2)."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from households.models import Household, Member
from households.national.identifiers import Bad
from households.register import RegisterRefusal
from households.registering import register_household
from monitoring.clues.moving import arrive, claim, end, leave, record, task_of
from monitoring.models import Clue, ClueAnswer, ClueState, ClueWhat


def candidates(clue, post):
    """Households that ``post`` sees with this resident ID or phone: for eyes to decide."""
    seen = Household.objects.visible_to(post)
    if not post.sees_section("identifiers"):
        return seen.none()
    found = Household.objects.none()
    if clue.resident_id_index:
        bearers = Member.objects.living_there().filter(resident_id_index=clue.resident_id_index)
        found = seen.filter(id__in=bearers.values("household_id"))
    if clue.phone_index:
        found = found | seen.filter(phone_index=clue.phone_index)
    return found.select_related("village").distinct()


@transaction.atomic
def place_clue(clue, *, household, seen_version, by, at):
    """It is this household. Returns the clue that stays: its open one, if it has one."""
    clue = claim(clue, seen_version, by)
    if clue.household_id:
        raise Refused(_("The household of this clue is known already."))
    if not Household.objects.visible_to(by).filter(pk=household.pk).exists():
        raise Refused(_("Choose a household that you see."))
    return attach(clue, household, by=by, at=at)


@transaction.atomic
def register_for(clue, *, head_name, resident_id, phone="", group_name="", seen_version, by, at):
    """Registers the household of the clue as a general one, by the village that looked."""
    clue = claim(clue, seen_version, by)
    if clue.household_id:
        raise Refused(_("The household of this clue is known already."))
    try:
        household = register_household(
            village=clue.village, head_name=head_name, resident_id=resident_id, phone=phone,
            group_name=group_name, because=_("registered for a clue"), by=by, at=at,
        )  # fmt: skip
    except RegisterRefusal as refusal:
        raise Refused(str(refusal)) from None
    except Bad:
        raise Refused(_("The resident ID is not right. Compare it with the card.")) from None
    return attach(clue, household, by=by, at=at)


def attach(clue, household, *, by, at):
    """Joins the clue to the household, or to the clue that is open for it already."""
    Household.objects.select_for_update().get(pk=household.pk)
    other = Clue.objects.open().filter(household=household).select_for_update().first()
    if other:
        return _merge(clue, other, by=by, at=at)
    moved = clue.village_id != household.village_id
    leave(clue, "checked", by=by, at=at)
    clue.household, clue.village = household, household.village
    # The household's own data are in the register: they need not stand here as well.
    clue.name, clue.resident_id, clue.phone = "", "", ""
    # The days run on: to find out whose household it is wins no time.
    due = clue.step_due_on
    arrive(clue, ClueState.CHECK, by=by, at=at)
    if not moved:
        clue.step_due_on = due
        _keep_deadline(clue, due)
    clue.save()
    record(clue, ClueWhat.FOUND, because=household.number, by=by, at=at)
    return clue


def _keep_deadline(clue, due):
    if (task := task_of(clue)) and due:
        task.due_on = due
        task.save(update_fields=["due_on"])


def _merge(clue, other, *, by, at):
    """Its sources and applications go over; both trails say so."""
    clue.sources.update(clue=other)
    clue.applications.update(clue=other)
    clue.merged_into = other
    record(other, ClueWhat.ADDED, because=str(clue), by=by, at=at)
    clue.name, clue.resident_id, clue.phone = "", "", ""
    end(clue, ClueAnswer.MERGED, because="", by=by, at=at, outcome="merged")
    Clue.objects.filter(pk=other.pk).update(last_found_on=localdate(at))
    return other
