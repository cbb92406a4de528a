"""The tables on screen and what they are as a workbook: one declaration for each page.

A room declares the pages with tables in its ``downloads.py``, by the name of the address:

    table("findings", _("Findings"), columns(_("village"), 16, "village.name", …))

A page with several tables declares each with a ``part``. The rows are those of the page itself,
with its filters, order and limits: see ``jobs/tables/``.
"""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils.functional import Promise

TABLES, WITHOUT = {}, {}


@dataclass(frozen=True)
class Column:
    """``value`` takes a row; it is given as ``village.name`` or as a function of the row."""

    words: str
    width: int  # characters
    value: Callable


@dataclass(frozen=True)
class Table:
    """``columns``: a tuple, or a function of (post, params, context of the page) that gives one.

    ``rows`` takes the page's context, where the page does not cut its list with ``page_of``.
    ``lines`` makes lines of a chunk of rows, where the page does so: (rows, post, params) -> rows.
    ``seen``: post -> all such rows that it may see, where ``visible_to`` of the model says less.
    ``opens`` takes a post and raises PermissionDenied where the page is closed to it: for pages
    that cost much to make, so that a download need not make them again to learn that.
    ``needs`` are relations that the columns read and the page may not have fetched.
    """

    name: str  # of the address
    words: str
    columns: tuple | Callable
    rows: Callable | None = None
    lines: Callable | None = None
    needs: tuple = ()
    seen: Callable | None = None
    opens: Callable | None = None
    ability: str = ""  # blank: whoever may open the page
    when: Callable | None = None  # post -> whether its page has this table
    shown: Callable | None = None  # context of the page -> whether it shows this table just now
    part: str = ""  # which of the page's tables; blank: its list

    def offered_to(self, post):
        return (not self.ability or post.may(self.ability)) and (not self.when or self.when(post))

    def columns_for(self, post, params, context):
        return self.columns(post, params, context) if callable(self.columns) else self.columns


def table(name, words, columns, **more):
    made = Table(name, words, columns, **more)
    TABLES.setdefault(name, {})[made.part] = made


def tables_of(name, post, context):
    """The tables of the page with this name that it shows and that are offered to ``post``."""
    offered = [each for each in TABLES.get(name, {}).values() if each.offered_to(post)]
    return [each for each in offered if not each.shown or each.shown(context)]


def without_download(reason, *names):
    """Pages whose tables are no list of their own, or are downloaded otherwise; says why."""
    WITHOUT.update(dict.fromkeys(names, reason))


def columns(*facts):
    """``words, width, value`` three by three."""
    groups = zip(facts[::3], facts[1::3], facts[2::3], strict=True)
    return tuple(Column(words, width, _reader(value)) for words, width, value in groups)


def _reader(value):
    return value if callable(value) else lambda row: read(row, value)


def read(row, path):
    """``household.village.name`` of objects and dicts; None where something on the way is."""
    for name in path.split("."):
        if row is None:
            return None
        row = row.get(name) if isinstance(row, dict) else getattr(row, name, None)
        if callable(row) and not isinstance(row, Promise):
            row = row()
    return row


_context = ContextVar("page_context", default=False)


class PageMade(Exception):
    """Raised instead of writing a page, for whoever wants what it would show."""

    def __init__(self, context):
        super().__init__("a page's context")
        self.context = context


@contextmanager
def page_contexts():
    """Inside, a page hands over its context when it begins to be written."""
    token = _context.set(True)
    try:
        yield
    finally:
        _context.reset(token)


def wants_page_contexts():
    return _context.get()
