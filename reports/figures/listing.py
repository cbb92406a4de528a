"""Pages of the rows behind a figure, by division.

Sought in the order of ids, the rows of one county lay anywhere among two million. How a household
stood is indexed by village: a page ends with the first villages. Of other rows, those of a county
and those of a figure that counts few are found by their conditions and sorted; the many of a city
or the province are met soon in the order of ids. Either way a page is its keys first: what is told
of a row is read of those alone.
"""

from django.db.models import F, Value
from django.db.models.functions import Concat

from accounts.models.divisions import Level
from accounts.paging import page_of
from reports.figures.figure import MEANS
from reports.figures.rows import read_along
from reports.models import Stood

FEW = 5000


def page_of_rows(rows, value, params, *, place):
    """A page of ``rows``, read with what is told of them. ``value``: of the figure, as counted."""
    rows, order = ordered(rows, value, place)
    page = page_of(rows.only("pk"), params, order=order)
    page.rows = read(rows.model, page.rows)
    return page


def ordered(rows, value, place):
    """The rows and the columns that order them; the same for every page."""
    few = _is_few(value)
    if rows.model is Stood:
        if few and place.level == Level.PROVINCE:  # of an expression no index is walked along
            return rows.annotate(listed_at=F("village_id") + 0), ("listed_at", "id")
        return rows, ("village_id", "id")
    if few or place.level >= Level.COUNTY:
        listed_at = Concat(_division(value.figure), Value(""))
        return rows.annotate(listed_at=listed_at), ("listed_at", "id")
    return rows, ("id",)


def in_order(rows, figure):
    """All of them, for a workbook."""
    return rows.order_by("village_id" if rows.model is Stood else _division(figure), "id")


def read(model, keys):
    """The rows of a page of keys, in their order."""
    found = {row.pk: row for row in read_along(model.objects.filter(pk__in=[k.pk for k in keys]))}
    return [found[key.pk] for key in keys if key.pk in found]


def _division(figure):
    return f"{figure.source.place.removesuffix('_id')}__code"


def _is_few(value):
    """Of a figure that sums something up nobody knows how many rows it has."""
    figure = value.figure
    if figure.amount and (figure.over or figure.unit not in MEANS):
        return True
    number = value.of if figure.unit in MEANS else value.n
    return (number or 0) <= FEW
