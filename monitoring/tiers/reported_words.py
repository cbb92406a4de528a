"""What became of a big change, in words for the page of its visit."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy

from households.models.choices import Tier
from monitoring.cases.opening import first_that_may
from monitoring.models import Case, ReportedChange
from monitoring.models import ChangeAnswer as Answer
from monitoring.tiers.adjusting import IN_THE_WAY

BIG = gettext_lazy("The visit reports a big change.")
NO_CASE = gettext_lazy("The visit reports a change; the tier stays.")
TITLES = {"": BIG, Answer.OPENED: BIG, **{answer: BIG for answer in IN_THE_WAY}}
WORDS = {
    "": gettext_lazy(
        "Within minutes the system compares the analysis with the tier of the ledger."
    ),
    Answer.OPENED: gettext_lazy(
        "The system opened the adjustment of the tier, proposing %(tier)s; the village submits it."
    ),
    Answer.SAME: gettext_lazy("The analysis gives %(tier)s, as the ledger does."),
    Answer.KNOWN: gettext_lazy("The analysis gave %(tier)s before this visit already."),
    Answer.DIVIDED: gettext_lazy("A tier was suggested after it, and filed."),
    Answer.UNDIVIDED: gettext_lazy(
        "No tier has been divided for the household yet; the analysis gives %(tier)s."
    ),
    Answer.OUTSIDE: gettext_lazy("Tiers are divided for exited and edge households only."),
    Answer.UNKNOWN: gettext_lazy(
        "Facts are missing, so the analysis gives no tier yet. The system looks again every "
        "working morning."
    ),
    Answer.UNDER_WAY: gettext_lazy(
        "An adjustment of the tier is under way; the analysis gives %(tier)s now."
    ),
    Answer.ROUND: gettext_lazy(
        "The half-yearly round has a tier under review; the analysis gives %(tier)s now."
    ),
}


@dataclass(frozen=True)
class ChangeWords:
    title: str
    words: str
    case: object = None
    address: str = ""  # of the form for another tier, where ``post`` may open it


def change_of(visit, post):
    """None where the visit reported nothing, or where ``post`` sees no analysis."""
    if not post.sees_section("assessment"):
        return None
    change = ReportedChange.objects.visible_to(post).filter(visit=visit).first()
    if change is None:
        return None
    household = visit.household
    rows = Case.objects.visible_to(post).filter(household=household, procedure="tier")
    opened = rows.filter(pk=change.case_id).first() if change.case_id else rows.open().first()
    may = not opened and first_that_may(household, post, ["tier"])
    return ChangeWords(
        title=TITLES.get(change.answer, NO_CASE),
        words=WORDS[change.answer]
        % {"tier": Tier(change.analysed).label if change.analysed else ""},
        case=opened,
        address=f"{reverse('case_open', args=[household.pk])}?procedure=tier" if may else "",
    )
