"""The division that the address of a list names (``?division=``)."""

from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS


def with_code(divisions, code):
    """The division with this code, as an address gives it, among ``divisions``."""
    known = bool(code) and code.isascii() and code.isdigit()
    return divisions.filter(code=code).first() if known else None


def chosen(post, code):
    """The division with this code, when it lies inside the post's own."""
    division = with_code(Division.objects.visible_to(post), code)
    return division if division and post.division.contains(division) else None


def narrowed(rows, post, code):
    """Rows inside the chosen division, and the division; all rows where none is chosen."""
    division = chosen(post, code)
    return (rows.within(division) if division else rows), division


def put_places(rows):
    """Puts the divisions of all levels at ``rows`` that have their ids, in one query: to plan a
    join of five takes the database longer than to find the rows of a list."""
    ids = {getattr(row, column) for row in rows for column in LEVEL_COLUMNS.values()}
    divisions = Division.objects.in_bulk(ids)
    for row in rows:
        for column in LEVEL_COLUMNS.values():
            setattr(row, column.removesuffix("_id"), divisions[getattr(row, column)])
