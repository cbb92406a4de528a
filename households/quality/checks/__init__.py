"""All checks of data quality, a module for each topic."""

from households.quality.checks import (
    assured,
    contact,
    health,
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
    place, contact, living, people, money, identity, schooling, health, work, assured, twins
)  # fmt: skip
CHECKS = tuple(check for topic in TOPICS for check in topic.CHECKS)
BY_CODE = {check.code: check for check in CHECKS}


def codes_of(severity):
    return [check.code for check in CHECKS if check.severity == severity]
