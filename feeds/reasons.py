"""Why a row or a cell was not taken: a sentence that says what to do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from households.national.reasons import REASONS as OF_CELLS

NAME, SEVERAL, NO_HIT, BAD = "name_differs", "several_hits", "no_hit", "bad"
# reason: sentence. The reasons of cells are those of the national import.
OWN = {
    "no_hit": gettext_noop(
        "Nobody with this resident ID is in the register of your division. Nothing to do if that "
        "is so; else check the number."
    ),
    "name_differs": gettext_noop(
        "The resident ID is in the register under another name. Kept apart: it counts for nothing "
        "until one of them is corrected."
    ),
    "several_hits": gettext_noop(
        "This resident ID stands at %(hits)s members of the register. "
        "The county has to settle that."
    ),
    "person_twice": gettext_noop("Row %(other)s says something else of the same person. Keep one."),
    "same_twice": gettext_noop("The same as row %(other)s; counted once."),
    "cell_missing": gettext_noop("Without this the row says nothing. Enter it."),
    "identity_missing": gettext_noop("Without a resident ID nobody can say who is meant."),
}
GROUPS = {
    NO_HIT: gettext_lazy("Not in the register"),
    NAME: gettext_lazy("Name differs"),
    SEVERAL: gettext_lazy("Several hits"),
    BAD: gettext_lazy("Cells not taken"),
}
OF_MATCHING = (NO_HIT, NAME, SEVERAL)


def group_of(reason):
    return reason if reason in OF_MATCHING else BAD


def sentence(reason, details):
    words = {name: _listed(value) for name, value in details.items()}
    if reason in OWN:
        return _(OWN[reason]) % words
    return _(OF_CELLS[reason][1]) % words


def _listed(value):
    return _(", ").join(value) if isinstance(value, list) else value
