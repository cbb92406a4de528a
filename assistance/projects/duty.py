"""The tasks of the store: a proposal waits for the township's, then for the county's word."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.projects import leases  # noqa: F401 (adds the kinds of assets and rents)
from assistance.projects.store import STEP
from duties.kinds import Kind, add_kind

PROJECT_STEP = Kind(
    words=gettext_lazy("project for the store"),
    todo=gettext_lazy("Review the proposed project: pass it on, or return it with a reason."),
    clause="AH0 4.4, XC 2.7",
    role="township",
    days=10,
    outcomes={"passed": gettext_lazy("passed on"), "returned": gettext_lazy("returned")},
    page=lambda task: reverse("project", args=[task.figures["project"]]),
    told=lambda task: _("Project %(number)s waits for your word.") % task.figures,
    done_elsewhere=True,
)
add_kind(STEP, PROJECT_STEP)
