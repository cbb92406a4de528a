"""Everything needed to decide on one case, for the page: in a number of queries that is fixed."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistance.models import Measure
from households.models import Visit
from monitoring.cases.conditions import LATELY
from monitoring.cases.deciding import Deciding
from monitoring.cases.known import Known
from monitoring.cases.records import may_ask
from monitoring.cases.then_now import comparison
from monitoring.cases.words import desk_words, mended_at, place_of, standing, trail_of
from monitoring.models import Case, State
from monitoring.policy.rules import rules_of
from monitoring.policy.sentences import sentence
from monitoring.procedures import StepAct

SHOWN = 6  # visits, earlier cases


def signed(post):
    """What a post's signature reads, a deputy's as well."""
    return f"{post}__officer", f"{post}__deputy_of__officer"


@dataclass(frozen=True)
class Guard:
    """A finding for the guard list, with the page that mends it."""

    state: str
    finding: object
    href: str = ""
    words: str = ""


class CasePage:
    def __init__(self, case, post, today, typed=None):
        self.case, self.post, self.today = case, post, today
        self.household = case.household
        self.known = Known([case], today)
        self.deciding = Deciding(case, post, self.known, typed)

    # The chain.

    @cached_property
    def acts(self):
        rows = self.case.acts.select_related("by__division", *signed("by"))
        return list(rows)

    @cached_property
    def steps(self):
        """Steps for the stepper: who and when for done ones, the limit for those to come."""
        done = standing(self.acts)
        return [self._step(number, done.get(number)) for number in range(len(self.case.steps))]

    def _step(self, number, act):
        step, case = self.case.steps[number], self.case
        row = {"name": step.words, "place": place_of(case, step).name, "days": step.days}
        if number == case.step and case.is_open:
            return row | {"state": "now", "mine": self.deciding.here, "due": case.due_on}
        if act:
            return row | {"state": "done", "act": act}
        return row | {"state": "", "ended": number == case.step and not case.is_open}

    @cached_property
    def trail(self):
        return trail_of(self.case, self.acts)

    @cached_property
    def reasoned(self):
        """The act that gave the reason as it stands: the opening, or a later change of it."""
        given = [act for act in self.acts if any(name == "because" for name, *_ in act.changes)]
        return given[-1] if given else self.acts[0]

    # The conditions.

    @cached_property
    def guards(self):
        found = []
        for finding in self.deciding.findings:
            href, words = mended_at(finding, self.case, self.post)
            found.append(Guard(self.deciding.state_of(finding), finding, href, words))
        return sorted(found, key=lambda guard: ("no", "ask", "ok").index(guard.state))

    @property
    def guard_words(self):
        """8 conditions, 7 met."""
        met = sum(1 for guard in self.guards if guard.state == "ok")
        return ngettext(
            "%(count)s condition, %(met)s met",
            "%(count)s conditions, %(met)s met",
            len(self.guards),
        ) % {"count": len(self.guards), "met": met}

    # What the case rests on.

    @cached_property
    def flag(self):
        return self.known.flag_of(self.case)

    @cached_property
    def judged(self):
        return self.known.judged_of(self.case)

    @cached_property
    def comparison(self):
        return comparison(self.case, self.judged, self.today)

    @cached_property
    def analysis(self):
        """The analysis beside the suggestion: [(mark, rule, sentence)], the worst first."""
        if not self.judged or self.case.row.proposes != "tier":
            return []
        figures = self.known.figures_of(self.case)
        return [
            (mark, rule, sentence(rule, mark, self.judged, figures))
            for mark in ("red", "yellow")
            for rule in rules_of(self.judged[mark])
        ]

    @property
    def differs(self):
        tier, analysed = self.case.proposal.get("tier"), self.judged and self.judged["tier"]
        return bool(tier and analysed not in (None, "unknown", tier))

    @cached_property
    def since(self):
        """From when on visits bear on the case."""
        if self.flag and self.case.row.closes:
            return self.flag.opened_on
        return localdate(self.case.opened_at) - LATELY

    @cached_property
    def visits(self):
        rows = Visit.objects.visible_to(self.post).filter(
            household=self.household, visited_on__gte=self.since
        )
        return list(rows.select_related("officer").prefetch_related("photos")[:SHOWN])

    @cached_property
    def measures(self):
        rows = Measure.objects.visible_to(self.post).filter(household=self.household)
        since = self.since - timedelta(days=365)
        shown = [row for row in rows[:50] if row.is_open or row.ended_on >= since]
        for row in shown:
            row.unexplained = row.wants_reason(self.today)
        return shown

    @cached_property
    def earlier(self):
        """Earlier cases of the household, latest first."""
        rows = Case.objects.visible_to(self.post).filter(household=self.household)
        rows = rows.exclude(pk=self.case.pk).filter(opened_at__lte=self.case.opened_at)
        return list(rows.select_related("waiting_at")[:SHOWN])

    @cached_property
    def times_marked(self):
        """How often the household has been listed, this case included; 1 is the first time."""
        if not self.case.earlier_id:
            return 1
        closings = [one for one in self.earlier if one.row.closes and one.state == State.DONE]
        return len(closings) + 1

    # What is recorded beside it.

    @cached_property
    def notices(self):
        rows = self.case.notices.select_related(*signed("put_up_by")).prefetch_related(
            *(f"objections__{path}" for path in signed("answered_by"))
        )
        return list(rows)

    @cached_property
    def meetings(self):
        return list(self.case.meetings.select_related(*signed("recorded_by")))

    @cached_property
    def enquiries(self):
        return list(self.case.enquiries.select_related(*signed("answered_by")))

    @property
    def may_ask(self):
        return may_ask(self.case, self.post)

    @property
    def may_notice(self):
        hanging = any(notice.down_on is None for notice in self.notices)
        return self.deciding.here and self.case.at_step.act == StepAct.NOTICE and not hanging

    @property
    def may_hold(self):
        return self.deciding.here and self.case.at_step.act == StepAct.DEMOCRATIC_REVIEW

    @property
    def may_change(self):
        return self.deciding.here and self.case.step == 0 and not self.deciding.barred

    @property
    def waits_words(self):
        """For whoever does not have the case on the desk."""
        case = self.case
        if not case.is_open:
            return _("The case has ended: %(state)s.") % {"state": case.get_state_display()}
        if case.waiting_role == "department":
            return _("The departments are answering; the case then goes on by itself.")
        return _("It waits for %(who)s: %(step)s.") % {
            "who": desk_words(case),
            "step": case.at_step.words,
        }
