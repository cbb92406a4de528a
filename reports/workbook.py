"""The red-flag report as a workbook."""

from django.db.models import Q
from django.utils.translation import gettext as _

from jobs.sheets import Sheet, write_sheet
from reports.red_flags import COLUMNS, division_names, with_sentences

CHUNK = 2000


def write_report(path, *, lines, run, place, progress=lambda done: None):
    """Writes ``lines`` (a queryset) to ``path``; ``progress`` is told the rows done."""
    title = _("Red-flag report %(month)s, %(place)s") % {"month": run.label, "place": place}
    words = _("data as of %(day)s, policy version %(policy)s")
    words %= {"day": f"{run.as_of:%Y-%m-%d}", "policy": run.policy.name}
    sheet = Sheet(_("red-flag report"), title, words, COLUMNS, frozen=7)
    chunks = _chunks(lines, run)
    return write_sheet(path, sheet, count=lines.count(), chunks=chunks, progress=progress)


def _chunks(lines, run):
    """The lines in order with their sentences, a chunk at a time by key."""
    names, last = division_names(), None
    lines = lines.order_by("county_id", "id")
    while True:
        rows = lines if last is None else lines.filter(_after(last))
        chunk = with_sentences(rows[:CHUNK], run)
        for line in chunk:
            line.names = names
        yield chunk
        if len(chunk) < CHUNK:
            return
        last = chunk[-1]


def _after(line):
    return Q(county_id__gt=line.county_id) | Q(county_id=line.county_id, id__gt=line.id)
