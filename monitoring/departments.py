"""A department's day: questions, measures that it carries, findings, and the files it owes."""

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.models import Measure
from feeds.coverage import coverage
from monitoring.inbox.lists import questions_late_below
from monitoring.models import Finding

MANY = 1000  # counting stops here
SHOWN = 5


def day_of(post, day, asked):
    """``asked``: the questions that wait, as ``figures_of`` counted them."""
    measures = Measure.objects.visible_to(post)
    unexplained = measures.open_without_reason(day)
    findings = Finding.objects.visible_to(post).open()
    uploads = coverage(post)
    missing = sum(1 for row in uploads if row["upload"] is None)
    own = reverse("measures")
    return {
        "desk": [
            _figure(_("Questions to us"), asked["all"], reverse("enquiries"), late=asked["late"]),
            _figure(_("Measures under way"), _counted(measures.open()), own),
            _figure(
                _("past their time, without a reason"), _counted(unexplained),
                f"{own}?which=unexplained", is_late=True,
            ),
            _figure(_("Findings to answer"), _counted(findings), reverse("findings")),
            _figure(_("Kinds of data that never came"), missing, reverse("feeds")),
        ],
        "unexplained": unexplained.select_related("household__village").order_by(
            F("due_on").asc(nulls_last=True), "id"
        )[:SHOWN],
        "uploads": uploads,
        "questions_late_below": questions_late_below(post).count(),
    }  # fmt: skip


def _figure(words, number, url, late=0, is_late=False):
    return {"words": words, "number": number, "url": url, "late": late, "is_late": is_late}


def _counted(rows):
    found = rows.order_by()[:MANY].count()
    return f"{MANY - 1}+" if found == MANY else found
