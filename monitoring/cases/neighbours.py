"""The case before and after one in the list it was opened from: its tab, filters and order."""

from dataclasses import dataclass

from accounts.paging import page_of
from monitoring.inbox.lists import Filters, tabs_of


@dataclass(frozen=True)
class Neighbours:
    """Ids of cases, None at either end. Of a case that is not in the list, the list's first."""

    before: int | None = None
    after: int | None = None


def neighbours(case, post, params, today):
    """``params``: the query string of the list."""
    if not tabs_of(post):
        return Neighbours()
    filters = Filters(params, post, today)
    _name, order = filters.order_of(params.get("sort", ""))
    rows = filters.rows()
    after = _one(rows, {"after": str(case.pk)}, order)
    if not rows.filter(pk=case.pk).exists():
        return Neighbours(None, after)
    return Neighbours(_one(rows, {"before": str(case.pk)}, order), after)


def _one(rows, params, order):
    found = page_of(rows, params, order=order, size=1).rows
    return found[0].pk if found else None
