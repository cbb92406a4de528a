"""By the calendar: applications become clues of the household that they are about.

An application belongs to a household when ID and name are those of somebody who lives there. With
another name nobody is guessed: the village looks. One person's applications are one clue.
"""

from django.db import transaction
from django.utils.translation import override

from households.models import Household, Member
from monitoring.clues.receiving import Person, Told, receive
from monitoring.models import Application, Channel

AT_ONCE = 500


def take_up_applications(*, at):
    """How many became clues or were added to one. Run twice or killed, it does each once."""
    taken = 0
    while taken < AT_ONCE and _take_up_one(at):
        taken += 1
    return taken


@transaction.atomic
def _take_up_one(at):
    rows = Application.objects.filter(clue=None, forgotten_at=None).order_by("id")
    rows = rows.select_for_update(skip_locked=True, of=("self",)).select_related("village__county")
    application = rows.first()
    if application is None:
        return False
    household = household_of(application)
    person = None if household else Person(
        application.name, application.resident_id.open(), application.phone.open()
    )  # fmt: skip
    with override("zh-hans"):  # what is kept is kept in the language of the house
        words = f"{application.get_kind_display()}：{application.words}".rstrip("：")
    told = Told(Channel.HOUSEHOLD, words, application.name, f"application {application.pk}")
    clue, _new = receive(
        told, village=application.village, household=household, person=person, by=None, at=at
    )
    application.clue = clue
    application.save(update_fields=["clue"])
    return True


def household_of(application):
    """The one household where somebody of this ID and name lives, or none."""
    bearers = Member.objects.living_there().filter(
        resident_id_index=application.resident_id_index, name=application.name
    )
    homes = Household.objects.filter(id__in=bearers.values("household_id"))
    found = list(homes.select_related("village__county")[:2])
    return found[0] if len(found) == 1 else None
