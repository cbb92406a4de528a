"""A task for each assurance or water problem of a household, from found until mended (AH0 3.4.1).

Opened and ended by what the facts say, never by a click: the latest monthly review, and visits
since. Mended is what a later visit finds secure, or what the next review finds red no more.
"""

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from duties.following import follow_rows
from duties.kinds import Kind, add_kind
from monitoring.policy.rules import BY_CODE

SQL = Path(__file__).parent.parent / "sql" / "assurances_open.sql"
KIND = "assurance"
PROBLEMS = {
    "food": _("food"),
    "clothing": _("clothing"),
    "education": _("compulsory education"),
    "medical": _("basic medical care"),
    "housing": _("housing"),
    "water": _("drinking water"),
}
# Houses and pipes are not mended by a village alone (default).
OF_TOWNSHIP = ["housing", "water"]


def told(task):
    words = pgettext("assurance problem", "Not secure: %(problem)s.")
    return words % {"problem": PROBLEMS[task.figures["problem"]]}


add_kind(
    KIND,
    Kind(
        words=_("assurance or water problem"),
        todo=_("Mend it; a visit that finds it secure takes it off the list."),
        clause="AH0 3.4.1",
        role="village",
        days=20,
        follows=True,
        page=lambda task: reverse("household", args=[task.household_id]),
        told=told,
    ),
)


def follow_assurances(*, at):
    """Run twice, late or killed half-way it comes to the same."""
    params = {
        "codes": list(PROBLEMS),
        "bits": [BY_CODE[code].bit for code in PROBLEMS],
        "township": OF_TOWNSHIP,
    }
    return follow_rows(KIND, *positional(SQL.read_text(), params), at=at)


def positional(sql, params):
    """``%(name)s`` as ``%s`` with the list of values, as the statement around it counts."""
    values, parts = [], []
    for part in sql.split("%("):
        if not parts:
            parts.append(part)
            continue
        name, rest = part.split(")s", 1)
        values.append(params[name])
        parts.append("%s" + rest)
    return "".join(parts), values
