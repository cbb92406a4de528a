"""A ledger as a workbook, made in the background."""

import tempfile
from datetime import date

from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Division
from jobs.registry import kind
from jobs.running import ask, report_progress
from jobs.sheets import Sheet, write_sheet
from monitoring.policy.clauses import cited
from reports.as_of import Standing
from reports.ledgers import LEDGERS
from reports.ledgers.shape import TIERS
from reports.territory import may_keep


def may_open(job, post):
    """Only the post that asked, and only while it still keeps the ledger of the place."""
    place = Division.objects.filter(code=job.arguments["division"]).first()
    return job.asked_by_id == post.id and place is not None and may_keep(post, place)


@kind("ledger", title=gettext_lazy("ledger"), may_open=may_open)
def ledger_workbook(job):
    """``arguments``: slug, on (day), division (code), tier, part, columns (codes with commas).

    Rows as on record at that day's end.
    """
    asked = job.arguments
    ledger, day = LEDGERS[asked["slug"]], date.fromisoformat(asked["on"])
    place = Division.objects.get(code=asked["division"])
    narrowed = {"tier": asked["tier"], "part": asked.get("part", "")}
    standing = Standing(ledger, day=day, post=job.asked_by, place=place, **narrowed)
    total = standing.count()
    sheet = Sheet(
        name=str(ledger.words),
        title=_("%(ledger)s, %(place)s") % {"ledger": ledger.words, "place": place.full_name},
        subtitle=_("as on record at the end of %(day)s, %(clause)s")
        % {"day": asked["on"], "clause": cited(ledger.clause)},
        columns=ledger.chosen(asked.get("columns", "").split(",")),
        frozen=7,
    )
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        rows = write_sheet(
            file.name,
            sheet,
            count=total,
            chunks=standing.chunks(),
            progress=lambda done: report_progress(
                job, done=done, total=total, stage=_("writing rows")
            ),
        )
        with open(file.name, "rb") as finished:
            job.file.save(f"ledger-{job.id}.xlsx", File(finished), save=False)
    job.file_name = f"{ledger.words}_{place.name}_{asked['on']}.xlsx"
    return {"rows": rows}


def ask_for_ledger(*, ledger, day, place, tier, part="", columns=(), by, at):
    """The workbook of what ``by`` sees of a ledger, as a job; asked twice at once, it is one."""
    tier = tier if tier in TIERS else ""
    arguments = {
        "slug": ledger.slug,
        "on": day.isoformat(),
        "division": place.code,
        "tier": str(tier),
        "part": part if ledger.part(part) else "",
        "columns": ",".join(columns),
    }
    key = f"{by.id} {' '.join(arguments.values())}".strip()
    return ask("ledger", key=key, arguments=arguments, by=by, at=at)
