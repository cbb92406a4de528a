"""What villages are asked: of a place by itself, to be brought down, never a ranking (AH 6.3)."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monitoring.models import Burden
from reports.figures.figure import MINUTES, SHARE, Figure, every
from reports.figures.sources import Source

ASKED = Source(Burden, lambda m: Q(month=m.first), "village_id")
OWN = {"group": "burden", "compared": False}

FIGURES = (
    Figure(
        "burden_again", _("answers given again although known"), "AH 6.3", ASKED, every,
        unit=SHARE, amount=F("again"), over=F("answers"),
        counts=pgettext_lazy("counted", "answers"), **OWN,
    ),
    Figure(
        "burden_twice", _("households asked more than once in a month"), "AH 6.3", ASKED, every,
        unit=SHARE, amount=F("twice"), over=F("asked"), **OWN,
    ),
    Figure(
        "burden_requests", _("requests about households"), "AH 6.3", ASKED, every,
        amount=F("requests"), counts=pgettext_lazy("counted", "requests"), **OWN,
    ),
    Figure(
        "burden_minutes", _("minutes in a visit form"), "XC 4.1.2", ASKED, every, unit=MINUTES,
        amount=F("seconds"), over=F("timed"), **OWN,
    ),
)  # fmt: skip
