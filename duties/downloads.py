"""The tables on pages of tasks, as workbooks."""

from django.utils.translation import gettext_lazy as _

from accounts.tables import columns, table, without_download
from households.columns import home, places


def _desk(row):
    return row.get_department_display() if row.department else row.get_role_display()


table(
    "tasks",
    _("Tasks"),
    columns(
        _("Task"), 24, "row.words",
        _("What it is about"), 48, "told",
        *home(),
        _("On whose desk"), 16, "at.name",
        _("Desk"), 16, _desk,
        _("Deadline"), 12, "due_on",
        _("Outcome"), 16, lambda row: row.outcome_words if row.ended_at else "",
        _("Ended on"), 18, "ended_at",
    ),
    needs=places(),
)  # fmt: skip
without_download("the trail of one task", "task")
