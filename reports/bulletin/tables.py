"""The annexes of a bulletin: the same figures for cities and for counties."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.divisions import Level
from reports.bulletin.composing import places_of, said
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

# What annexes tell, in their order.
ANNEXES = (
    (Level.CITY, COLUMNS),
    (Level.COUNTY, COLUMNS),
    (Level.CITY, MORE_COLUMNS),
    (Level.COUNTY, MORE_COLUMNS),
)


def head(columns=COLUMNS):
    return [_("division"), *(str(BY_CODE[code].words) for code in columns)]


def rows(figures, level, columns=COLUMNS):
    return [
        [place["name"], *(said(place, code) for code in columns)]
        for place in places_of(figures, level)
    ]


def leading(figures, row, columns, level, post):
    """For each cell of a row the address of the rows that it counts, "" outside of the post's."""
    place = places_of(figures, level)[row]
    if post.division_id not in (place["id"], place["city"], figures["places"][0]["id"]):
        return ["" for _code in columns]
    pairs = {"month": max(figures["months"])[:7], "division": place["code"], "span": "quarter"}
    return [f"{reverse('figure', args=[code])}?{urlencode(pairs)}" for code in columns]


def on_screen(figures, post):
    """The annexes, each cell with the rows that it leads to: (title, head, rows of (said, url))."""
    found = []
    for (title, head_words, said_rows), (level, columns) in zip(
        annexes(figures), ANNEXES, strict=True
    ):
        told = [
            list(zip(row, ["", *leading(figures, n, columns, level, post)], strict=True))
            for n, row in enumerate(said_rows)
        ]
        found.append((title, head_words, told))
    return found


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
