"""The corrections for the national system (AH 2.2) as a workbook, township by township."""

import tempfile
from collections import namedtuple

from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Division
from households.models import Difference
from households.models.choices import Origin
from households.outgoing.finding import find_differences
from households.outgoing.lines import lines_of
from households.outgoing.units import Headers
from jobs.registry import kind
from jobs.running import ask, report_progress
from jobs.sheets import Sheet, write_sheet

KIND, ABILITY = "outgoing", "import_register"  # who loads the export enters what must be corrected
CHUNK = 2000
SOURCES = {origin for origin in Origin.values if origin not in (Origin.IMPORT, Origin.MADE_UP)}
ORDER = ("household__township__code", "household__village__code", "household_id", "member_id", "id")
READ = (
    *("column", "said", "here", "since", "origin", "exported_on", "household__number"),
    *("household__head_name", "household__province_id", "household__county__name"),
    *("household__township__name", "household__village__name", "household__group_name"),
    *("member__number", "member__name", "member__sex", "member__resident_id_masked"),
    *("member__relation", "member__left_on"),
)
Column = namedtuple("Column", "words width value")


def _of_household(name):
    return lambda line: str(getattr(line.difference.household, name))


def _of_member(name):
    return lambda line: getattr(line.difference.member, name) if line.difference.member else ""


COLUMNS = (
    Column(gettext_lazy("county"), 10, _of_household("county")),
    Column(gettext_lazy("township"), 12, _of_household("township")),
    Column(gettext_lazy("village"), 16, _of_household("village")),
    Column(gettext_lazy("household number"), 20, _of_household("number")),
    Column(gettext_lazy("head"), 10, _of_household("head_name")),
    Column(gettext_lazy("member number"), 22, _of_member("number")),
    Column(gettext_lazy("member"), 10, _of_member("name")),
    Column(gettext_lazy("resident ID, masked"), 22, _of_member("resident_id_masked")),
    Column(gettext_lazy("column of the national system"), 24, lambda line: line.column),
    Column(gettext_lazy("value in the last export"), 24, lambda line: line.said),
    Column(gettext_lazy("to be entered"), 24, lambda line: line.here),
    Column(gettext_lazy("here since"), 12, lambda line: line.difference.since),
    Column(gettext_lazy("source"), 14, lambda line: Origin(line.difference.origin).label),
    Column(gettext_lazy("last export of"), 12, lambda line: line.difference.exported_on),
)


def open_in(place, post, source=""):
    rows = Difference.objects.visible_to(post).within(place).open()
    return rows.filter(origin=source) if source in SOURCES else rows


def ask_for_list(*, place, source, by, at):
    """The workbook of what ``by`` sees in ``place``; asked twice at once, it is one."""
    source = source if source in SOURCES else ""
    arguments = {"division": place.code, "source": source}
    return ask(
        KIND, key=f"{by.id} {place.code} {source}".strip(), arguments=arguments, by=by, at=at
    )


def may_open(job, post):
    place = Division.objects.filter(code=job.arguments["division"]).first()
    own = job.asked_by_id == post.id and post.may(ABILITY)
    return own and place is not None and post.division.contains(place)


@kind(KIND, title=gettext_lazy("corrections for the national system"), may_open=may_open)
def outgoing_workbook(job):
    """``arguments``: division (code), source. The list is brought up to date first."""
    place = Division.objects.get(code=job.arguments["division"])
    find_differences(place, at=job.started_at)
    rows = open_in(place, job.asked_by, job.arguments["source"])
    total = rows.count()
    sheet = Sheet(
        name=_("corrections"),
        title=_("Corrections for the national system, %(place)s") % {"place": place.full_name},
        subtitle=_(
            "Numbers are masked. Who enters one looks it up on the household's page, with a reason."
        ),
        columns=COLUMNS,
        frozen=7,
    )
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        written = write_sheet(
            file.name,
            sheet,
            count=total,
            chunks=_chunks(rows, Headers(place.province_id)),
            progress=lambda done: report_progress(
                job, done=done, total=total, stage=_("writing rows")
            ),
        )
        with open(file.name, "rb") as finished:
            job.file.save(f"outgoing-{job.id}.xlsx", File(finished), save=False)
    job.file_name = _("national-corrections") + f"_{place.name}_{job.started_at:%Y-%m-%d}.xlsx"
    return {"rows": written}


def _chunks(rows, headers):
    rows = rows.select_related(
        "household__county", "household__township", "household__village", "member"
    )
    held = []
    for row in rows.only(*READ).order_by(*ORDER).iterator(chunk_size=CHUNK):
        held.append(row)
        if len(held) == CHUNK:
            yield lines_of(held, headers)
            held = []
    yield lines_of(held, headers)
