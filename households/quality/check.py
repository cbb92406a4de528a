"""What a check of data quality is (domain.md 4, XC 4.1.2): one declaration each, compiled to SQL.

``code`` is permanent: never reused, never changed. ``condition`` is SQL that is true where
something is wrong; NULL (not known) is no fault. It reads ``h`` (household), ``v`` (its village),
``p`` (``sql/people.sql``: who lives there), ``i`` and ``b`` (latest income, the one before); or,
about a member, ``m``, its household ``h`` and ``head``. A check across rows gives instead ``rows``:
a SELECT of household and member.
"""

from dataclasses import dataclass
from functools import partial

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Severity(TextChoices):
    ERROR = "error", _("error")
    WARNING = "warning", _("warning")
    HINT = "hint", _("hint")


ERROR, WARNING, HINT = Severity
HOUSEHOLD, MEMBER = "household", "member"


@dataclass(frozen=True)
class Check:
    code: int
    severity: Severity
    clause: str  # "default": our own sense, no document says it
    mend: str  # name of the page where it is mended, see ``mending.py``
    words: str
    condition: str = ""
    about: str = HOUSEHOLD
    rows: str = ""


of_member = partial(Check, about=MEMBER)
