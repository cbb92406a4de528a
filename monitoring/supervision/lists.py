"""The list of findings: its filters, and how many there are in each division below."""

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS, Level
from accounts.places import narrowed
from monitoring.models import Consequence, Finding, FindingKind
from monitoring.models import FindingState as State

OPEN = Q(state__in=[State.ANSWER, State.LOOK])
VIEWS = {
    "open": (_("not ended"), OPEN),
    "answer": (_("wait for the locality"), Q(state=State.ANSWER)),
    "look": (_("to be looked through"), Q(state=State.LOOK)),
    "ended": (_("accepted or withdrawn"), ~OPEN),
}


def late(today):
    return Q(state=State.ANSWER, due_on__lt=today)


class Filters:
    """What the address asks for. What it does not know counts as not asked."""

    def __init__(self, params, post, today):
        self.today = today
        self.show = params.get("show") if params.get("show") in VIEWS else "open"
        self.kind = params.get("kind") if params.get("kind") in FindingKind.values else ""
        self.late = params.get("late") == "yes"
        asked = params.get("followed", "")
        self.followed = asked if asked in Consequence.values else ""
        rows = Finding.objects.visible_to(post)
        self.rows_here, self.division = narrowed(rows, post, params.get("division"))

    @property
    def narrowed(self):
        return bool(self.kind or self.late or self.followed or self.division)

    def before_view(self):
        rows = self.rows_here
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.late:
            rows = rows.filter(late(self.today))
        return rows.filter(consequence=self.followed) if self.followed else rows

    def rows(self):
        return self.before_view().filter(VIEWS[self.show][1])

    def chips(self):
        counts = self.before_view().aggregate(
            **{name: Count("id", filter=condition) for name, (_words, condition) in VIEWS.items()}
        )
        return [(name, words, counts[name]) for name, (words, _condition) in VIEWS.items()]


def by_division(post, place, today):
    """Counts for each division right below ``place``, in the order of the codes."""
    if place.level >= Level.VILLAGE:
        return []
    column = f"at__{LEVEL_COLUMNS[place.level + 1]}"
    rows = Finding.objects.visible_to(post).filter(**{f"at__{place.level_column}": place.pk})
    counted = rows.order_by().values(column).annotate(
        open=Count("id", filter=OPEN),
        late=Count("id", filter=late(today)),
        look=Count("id", filter=Q(state=State.LOOK)),
        ended=Count("id", filter=Q(state=State.ENDED)),
        followed=Count("id", filter=~Q(consequence="")),
    )  # fmt: skip
    found = {row[column]: row for row in counted if row[column]}
    divisions = Division.objects.filter(pk__in=found).order_by("code")
    return [{"division": division, **found[division.pk]} for division in divisions]
