"""A table of a page as a workbook, made in the background for the post that asked."""

import tempfile
from datetime import datetime
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.http import Http404
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Division, Post
from accounts.protected import blind_index
from accounts.refusals import Refused
from accounts.tables import Column
from jobs.registry import kind
from jobs.running import ask, report_progress
from jobs.sheets import Sheet, write_sheet
from jobs.tables.held import Held, still_seen
from jobs.tables.page import found_on, need_page, table_at, wanted

KIND = "table"
CHUNK = 1000
MOST = 1_000_000  # a sheet holds 1,048,576 rows
YES_NO = {True: gettext_lazy("yes"), False: gettext_lazy("no")}


def ask_for_table(*, address, query, name="", by, at):
    """The workbook of what the page shows to ``by``; asked twice at once, it is one.

    The filters may hold a name that was searched for: neither arguments nor key tell it.
    """
    query = wanted(query).urlencode()
    asked = blind_index(f"{address}?{query}").hex
    arguments = {"address": address, "name": name}
    key = f"{by.id} {asked} {name}"
    return ask(KIND, key=key, arguments=arguments, private=query, by=by, at=at)


def may_open(job, post):
    """Only the post that asked, while it may open the page and still sees every row of the file."""
    if job.asked_by_id != post.id:
        return False
    try:
        table = need_page(job.arguments["address"], job.private.open(), post)
    except (Http404, PermissionDenied, Refused):
        return False
    place = Division.objects.filter(code=job.result.get("place")).first()
    if place and not post.division.contains(place):
        return False
    return still_seen(job, post, table.seen)


def _named(job):
    table = table_at(job.arguments["address"])
    return job.arguments["name"] or (table.words if table else gettext_lazy("table"))


@kind(
    KIND,
    title=gettext_lazy("table"),
    may_open=may_open,
    offered=lambda job, post: job.asked_by_id == post.id,
    named=_named,
)
def table_workbook(job):
    """``arguments``: address of the page, and a name of its own or none; ``private``: its query."""
    post, day = job.asked_by, localdate(job.asked_at)
    found = _found(job, post)
    count = _counted(found.rows)
    words = job.arguments["name"] or str(found.table.words)
    said = _("as of %(moment)s, seen by %(post)s, %(place)s")
    said %= {
        "moment": date_format(localtime(), "DATETIME_FORMAT"),
        "post": post.label,
        "place": post.division.full_name,
    }
    sheet = Sheet(
        name=_("table"),
        title=f"{words} {found.place.full_name}",
        subtitle=said,
        columns=tuple(Column(c.words, c.width, _plain_of(c.value)) for c in found.columns),
        frozen=1,
    )
    held = Held()
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        written = write_sheet(
            file.name,
            sheet,
            count=count,
            chunks=_chunks(found, post, held),
            progress=lambda done: report_progress(
                job, done=done, total=count, stage=_("writing rows")
            ),
        )
        held.keep_with(job, found.table.seen)
        with open(file.name, "rb") as finished:
            job.file.save(f"table-{job.id}.xlsx", File(finished), save=False)
    job.file_name = f"{words}_{found.place.name}_{day}.xlsx".replace("/", "-")
    return {
        "rows": written,
        "sentence": _("%(rows)s rows") % {"rows": f"{written:,}"},
        "place": found.place.code,
    }


def _found(job, post):
    """Asked for in time, but the post may have ended before its turn came."""
    if not Post.objects.open_on(localdate()).filter(id=post.id).exists():
        raise Refused(_("The post that asked for this table has ended."))
    try:
        return found_on(job.arguments["address"], job.private.open(), post)
    except (Http404, PermissionDenied):
        raise Refused(_("Your post may no longer open the page of this table.")) from None


def _counted(rows):
    count = rows.order_by().count() if isinstance(rows, QuerySet) else len(rows)
    if count > MOST:
        raise Refused(_("These are more than a million rows. Choose a division below."))
    return count


def _chunks(found, post, held):
    rows, make = found.rows, found.table.lines
    rows = rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        held.take(chunk)
        if found.table.needs:
            prefetch_related_objects(chunk, *found.table.needs)
        yield list(make(chunk, post, found.params)) if make else chunk


def _plain_of(value):
    return lambda row: plain(value(row))


def plain(value):
    """What a cell takes: a moment as text of this time zone, yes or no in words, a thing's name."""
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, list | tuple):
        return "、".join(str(plain(part)) for part in value if part not in (None, ""))
    return value
