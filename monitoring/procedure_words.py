"""The table of procedures said for people: what each step asks, and what each role does in it.

The page 办事流程 and ``docs/procedures.md`` are drawn from here and from ``procedures.py``; a test
holds that every code of the table has its words.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models.divisions import Level
from accounts.roles import ROLES
from monitoring.cases.proposals import FIELDS
from monitoring.cases.words import OUTCOMES
from monitoring.policy.clauses import TERRITORIES
from monitoring.policy.parameters import PARAMETERS
from monitoring.procedures import PROCEDURES, SUBJECTS, PaperKind, StepAct

A = StepAct

CONDITION_WORDS = {
    "visited_lately": gettext_lazy("visited in person within the last 31 days"),
    "visited_since_opening": gettext_lazy("visited in person since the case was opened"),
    "visited_in_person": gettext_lazy(
        "visited in person since the last division of tiers, a phone call does not count"
    ),
    "rules_turned": gettext_lazy("no rule that called for the mark is still red or not known"),
    "visited_since_flag": gettext_lazy("visited since the mark"),
    "risks_answered": gettext_lazy("every risk has a measure that answers it"),
    "measures_finished": gettext_lazy("every measure has a result, or a reason why it is open"),
    "assured": gettext_lazy("assurances and drinking water are secure"),
    "closing_line": gettext_lazy("income not under the line, where the territory asks for it"),
    "closing_months": gettext_lazy("listed for at least as many months as the territory asks for"),
    "closing_labour": gettext_lazy("somebody can work, where the territory asks for it"),
    "edge_standard": gettext_lazy(
        "income under the line (in Anhui before 2 March 2020 the county's own), and a risk besides"
    ),
    "edge_three": gettext_lazy(
        "income a little above the poverty line and far under the average, and rigid expenditure "
        "far over it: all three, by the figures of the city"
    ),
    "monitored_standard": gettext_lazy("income under the line, and a risk besides"),
    "class_standard": gettext_lazy(
        "for “independent”: income reaches the share of the province's rural average"
    ),
    "difference_answered": gettext_lazy(
        "where the suggestion differs from the analysis, the reason says why"
    ),
    "departments_asked": gettext_lazy("at least one department is asked"),
    "departments_answered": gettext_lazy("every department that was asked has answered"),
    "notice_over": gettext_lazy(
        "notice photographed, up for its full time and taken down, every objection answered"
    ),
    "democratic_majority": gettext_lazy("more than half of those present are for it"),
}
# What the officer of a step does, by its act.
DOES = {
    A.SUBMIT: gettext_lazy("Fill in the request with its reason and submit it."),
    A.COMPARE: gettext_lazy("Ask the departments, read their answers, record the comparison."),
    A.NAME: gettext_lazy("Say why, ask the departments, name the household as a target."),
    A.VERIFY: gettext_lazy("Visit the household and record what was found there."),
    A.STUDY: gettext_lazy("Study it together and put the minutes to the case."),
    A.CHECK: gettext_lazy("Answer what the county asks; the last answer passes the case on."),
    A.DEMOCRATIC_REVIEW: gettext_lazy("Hold the review, record the votes, put the minutes to it."),
    A.NOTICE: gettext_lazy("Put up the notice, answer objections, take it down after its time."),
    A.REVIEW: gettext_lazy("Examine the case; pass it on, or return it with a reason."),
    A.APPROVE: gettext_lazy("Decide: approve, return, or end it as not confirmed."),
    A.FILE: gettext_lazy("Examine and file it, or return it with a reason."),
    A.MARK: gettext_lazy("Examine, file and mark it as closed, or return it with a reason."),
    A.ENTER: gettext_lazy("Enter it in the national system and record the number."),
}
# Roles that have no step of their own.
BESIDE = {
    "assigned": gettext_lazy(
        "You take no step. What you record on visits and of measures is what the steps rest on."
    ),
    "auditor": gettext_lazy("You take no step. You read every case, its papers and its trail."),
    "administrator": gettext_lazy(
        "You take no step and see no case; accounts and deputies are yours to keep."
    ),
}


def days_words(days):
    return ngettext("%(days)s working day", "%(days)s working days", days) % {"days": days}


def asks_of(step):
    """Everything that must be there before the step passes, in words."""
    fields = [_("entered: %(field)s") % {"field": FIELDS[name]} for name in step.asks]
    papers = [_("paper: %(paper)s") % {"paper": PaperKind(kind).label} for kind in step.papers]
    return fields + papers + [str(CONDITION_WORDS[code]) for code in step.conditions]


def does_of(step):
    said = [str(OUTCOMES[code]) for code in step.outcomes]
    if step.consolidates:
        said.insert(0, _("The township's cases go up in one list with a cover sheet."))
    return said


def level_words(step):
    return _("departments") if step.by_departments else str(Level(step.level).label)


def where_of(variant):
    """Where and since when a variant holds, in words; blank for the usual chain."""
    said = []
    if variant.territory:
        said.append(_("in %(place)s") % {"place": TERRITORIES[variant.territory]})
    if variant.since.year > 1:
        said.append(_("from %(day)s") % {"day": f"{variant.since:%Y-%m-%d}"})
    if variant.switch:
        words = PARAMETERS[variant.switch].words
        said.append(_("where the parameter “%(parameter)s” is on") % {"parameter": words})
    return _(", ").join(said)


def subjects_of(procedure):
    return _(" or ").join(str(SUBJECTS[name][0]) for name in procedure.subjects)


@dataclass(frozen=True)
class Part:
    """A step that a role takes: at its number in a chain, with what comes before and after."""

    procedure: object
    variant: object
    number: int

    @property
    def step(self):
        return self.variant.steps[self.number]

    @property
    def does(self):
        return DOES[self.step.act]

    @property
    def opens(self):
        return self.number == 0

    @property
    def after(self):
        steps = self.variant.steps
        return steps[self.number + 1] if self.number + 1 < len(steps) else None


def parts_of(role):
    """The steps of ``role`` in the usual chain of each procedure, which is its last variant."""
    return [
        Part(procedure, procedure.variants[-1], number)
        for procedure in PROCEDURES.values()
        for number, step in enumerate(procedure.variants[-1].steps)
        if step.role == role
    ]


def views():
    """Role -> its name, for the views of the table: those with steps, in the order of the roles."""
    return {role: row.name for role, row in ROLES.items() if parts_of(role)}
