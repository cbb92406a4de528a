"""The level above asks desks below for something, with a deadline (督办)."""

from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import Division
from accounts.refusals import Refused
from accounts.workdays import is_workday
from duties.desks import ROLE_OF
from duties.doing import open_task
from duties.lists import ABOVE

MOST = 500  # desks asked at once
TELLERS = []  # rooms above that know what villages are asked already


def tell_before_asking(teller):
    """``teller(post)`` gives a sentence for whoever is about to ask desks below (AH 6.3)."""
    TELLERS.append(teller)
    return teller


def told_before_asking(post):
    return " ".join(teller(post) for teller in TELLERS)


def may_ask(by):
    return by.role in ABOVE


def desks_in(division, level):
    """The divisions of ``level`` within one, itself included, that are valid today."""
    within = Division.objects.below(division).filter(level=level)
    return within.valid_on(localdate()).order_by("code")


@transaction.atomic
def ask_below(*, divisions, words, due_on, client_id=None, by, at):
    """A task for each of the divisions' own desks. The same ``client_id`` again asks nobody."""
    divisions = list(divisions)
    if not may_ask(by) or not all(
        by.division.contains(one) and one.level > by.division.level for one in divisions
    ):
        raise Refused(_("You can ask only desks below your own."))
    if not divisions:
        raise Refused(_("Choose whom you ask."))
    if len(divisions) > MOST:
        raise Refused(_("At most %(most)d desks can be asked at once.") % {"most": MOST})
    if not words.strip():
        raise Refused(_("Write what you ask for."))
    if due_on <= localdate(at) or not is_workday(due_on):
        raise Refused(_("The deadline must be a working day to come."))
    asked = (client_id or uuid4()).hex
    return [
        open_task(
            "request", key=f"{asked}-{one.pk}", at_division=one, role=ROLE_OF[one.level],
            words=words, due_on=due_on, by=by, at=at,
        )[0]
        for one in divisions
    ]  # fmt: skip
