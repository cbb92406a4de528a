"""What cases did, for the household's history (``households/timeline.py``)."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from households.timeline import Entry, also_tells, told_by_posts
from monitoring.cases.outcomes import MARKS
from monitoring.cases.words import change_words
from monitoring.models import Case, CaseAct, What

TOLD = (
    What.OPENED,
    What.MARKED_AGAIN,
    What.PASSED,
    What.RETURNED,
    What.WITHDRAWN,
    What.REFUSED,
    What.CONCLUDED,
    What.ROLLED_BACK,
)
READ = ("what", "because", "changes", "at", "case__number", "case__procedure")


@also_tells(Case)
def entries(household, post, limit=None):
    if not post.sees_section("history"):
        return []
    rows = CaseAct.objects.visible_to(post).filter(case__household=household, what__in=TOLD)
    rows = told_by_posts(rows.select_related("case"), *READ).order_by("-at", "-id")
    return [_entry(act) for act in rows[:limit]]


def _entry(act):
    title = _("%(procedure)s, %(number)s: %(what)s") % {
        "procedure": act.case.row.words,
        "number": act.case.number,
        "what": act.get_what_display(),
    }
    return Entry(
        on=localdate(act.at),
        at=act.at,
        title=title,
        who=f"{act.by.division.name} {act.by.signature}" if act.by else "",
        kind="" if act.by else "machine",
        words=act.because,
        changes=_changes(act),
    )


def _changes(act):
    """What the case did to the register is told by the register's versions, not twice."""
    return [change_words(*change) for change in act.changes if change[0] not in MARKS]
