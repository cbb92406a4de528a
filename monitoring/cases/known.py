"""What conditions and pages read of cases, asked for many at once in a fixed number of queries."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Max, Q

from assistance.answering import open_without_reason_of, unanswered_of
from households.models import Visit
from households.models.choices import Method
from monitoring.cases.outcomes import marks_set
from monitoring.models import (
    CaseAct,
    CaseActor,
    Enquiry,
    Meeting,
    Notice,
    Objection,
    Paper,
    RedFlag,
)
from monitoring.policy.judging import judge_now
from monitoring.policy.parameters import figures_on
from monitoring.policy.rules import rules_of
from monitoring.tiers.days import tiers_filed_on


class Known:
    """What the conditions read, for all ``cases`` at once, on ``day``.

    ``because`` is what the acting officer says now: a condition may ask for it.
    """

    def __init__(self, cases, day, because=""):
        self.cases, self.day, self.because = list(cases), day, because
        self.ids = [case.id for case in self.cases]
        self.households = [case.household_id for case in self.cases]

    @cached_property
    def figures(self):
        """County id -> the figures of the policy on the day."""
        counties = {case.household.county for case in self.cases}
        return figures_on(self.day, list(counties))

    def figures_of(self, case):
        return self.figures[case.household.county_id]

    @cached_property
    def judged(self):
        return judge_now(self.households, as_of=self.day, figures=self.figures)

    def judged_of(self, case):
        """The household as the data say today; None when it cannot be judged."""
        return self.judged.get(case.household_id)

    @cached_property
    def visits(self):
        """Household id -> (latest visit of any kind, latest in person) up to the day."""
        rows = Visit.objects.filter(household__in=self.households, visited_on__lte=self.day)
        rows = (
            rows.order_by()
            .values_list("household")
            .annotate(
                any_on=Max("visited_on"),
                in_person_on=Max("visited_on", filter=Q(method=Method.IN_PERSON)),
            )
        )
        return {household: (any_, in_person) for household, any_, in_person in rows}

    def visited_on(self, case, in_person=False):
        return self.visits.get(case.household_id, (None, None))[in_person]

    @cached_property
    def flags(self):
        """Household id -> its open flag, else its latest one."""
        rows = RedFlag.objects.filter(household__in=self.households).order_by("opened_on", "id")
        flags = {}
        for flag in rows:
            if flag.household_id not in flags or flags[flag.household_id].ended_on is not None:
                flags[flag.household_id] = flag
        return flags

    def flag_of(self, case):
        """The flag whose risk the closing must have removed: one since the household was listed."""
        flag, listed = self.flags.get(case.household_id), case.household.listed_on
        if flag and (flag.ended_on is None or listed is None or flag.opened_on >= listed):
            return flag
        return None

    @cached_property
    def unanswered(self):
        """Household id -> codes of risks that no measure answers."""
        wanted = {}
        for case in self.cases:
            flag, row = self.flag_of(case), self.judged_of(case)
            bits = flag.rules if flag else (row["red"] | row["yellow"] if row else 0)
            since = flag.opened_on if flag else case.household.listed_on or self.day
            rules = [(r.code, r.answered_by) for r in rules_of(bits) if r.answered_by]
            wanted[case.household_id] = (rules, since)
        return unanswered_of(wanted, self.day)

    @cached_property
    def unfinished(self):
        return open_without_reason_of(self.households, self.day)

    @cached_property
    def papers(self):
        """Case id -> kinds of its papers."""
        rows = Paper.objects.filter(case__in=self.ids, removed_at=None)
        kinds = defaultdict(set)
        for case, kind in rows.order_by().values_list("case", "kind"):
            kinds[case].add(kind)
        return kinds

    def _latest(self, model):
        return {row.case_id: row for row in model.objects.filter(case__in=self.ids).order_by("id")}

    @cached_property
    def notices(self):
        return self._latest(Notice)

    @cached_property
    def meetings(self):
        return self._latest(Meeting)

    @cached_property
    def objections(self):
        """Case id -> its objections: of the latest notice, and those not yet answered."""
        rows = defaultdict(list)
        for row in Objection.objects.filter(case__in=self.ids):
            if row.upheld is None or row.notice_id == self.notices[row.case_id].id:
                rows[row.case_id].append(row)
        return rows

    @cached_property
    def enquiries(self):
        rows = defaultdict(list)
        for row in Enquiry.objects.filter(case__in=self.ids, withdrawn_at=None):
            rows[row.case_id].append(row)
        return rows

    @cached_property
    def actors(self):
        """Case id -> {officer id: step}."""
        rows = defaultdict(dict)
        for row in CaseActor.objects.filter(case__in=self.ids):
            rows[row.case_id][row.officer_id] = row.step
        return rows

    @cached_property
    def changed(self):
        """Ids of cases that changed the register themselves already."""
        acts = CaseAct.objects.filter(case__in=self.ids).exclude(changes=[])
        return {act.case_id for act in acts if marks_set(act)}

    @cached_property
    def tiers_filed(self):
        """Household id -> day on which its tier was last filed."""
        return tiers_filed_on(self.households)
