"""The tables on pages of households, as workbooks. The list of households: with its marks, in
``monitoring/downloads.py``."""

from django.utils.translation import gettext_lazy as _

from accounts.tables import columns, table, without_download
from households.columns import home, places


def _count(name):
    return lambda row: row.counts.get(name) if row.counts else None


def _checks(context):
    return [{"check": check, "open": n, "waived": held} for check, n, held in context["told"]]


def _severities(context):
    return [{"place": place, **counts} for place, counts in context["below"]]


VISITS = (
    _("Date"), 12, "visited_on",
    *home(),
    _("How"), 12, "get_method_display",
    _("Who"), 12, "officer.name",
    _("nothing changed"), 8, "unchanged",
    _("What was found"), 30, lambda row: [f"{words}：{value}" for words, value in row.not_secure],
)  # fmt: skip
table("visits", _("Visits"), columns(*VISITS), needs=places())
table("household_visits", _("Visits"), columns(*VISITS), needs=places())
table(
    "imports",
    _("Imports"),
    columns(
        _("File"), 40, "file_name",
        _("State"), 14, "get_state_display",
        _("Exported on"), 12, "exported_on",
        _("Rows"), 12, _count("rows"),
        _("Not taken"), 12, _count("rows_refused"),
        _("Uploaded"), 18, "asked_at",
        _("Uploaded by"), 12, "asked_by.officer.name",
        _("Division"), 16, "division.name",
    ),
)  # fmt: skip
table(
    "faults",
    _("Data faults"),
    columns(
        _("What is wrong"), 36, "check_.words",
        *home(),
        _("Member"), 12, "member.name",
        _("Severity"), 10, "check_.severity.label",
        _("Found on"), 12, "found_on",
        _("Fixed on"), 12, "fixed_on",
        _("Waived until"), 12, "waived_until",
    ),
    needs=(*places(), "member"),
)  # fmt: skip
table(
    "faults",
    _("Data faults by division"),
    columns(
        _("Division"), 20, "place.name",
        _("errors"), 12, "error",
        _("warnings"), 12, "warning",
        _("hints"), 12, "hint",
    ),
    part="divisions",
    rows=_severities,
)  # fmt: skip
table(
    "checks",
    _("Faults by check"),
    columns(
        _("Check"), 40, "check.words",
        _("Code"), 8, "check.code",
        _("Severity"), 10, "check.severity.label",
        _("Clause"), 20, "check.clause",
        _("open"), 12, "open",
        _("waived"), 12, "waived",
    ),
    rows=_checks,
)  # fmt: skip
without_download(
    "the parts of one household; its dossier holds them all",
    "household",
    "household_members",
    "household_income",
    "household_history",
    "household_departments",
    "visit_sheet",
    "fault",
)
without_download("rows refused have a workbook of their own, to be mended and loaded", "import")
