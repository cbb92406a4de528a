"""What was said of a household's tier before a visit's change was looked at, and since."""

from django.utils.timezone import localdate

from monitoring.explaining import latest_assessment
from monitoring.models import Case, ReportedChange, State, What
from monitoring.models.rounds import LineState


def analysed_before(change):
    """The tier of the latest review, or of a change looked at since; blank where neither was."""
    household = change.visit.household
    others = ReportedChange.objects.filter(visit__household=household, looked_at__isnull=False)
    last = others.exclude(pk=change.pk).exclude(analysed="").order_by("-looked_at", "-id").first()
    review = latest_assessment(household)
    if last and (review is None or localdate(last.looked_at) > review.run.as_of):
        return last.analysed
    return review.tier if review else ""


def divided_since(change):
    """Whether a tier was suggested after the visit arrived, and filed: people have answered it."""
    household, moment = change.visit.household, change.arrived_at
    cases = Case.objects.filter(household=household, procedure="tier", state=State.DONE)
    submitted = cases.filter(acts__what=What.PASSED, acts__step=0, acts__at__gte=moment)
    lines = household.tier_lines.filter(state=LineState.DONE, suggested_at__gte=moment)
    return submitted.exists() or lines.exists()
