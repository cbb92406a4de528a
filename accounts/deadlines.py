"""How lists narrow by deadline; days are working days."""

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.workdays import add_workdays

SOON = 3
DEADLINES = {
    "overdue": _("overdue"),
    "today": _("due today"),
    "soon": _("within 3 working days"),
}


def due_condition(name, today):
    return {
        "overdue": Q(due_on__lt=today),
        "today": Q(due_on=today),
        "soon": Q(due_on__gte=today, due_on__lte=add_workdays(today, SOON)),
    }[name]


def figures_of(rows, today):
    """How many there are, how many of them late and due today, in one query."""
    return rows.order_by().aggregate(
        all=Count("id"),
        late=Count("id", filter=due_condition("overdue", today)),
        today=Count("id", filter=due_condition("today", today)),
    )
