"""The task to file what was given at once (AH 5.5)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.funds.urgent import FILED, KIND
from duties.kinds import Kind, add_kind

RELIEF_FILING = Kind(
    words=gettext_lazy("filing of urgent relief"),
    todo=gettext_lazy("File the relief that was given at once."),
    clause="AH 5.5",
    role="township",
    days=10,
    outcomes={FILED: gettext_lazy("filed afterwards")},
    page=lambda task: reverse("grant", args=[task.key]),
    told=lambda task: _("Grant %(number)s was given at once and is to be filed.") % task.figures,
    done_elsewhere=True,
)
add_kind(KIND, RELIEF_FILING)
