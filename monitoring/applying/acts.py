"""The act of whoever applies: one row, a receipt, and nothing else.

The same statements run whoever it is and whatever the register holds.
"""

from accounts.receipts import is_receipt, new_receipt
from accounts.slowing import count_person
from monitoring.models import Application, ClueState

RECEIVED, CHECKING, ANSWERED, NOTHING = "received", "checking", "answered", "nothing"


def apply(*, village, name, resident_id, phone, kind, words, at):
    """Returns the receipt number. Raises ``TooMany``. A second application is received like the
    first; the calendar joins them."""
    count_person(resident_id, at=at)
    receipt = new_receipt()
    Application.objects.create(
        receipt=receipt, village=village, name=name.strip(), resident_id=resident_id, phone=phone,
        kind=kind, words=words.strip(), made_at=at,
    )  # fmt: skip
    return receipt


def state_of(receipt):
    """Where the application is, in one of four words. Of the household it says nothing."""
    if not is_receipt(receipt):
        return NOTHING
    rows = Application.objects.filter(receipt=receipt)
    found = rows.values_list("clue__state", "forgotten_at").first()
    if found is None:
        return NOTHING
    state, forgotten_at = found
    if forgotten_at or state == ClueState.ENDED:
        return ANSWERED
    return CHECKING if state else RECEIVED
