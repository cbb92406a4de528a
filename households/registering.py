"""A household that no export has brought yet, registered as a general one (一般农户).

It gets a number of ours; the national number follows when the township enters it there (AH 2.2).
"""

from datetime import date

from django.db import connection, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.protected import blind_index
from households.models import Household, Member
from households.models.choices import Origin, Relation, Status
from households.national.identifiers import resident_id as read_identity
from households.pinyin import initials_of, pinyin_of
from households.register import RegisterRefusal

LOCK_SPACE = 0x6E6577  # the first key of this project's advisory locks on new numbers


@transaction.atomic
def register_household(
    *, village, head_name, resident_id, by, at, phone="", group_name="", because=""
):
    """A general household with its head. Raises ``RegisterRefusal`` when the head lives in one."""
    today = localdate(at)
    identity = read_identity(resident_id, today=today.isoformat())
    index = blind_index(identity.number)
    if Member.objects.living_there().filter(resident_id_index=index).exists():
        raise RegisterRefusal(
            _("Somebody with this resident ID lives in a registered household. Let the township "
              "look where.")
        )  # fmt: skip
    recorded = {
        "since": today, "recorded_at": at, "recorded_by": by.officer,
        "origin": Origin.CORRECTION, "because": because[:200],
    }  # fmt: skip
    household = Household.objects.create(
        number=_next_number(village), province_id=village.province_id, city_id=village.city_id,
        county_id=village.county_id, township_id=village.township_id, village=village,
        group_name=group_name, head_name=head_name, status=Status.GENERAL, phone=phone,
        head_pinyin=pinyin_of(head_name), head_initials=initials_of(head_name), **recorded,
    )  # fmt: skip
    Member.objects.create(
        household=household, number=f"{household.number}01", name=head_name,
        resident_id=identity.number, relation=Relation.HEAD, sex=identity.sex,
        born_on=date.fromisoformat(identity.born_on), phone=phone, **recorded,
    )  # fmt: skip
    return household


def _next_number(village):
    """``N`` (new), the village, and a count: 341524105207 gives N3415241052070001."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, village.id])
    begin = f"N{village.code}"
    rows = Household.objects.filter(county_id=village.county_id, number__startswith=begin)
    last = rows.order_by("-number").values_list("number", flat=True).first()
    return f"{begin}{int(last[len(begin) :]) + 1 if last else 1:04d}"
