"""What somebody said of himself is removed some time after the answer (个人信息保护法 19, 47).

The clue and its trail stay, without a name, a number or the applicant's words. Of a household that
is helped the register knows what it needs.
"""

from django.db import transaction
from django.utils.timezone import localdate, timedelta

from accounts.slowing import forget_tries
from monitoring.clues.moving import figures_of
from monitoring.models import Application, Channel, Clue, ClueSource

AT_ONCE = 2000


def forget_applications(*, at):
    """How many were forgotten. The days are those of the county on that day (parameter)."""
    forget_tries(at=at)
    today, days = localdate(at), {}
    rows = Application.objects.filter(forgotten_at=None, clue__ended_on__lt=today)
    rows = rows.select_related("clue", "village__county").order_by("id")
    due = []
    for row in rows[:AT_ONCE]:
        county = row.village.county_id
        if county not in days:
            days[county] = int(figures_of(row.village, today)["application_days"])
        if row.clue.ended_on + timedelta(days=days[county]) < today:
            due.append(row)
    for row in due:
        _forget(row, at)
    return len(due)


@transaction.atomic
def _forget(application, at):
    application.name, application.words = "", ""
    application.resident_id, application.phone = "", ""
    application.forgotten_at = at
    application.save()
    clue = application.clue
    ClueSource.objects.filter(clue=clue, channel=Channel.HOUSEHOLD).update(words="", who="")
    clue.name, clue.resident_id, clue.phone = "", "", ""
    Clue.objects.filter(pk=clue.pk).update(
        name="", resident_id="", resident_id_index=None, resident_id_masked="",
        phone="", phone_index=None, phone_masked="",
    )  # fmt: skip
