"""The cover sheet of a township's list of closing requests, and the list itself (AH 3.3)."""

from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from households.dossier import head_first
from households.models import Member
from households.wording import plain
from monitoring.cases.words import place_of
from monitoring.papers.blocks import Facts, Heading, Room, Sheet, Table
from monitoring.papers.words import (
    head_identity,
    or_unknown,
    people_words,
    printed,
    signed,
)


def cover(made, cases, at):
    """``cases`` of the consolidation ``made``, with their households' divisions."""
    members = members_of(cases)
    return Sheet(
        _("Edge households whose risk is removed: cover sheet of the list"),
        _("List number %(number)s") % {"number": made.number},
        printed(at),
        [
            _about(made, cases, members),
            *_opinions(made, cases),
            Heading(_("The households of the list")),
            _list(cases, members),
        ],
        about=made.number,
    )


def members_of(cases):
    """Household id -> who lives there, the head first; in one query."""
    found = {case.household_id: [] for case in cases}
    for member in head_first(Member.objects.filter(household__in=found).living_there()):
        found[member.household_id].append(member)
    return found


def _about(made, cases, members):
    villages = {case.household.village_id for case in cases}
    return Facts(
        [
            (_("Township"), made.township.full_name),
            (_("Made on"), plain(localdate(made.made_at))),
            (_("Households"), str(len(cases))),
            (_("Members"), people_words(sum(len(living) for living in members.values()))),
            (_("Villages"), str(len(villages))),
            (_("Made by"), made.made_by.signature),
        ]
    )


def _opinions(made, cases):
    """One box for each step of the chain; the township's is signed by who made the list."""
    for number, step in enumerate(cases[0].steps if cases else ()):
        label = f"{place_of(cases[0], step).name}\n{step.words}"
        if number == 0:
            words = _("%(count)d households examined, agreed to be closed.") % {"count": len(cases)}
            yield Room(label, words, signed(made.made_by.signature, localdate(made.made_at)))
        else:
            yield Room(label, "", signed())


def _list(cases, members):
    head = [
        _("No."), _("Case number"), _("Village and group"), _("Head"), _("Resident ID"),
        _("Members"), _("Income per head, yuan"), _("Listed on"),
    ]  # fmt: skip
    rows = [
        [
            str(number),
            case.number,
            f"{case.household.village.name}{case.household.group_name}",
            or_unknown(case.household.head_name),
            or_unknown(head_identity(members[case.household_id])),
            str(len(members[case.household_id])),
            or_unknown(_income(case)),
            or_unknown(plain(case.household.listed_on)),
        ]
        for number, case in enumerate(cases, start=1)
    ]
    return Table(head, rows, [3, 10, 10, 8, 13, 5, 10, 9])


def _income(case):
    amount = case.judged.get("per_capita")
    return "" if amount is None else f"{Decimal(amount):,.2f}"
