"""All checks of data quality, a module for each topic."""

from django.utils.translation import gettext_lazy as _

from households.quality.check import HINT, WARNING, Check
from households.quality.checks import (
    assured,
    contact,
    health,
    helping,
    identity,
    living,
    money,
    people,
    place,
    schooling,
    twins,
    work,
)

TOPICS = (
    place, contact, living, people, money, identity, schooling, health, work, assured, helping,
    twins,
)  # fmt: skip
CHECKS = tuple(check for topic in TOPICS for check in topic.CHECKS)
# Not asked any more; faults found by them while they were say what they were.
GIVEN_UP = (
    Check(135, HINT, "AH 4.2.2", "household_person",
          _("The responsible or contact person has no account here.")),
    Check(173, WARNING, "XC 4.3.16", "household_correct",
          _("The water is short in some seasons, but its supply is said to be reliable.")),
)  # fmt: skip
BY_CODE = {check.code: check for check in (*GIVEN_UP, *CHECKS)}


def codes_of(severity):
    return [check.code for check in BY_CODE.values() if check.severity == severity]
