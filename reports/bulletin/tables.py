"""The annexes of a bulletin: the same figures for cities and for counties."""

from django.utils.translation import gettext as _

from accounts.models.divisions import Level
from reports.bulletin.composing import places_of, said
from reports.figures import reading
from reports.figures.table import BY_CODE

COLUMNS = (
    "flags_opened",
    "flags_cleared",
    "flags_standing",
    "flags_overdue",
    "visits_monthly",
    "without_responsible",
    "without_contact",
    "tasks_in_time",
    "faults",
)
# In annexes of their own, for a sheet is not wider.
MORE_COLUMNS = (
    "flags_reopened",
    "without_plan",
    "steps_in_time",
    "clues_in_time",
    "screening_visited",
    "measures_done",
    "grants_paid",
    "grants_amount",
    "relief_unfiled",
)
DRAWN = "flags_standing"
LONGEST = 20  # squares of a bar


def head(columns=COLUMNS):
    return [_("division"), *(str(BY_CODE[code].words) for code in columns)]


def rows(figures, level, columns=COLUMNS):
    return [
        [place["name"], *(said(place, code) for code in columns)]
        for place in places_of(figures, level)
    ]


def bars(figures):
    """[(city, number, bar)] of the figure that is drawn."""
    figure = BY_CODE[DRAWN]
    values = [
        (place["name"], reading.value_of(figure, place["values"]).n)
        for place in places_of(figures, Level.CITY)
    ]
    most = max((number for _name, number in values), default=0)
    return [
        (name, number, "■" * round(LONGEST * number / most) if most else "")
        for name, number in values
    ]


def annexes(figures):
    """[(title, head, rows)]."""
    return [
        (_("Annex 1: figures by city"), head(), rows(figures, Level.CITY)),
        (_("Annex 2: figures by county"), head(), rows(figures, Level.COUNTY)),
        (
            _("Annex 3: more figures by city"),
            head(MORE_COLUMNS),
            rows(figures, Level.CITY, MORE_COLUMNS),
        ),
        (
            _("Annex 4: more figures by county"),
            head(MORE_COLUMNS),
            rows(figures, Level.COUNTY, MORE_COLUMNS),
        ),
    ]
