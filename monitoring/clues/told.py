"""What became of clues, for the household's history (``households/timeline.py``)."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from households.timeline import Entry, also_tells, told_by_posts
from monitoring.models import Clue, ClueAct, ClueWhat

TOLD = (ClueWhat.OPENED, ClueWhat.FOUND, ClueWhat.CHECKED, ClueWhat.RETURNED, ClueWhat.ENDED)


@also_tells(Clue)
def entries(household, post, limit=None):
    if not post.sees_section("history"):
        return []
    rows = ClueAct.objects.filter(clue__household=household, what__in=TOLD)
    rows = told_by_posts(rows, "what", "because", "at")
    return [_entry(act) for act in rows.order_by("-at", "-id")[:limit]]


def _entry(act):
    return Entry(
        on=localdate(act.at),
        at=act.at,
        title=_("Clue: %(what)s") % {"what": act.get_what_display()},
        who=f"{act.by.division.name} {act.by.signature}" if act.by else "",
        kind="" if act.by else "machine",
        words=act.because,
    )
