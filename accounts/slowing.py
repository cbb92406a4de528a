"""How often one address, one person and everybody may try in an hour what needs no account.

Counted in the database, by one statement, before anything else is done: many servers count
together, and nothing is lost when the cache is emptied. Whoever goes on trying is not let in
again by it: every try counts.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import Tries
from accounts.protected import blind_index
from accounts.refusals import Refused

APPLY, LOOK, OFFER = "apply", "look", "offer"
# Tries in an hour. Phones of a whole valley may share one address of their network.
OF_ADDRESS = {APPLY: 30, LOOK: 60, OFFER: 30}
OF_EVERYBODY = {APPLY: 3000, LOOK: 6000, OFFER: 3000}
OF_PERSON = 5  # applications with one resident ID, offers with one phone

_COUNT = """
INSERT INTO accounts_tries AS t (what, key, begins, count)
SELECT asked.what, asked.key, %s, 1 FROM unnest(%s::text[], %s::uuid[]) AS asked (what, key)
ORDER BY asked.key
ON CONFLICT (what, key, begins) DO UPDATE SET count = t.count + 1
RETURNING t.what, t.key, t.count
"""


class TooMany(Refused):
    """More tries than the hour allows; ``minutes`` until the next one may pass."""

    def __init__(self, minutes):
        super().__init__(
            _("Too many tries just now. Try again in %(minutes)d minutes, or tell your village "
              "committee; it can do this for you.") % {"minutes": minutes}
        )  # fmt: skip
        self.minutes = minutes


def count_try(what, address, *, at):
    """Counts a try of this address and of everybody. Raises ``TooMany``."""
    limits = {
        blind_index(f"{what} from {address}"): OF_ADDRESS[what],
        blind_index(f"{what} of everybody"): OF_EVERYBODY[what],
    }
    _count(what, limits, at)


def count_person(number, *, at):
    """``number``: a resident ID or phone. The answer to too many is the one that an address gets:
    it says nothing of the person."""
    _count("person", {blind_index(f"application of {number}"): OF_PERSON}, at)


def address_of(request):
    """Our own proxy says who asks (``deploy/nginx.conf``); without one the connection does."""
    told = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.PRODUCTION else ""
    return told.split(",")[-1].strip() or request.META["REMOTE_ADDR"]


def told_to_wait(answer, at):
    """Marks the answer to somebody who tried too often."""
    if answer.status_code == 429:
        answer["Retry-After"] = str((60 - at.minute) * 60)
    return answer


def _count(what, limits, at):
    begins = at.replace(minute=0, second=0, microsecond=0)
    keys = sorted(limits)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [begins, [what] * len(keys), keys])
        found = cursor.fetchall()
    if any(count > limits[key] for _what, key, count in found):
        raise TooMany(60 - at.minute)


def forget_tries(*, at):
    return Tries.objects.filter(begins__lt=at - timedelta(hours=2)).delete()[0]
