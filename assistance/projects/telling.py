"""Projects and the collective's money in the household's history."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from assistance.models import CollectiveEntry, ProjectHousehold, Way
from assistance.projects.checks import reads
from assistance.projects.lists import standing_entries
from households.timeline import Entry, also_tells

NAMED = (
    "linked_at", "exception_words", "project__name", "project__number", "project__benefit",
    "linked_by__officer__name",
)  # fmt: skip
PAID = ("on", "recorded_at", "amount", "what", "words", "recorded_by__officer__name")


@also_tells(CollectiveEntry, ProjectHousehold)
def entries(household, post, limit=None):
    if not post.sees_section(ProjectHousehold.section):
        return []
    named = ProjectHousehold.objects.visible_to(post).filter(household=household)
    named = named.select_related("project", "linked_by__officer").only(*NAMED)
    paid = paid_to(household, post).select_related("recorded_by__officer").only(*PAID)
    named = named.order_by("-linked_at")[:limit]
    return [_named(row) for row in named] + [_paid(row) for row in paid[:limit]]


def paid_to(household, post):
    """What the collective gave the household and did not book back."""
    if post.role_row.sees not in ("division", "assigned"):
        return CollectiveEntry.objects.none()
    rows = standing_entries().filter(household=household, way=Way.OUT)
    return rows.order_by("-on", "-id")


def projects_of(household, post):
    """What the household's page shows of projects and of the collective's money."""
    rows = ProjectHousehold.objects.visible_to(post).filter(household=household).standing()
    return {
        "projects": rows.select_related("project"),
        "collective_money": paid_to(household, post),
        "opens_projects": reads(post),
    }


def _named(row):
    said = {"name": row.project.name, "number": row.project.number}
    return Entry(
        on=localdate(row.linked_at),
        at=row.linked_at,
        title=_("Named in project %(number)s: %(name)s") % said,
        who=row.linked_by.officer.name,
        words=row.project.benefit,
        because=row.exception_words,
    )


def _paid(row):
    said = {"amount": f"{row.amount:,.2f}", "what": row.what_words}
    return Entry(
        on=row.on,
        at=row.recorded_at,
        title=_("From the village collective: %(amount)s yuan, %(what)s") % said,
        who=row.recorded_by.officer.name,
        words=row.words,
        because="",
    )
