"""The tables on pages of departments' files, as workbooks."""

from django.utils.translation import gettext_lazy as _

from accounts.tables import columns, table, without_download


def _count(name):
    return lambda row: row.counts.get(name) if row.counts else None


table(
    "feeds",
    _("Uploaded files"),
    columns(
        _("File"), 40, "file_name",
        _("Kind of data"), 24, "get_kind_display",
        _("Department"), 16, "get_department_display",
        _("State"), 12, "get_state_display",
        _("As of"), 12, "as_of",
        _("Rows"), 12, _count("rows"),
        _("Matched"), 12, _count("matched"),
        _("Uploaded"), 18, "asked_at",
        _("Uploaded by"), 12, "asked_by.officer.name",
        _("Division"), 16, "division.name",
    ),
)  # fmt: skip
table(
    "feeds",
    _("What has come of each kind"),
    columns(
        _("Kind of data"), 24, "kind.words",
        _("Departments in charge"), 24, "departments",
        _("What it is for"), 40, "purpose",
        _("Clause"), 14, "kind.clause",
        _("Newest day"), 12, "upload.as_of",
        _("Matched"), 20, lambda row: row["quality"] if row["upload"] else "",
    ),
    part="kinds",
    rows=lambda context: context["coverage"],
)  # fmt: skip
without_download("rows not taken have a workbook of their own, to be mended and loaded", "feed")
