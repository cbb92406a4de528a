"""The lists of tasks: what lies on a desk, what is late below it, what was ended."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts.deadlines import DEADLINES, due_condition
from accounts.places import narrowed
from accounts.roles import COUNTY
from duties.kinds import KINDS
from duties.models import Task
from households.models import Household
from households.search import found_by_words, plain_words

DESKS = ("village", "assigned", "township", "county", "city", "province", "department")
ABOVE = ("township", "county", "city", "province")
READERS = (*ABOVE, "auditor")


@dataclass(frozen=True)
class Tab:
    words: str
    rows: Callable  # (visible tasks, post) -> the tasks of the tab
    roles: tuple
    order: tuple = ("due_on", "id")


TABS = {
    "mine": Tab(_("Mine"), lambda rows, post: rows.open().waiting_for(post), DESKS),
    "late": Tab(_("Late below"), lambda rows, post: rows.open().escalated_to(post), ABOVE),
    "all": Tab(_("All tasks here"), lambda rows, post: rows.open(), READERS),
    "ended": Tab(_("Ended tasks"), lambda rows, post: rows.ended(), (*DESKS, "auditor"), ("-id",)),
}


def tabs_of(post):
    return {name: tab for name, tab in TABS.items() if post.role in tab.roles}


def on_desk(post):
    return Task.objects.visible_to(post).open().waiting_for(post)


def late_below(post):
    rows = Task.objects.visible_to(post)
    return rows.open().escalated_to(post) if post.role in ABOVE else rows.none()


class Filters:
    """What the address asks for. What it does not know counts as not asked."""

    def __init__(self, params, post, today):
        self.post, self.today = post, today
        tabs = tabs_of(post)
        self.tab = params.get("tab") if params.get("tab") in tabs else next(iter(tabs))
        self.kind = params.get("kind") if params.get("kind") in KINDS else ""
        self.due = params.get("due") if params.get("due") in DEADLINES else ""
        self.due = "" if self.tab == "ended" else self.due
        self.words = plain_words(params.get("q"))
        rows = TABS[self.tab].rows(Task.objects.visible_to(post), post)
        self.tab_rows, self.division = narrowed(rows, post, params.get("division"))

    @property
    def narrowed(self):
        return bool(self.kind or self.due or self.division or self.words)

    def before_kind(self):
        """As filtered by everything but the kind: what the chips count."""
        rows = self.tab_rows
        if self.due:
            rows = rows.filter(due_condition(self.due, self.today))
        if self.words:
            homes = Household.objects.visible_to(self.post)
            found = found_by_words(homes, self.words, self.post).order_by().values("id")
            rows = rows.filter(household__in=found)
        return rows

    def rows(self):
        rows = self.before_kind()
        return rows.filter(kind=self.kind) if self.kind else rows

    @property
    def order(self):
        return TABS[self.tab].order

    def chips(self):
        """Each kind with its count. A city's or province's whole list is not counted for it."""
        wide = self.tab in ("all", "ended") and self.post.division.level < COUNTY
        if wide and not self.division:
            return []
        counted = self.before_kind().order_by().values_list("kind").annotate(n=Count("id"))
        found = dict(counted.values_list("kind", "n"))
        return [
            {"code": code, "words": row.words, "count": found[code], "current": code == self.kind}
            for code, row in KINDS.items()
            if code in found
        ]
