"""The rows behind a figure as a workbook, made in the background."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import attrgetter

from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Division
from jobs.registry import kind
from jobs.running import Refused, ask, report_progress
from jobs.sheets import Sheet, write_sheet
from jobs.tables.held import Held, still_seen
from monitoring.models import Run
from reports.figures.asking import seen
from reports.figures.listing import in_order
from reports.figures.reading import quarter_of
from reports.figures.rows import read_along, told
from reports.figures.sources import Month
from reports.figures.table import BY_CODE

AT_ONCE = 2000


@dataclass(frozen=True)
class Column:
    words: str
    width: int
    value: Callable


COLUMNS = (
    Column(gettext_lazy("who or what"), 24, attrgetter("name")),
    Column(gettext_lazy("where"), 24, attrgetter("place")),
    Column(gettext_lazy("what"), 40, attrgetter("words")),
)


def may_open(job, post):
    """Only the post that asked, while it is told the figure and sees every row of the file."""
    return is_offered(job, post) and still_seen(job, post)


def is_offered(job, post):
    """The figure and its division, without a look at the rows."""
    if job.asked_by_id != post.id or seen(post, job.arguments["figure"]) is None:
        return False
    place = Division.objects.filter(code=job.arguments["division"]).first()
    return place is not None and post.division.contains(place)


@kind("figure_rows", title=gettext_lazy("rows of a figure"), may_open=may_open, offered=is_offered)
def figure_rows(job):
    """``arguments``: figure, month (YYYY-MM-01), division (code), span. Rows as seen now."""
    asked, post = job.arguments, job.asked_by
    figure = BY_CODE[asked["figure"]]
    place = Division.objects.get(code=asked["division"])
    runs = _runs(post, asked)
    if not runs:
        raise Refused(_("This month is not reviewed yet."))
    run, months = runs[-1], [Month(run) for run in runs]
    rows = figure.counted_in(months[-1:] if figure.stock else months, post)
    rows = in_order(rows.within(place), figure)
    count = rows.count()
    sheet = Sheet(
        name=_("rows"),
        title=f"{figure.title} {place.full_name}",
        subtitle=f"{run.label} {figure.clause}",
        columns=COLUMNS,
        frozen=1,
    )
    held = Held()
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        written = write_sheet(
            file.name,
            sheet,
            count=count,
            chunks=_chunks(read_along(rows), figure, held),
            progress=lambda done: report_progress(
                job, done=done, total=count, stage=_("writing rows")
            ),
        )
        held.keep_with(job)
        with open(file.name, "rb") as finished:
            job.file.save(f"figure-{job.id}.xlsx", File(finished), save=False)
    job.file_name = f"{figure.title}_{place.name}_{run.month:%Y-%m}.xlsx"
    return {"rows": written}


def _runs(post, asked):
    """Of the month, or of the quarter up to it; none while the month itself is not reviewed."""
    month = date.fromisoformat(asked["month"])
    span = [one for one in quarter_of(month) if one <= month] if asked.get("span") else [month]
    runs = Run.objects.visible_to(post).frozen().regular().filter(month__in=span)
    runs = list(runs.order_by("month"))
    return runs if runs and runs[-1].month == month else []


def _chunks(rows, figure, held):
    rows = rows.iterator(chunk_size=AT_ONCE)
    while chunk := list(islice(rows, AT_ONCE)):
        held.take(chunk)
        yield told(figure.source.model, chunk)


def ask_for_rows(*, figure, month: date, division, quarterly=False, by, at):
    """Asked twice at once, it is one."""
    arguments = {"figure": figure.code, "month": f"{month}", "division": division.code}
    arguments["span"] = "quarter" if quarterly else ""
    key = f"{by.id} {' '.join(arguments.values())}"
    return ask("figure_rows", key=key, arguments=arguments, by=by, at=at)
