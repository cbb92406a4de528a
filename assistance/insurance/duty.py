"""The tasks of claims that wait: for the village, a review, the insurer's word, the money."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.insurance.moving import DECISION, MENDING, MOVED, PAYOUT, REVIEW
from duties.kinds import Kind, add_kind


def _page(task):
    return reverse("claim", args=[task.key])


def _kind(words, todo, told, role, clause, days):
    return Kind(
        words=words,
        todo=todo,
        clause=clause,
        role=role,
        days=days,
        outcomes={MOVED: gettext_lazy("went on its way")},
        page=_page,
        told=told,
        done_elsewhere=True,
    )


add_kind(
    MENDING,
    _kind(
        gettext_lazy("insurance claim to be completed"),
        gettext_lazy("Add the papers, check the home, and send the claim to the township."),
        lambda task: _("Claim %(number)s is being prepared.") % task.figures,
        "village",
        "GZ 4.2.2",
        5,
    ),
)
add_kind(
    REVIEW,
    _kind(
        gettext_lazy("review of an insurance claim"),
        gettext_lazy("Review the claim: pass it on, or return it."),
        lambda task: _("Claim %(number)s waits for its review.") % task.figures,
        "township",
        "GZ 4.4.3",
        5,
    ),
)
add_kind(
    DECISION,
    _kind(
        gettext_lazy("decision of the insurer"),
        gettext_lazy("Record what the insurer decided; remind it when it is late."),
        lambda task: _("Claim %(number)s is with the insurer.") % task.figures,
        "county",
        "GZ 4.2.3",
        10,
    ),
)
add_kind(
    PAYOUT,
    _kind(
        gettext_lazy("insurance payout"),
        gettext_lazy("See to it that the insurer pays, and record the day."),
        lambda task: _("Claim %(number)s is accepted and not paid.") % task.figures,
        "county",
        "GZ 4.2.3",
        10,
    ),
)
