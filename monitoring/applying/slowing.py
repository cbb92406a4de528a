"""How often one address, one resident ID and everybody may try in an hour.

Counted in the database, by one statement, before anything else is done: many servers count
together, and nothing is lost when the cache is emptied. Whoever goes on trying is not let in
again by it: every try counts.
"""

from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext as _

from accounts.protected import blind_index
from accounts.refusals import Refused
from monitoring.models import Tries

APPLY, LOOK = "apply", "look"
# Tries in an hour. Phones of a whole valley may share one address of their network.
OF_ADDRESS = {APPLY: 30, LOOK: 60}
OF_EVERYBODY = {APPLY: 3000, LOOK: 6000}
OF_PERSON = 5  # applications with one resident ID

_COUNT = """
INSERT INTO monitoring_tries AS t (what, key, begins, count)
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


def count_person(resident_id, *, at):
    """The answer to too many is the one that an address gets: it says nothing of the person."""
    _count("person", {blind_index(f"application of {resident_id}"): OF_PERSON}, at)


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
