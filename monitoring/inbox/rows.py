"""What a line of the inbox shows of its case, in a fixed number of queries for a whole page."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count

from households.models import Member
from households.timeline import told_by_posts
from monitoring.cases.conditions import failures_of
from monitoring.cases.known import Known
from monitoring.models import Case, CaseAct, What

SENT = (What.OPENED, What.MARKED_AGAIN, What.PASSED, What.RETURNED)
PLACES = ("province", "city", "county", "township", "village")
HOMES = [f"household__{place}" for place in PLACES]


def with_homes(rows):
    return rows.select_related("waiting_at", *HOMES)


@dataclass
class Row:
    case: Case
    people: int = 0
    sent: CaseAct | None = None  # who put it where it lies
    failing: int | None = None  # conditions that fail; None where nobody asked
    to_enter: int = 0  # fields that the step asks for and that nobody filled yet
    today: str = ""  # the tier by today's facts, where it is not the one of the opening

    @property
    def tier(self):
        return self.case.judged.get("tier", "unknown")

    @cached_property
    def returned(self):
        return self.sent is not None and self.sent.what == What.RETURNED


def rows_of(cases, post, day, guarded):
    """``guarded``: whether it is asked if ``post`` can pass them."""
    cases = list(cases)
    people, sent = _people_of(cases), _sent_of(cases)
    known = Known(cases, day) if guarded else None
    return [_row(case, people, sent, known, post) for case in cases]


def _row(case, people, sent, known, post):
    row = Row(case, people.get(case.household_id, 0), sent.get(case.id))
    if known:
        failures = failures_of(case, post, known)
        row.to_enter = len(to_enter(case))
        row.failing = len(failures) - row.to_enter
        judged = known.judged_of(case)
        row.today = judged["tier"] if judged and judged["tier"] != row.tier else ""
    return row


def to_enter(case):
    """The fields that the step asks for and that are blank."""
    values = {**case.proposal, "because": case.because}
    return [name for name in case.at_step.asks if not values.get(name)]


def _people_of(cases):
    living = Member.objects.living_there().filter(household__in=[c.household_id for c in cases])
    counted = living.order_by().values_list("household").annotate(number=Count("id"))
    return dict(counted.values_list("household", "number"))


def _sent_of(cases):
    """Case id -> the act that brought it where it lies."""
    acts = CaseAct.objects.filter(case__in=[case.id for case in cases], what__in=SENT)
    acts = told_by_posts(acts, "case", "what", "at", "because")
    return {act.case_id: act for act in acts.order_by("case_id", "-id").distinct("case_id")}
