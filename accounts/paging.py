"""Pages by key: the last page of a long list costs what the first one does."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db.models import Q

_whole = ContextVar("whole_list", default=False)


class WholeList(Exception):
    """Raised instead of cutting a page, for whoever wants the list itself."""

    def __init__(self, rows):
        super().__init__("a list as a whole")
        self.rows = rows


@contextmanager
def whole_lists():
    """Inside, ``page_of`` hands over the list it was about to cut."""
    token = _whole.set(True)
    try:
        yield
    finally:
        _whole.reset(token)


def hand_over(queryset, *order):
    """For whatever cuts pages: ends here where the list itself is wanted."""
    if _whole.get():
        raise WholeList(queryset.order_by(*order))


@dataclass
class Page:
    rows: list = field(default_factory=list)
    older: int | None = None  # id of the last row when more follow: ?after=
    newer: int | None = None  # id of the first row when some precede: ?before=

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def page_of(queryset, params, *, order=("id",), size=50):
    """The page that ``?after=ID`` or ``?before=ID`` asks for, the first one without.

    ``order`` names columns without nulls, ``-`` for descending; the id is added to make it total.
    """
    order = order if order[-1].lstrip("-") == "id" else (*order, "id")
    hand_over(queryset, *order)
    before = params.get("before", "")
    anchor_id = before or params.get("after", "")
    anchor = _anchor(queryset, anchor_id, order)
    backwards = bool(before and anchor)
    rows = queryset.order_by(*map(_opposite, order) if backwards else order)
    if anchor:
        rows = rows.filter(_beyond(order, anchor, backwards))
    rows = list(rows[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    return Page(
        rows,
        older=rows[-1].pk if rows and (more or backwards) else None,
        newer=rows[0].pk if rows and anchor and (more or not backwards) else None,
    )


def _anchor(queryset, anchor_id, order):
    if not anchor_id.isdecimal() or len(anchor_id) > 18:
        return None
    columns = [column.lstrip("-") for column in order]
    return queryset.filter(pk=anchor_id).order_by().values_list(*columns).first()


def _opposite(column):
    return column[1:] if column.startswith("-") else f"-{column}"


def _beyond(order, anchor, backwards):
    """Rows after the anchor: (a > x) or (a = x and b > y) or …

    ``a >= x`` is said besides, so that an index is entered at the right place.
    """
    condition, same, entered = Q(), {}, Q()
    for column, value in zip(order, anchor, strict=True):
        name = column.lstrip("-")
        way = "lt" if column.startswith("-") != backwards else "gt"
        condition |= Q(**same, **{f"{name}__{way}": value})
        entered = entered or Q(**{f"{name}__{way}e": value})
        same[name] = value
    return entered & condition
