"""Why is this household red? Every rule with its sentence, facts, clause and what would turn it."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Division
from assistance.catalogue import MEASURE_TYPES
from monitoring.evidence import Evidence
from monitoring.models import FACT_NAMES, Assessment
from monitoring.policy.judging import judge_now
from monitoring.policy.parameters import figures_on
from monitoring.policy.rules import DIMENSION_WORDS, RULES
from monitoring.policy.sentences import sentence, turning

ORDER = ("red", "yellow", "unknown", "none")


@dataclass
class Answer:
    rule: object
    mark: str  # red, yellow, unknown, none
    red_not_known: bool
    sentence: str
    turns: str
    pieces: list

    @property
    def dimension(self):
        return DIMENSION_WORDS[self.rule.dimension]

    @property
    def not_known(self):
        """What the village must find out."""
        return [piece for piece in self.pieces if not piece.value]


@dataclass
class Explanation:
    tier: str
    day: object
    answers: list
    run: object = None

    def keep(self, rules):
        """Leaves only these rules: what a department does not need, it does not see."""
        self.answers = [answer for answer in self.answers if answer.rule in rules]

    def marked(self, mark):
        return [answer for answer in self.answers if answer.mark == mark]

    @property
    def counts(self):
        return {mark: len(self.marked(mark)) for mark in ORDER}

    @property
    def open_questions(self):
        """The unknown facts of unknown rules, and of yellow ones whose red is not known."""
        asked = [a for a in self.answers if a.mark == "unknown" or a.red_not_known]
        pieces = [piece for answer in asked for piece in answer.not_known]
        return list(dict.fromkeys(pieces))

    @property
    def proposed(self):
        """Measure types that answer the red and then the yellow rules, each once."""
        answers = self.marked("red") + self.marked("yellow")
        codes = dict.fromkeys(code for a in answers for code in a.rule.answered_by)
        return [MEASURE_TYPES[code] for code in codes]


def mark_of(rule, row):
    for mark in ("red", "yellow", "unknown"):
        if row[mark] & rule.bit:
            return mark
    return "none"


def explain_assessment(assessment):
    """A frozen row, under the figures of its run."""
    names = [*FACT_NAMES, "red", "yellow", "unknown", "tier", "household_id"]
    row = {name: getattr(assessment, name) for name in names}
    figures = assessment.run.policy.by_county()[assessment.county_id]
    found = _explanation(assessment.household, row, figures, assessment.run.as_of)
    found.run = assessment.run
    return found


def explain_now(household, day=None):
    """The household as the data say today, under the figures of today; None when not assessed.

    Where no line is published for today, the rules that need it answer *not known*.
    """
    day = day or timezone.localdate()
    county = Division.objects.get(id=household.county_id)
    figures = figures_on(day, [county])
    row = judge_now([household.id], as_of=day, figures=figures).get(household.id)
    return _explanation(household, row, figures[county.id], day) if row else None


def latest_assessment(household):
    rows = Assessment.objects.filter(household=household, run__name="", run__state="frozen")
    return rows.select_related("run__policy", "household").order_by("-run__month").first()


def _explanation(household, row, figures, day):
    evidence = Evidence(household, row, day)
    answers = [_answer(rule, row, figures, evidence) for rule in RULES]
    answers.sort(key=lambda answer: (ORDER.index(answer.mark), answer.rule.number))
    return Explanation(row["tier"], day, answers)


def _answer(rule, row, figures, evidence):
    mark = mark_of(rule, row)
    said = mark in ("red", "yellow")
    return Answer(
        rule=rule,
        mark=mark,
        red_not_known=mark == "yellow" and bool(row["unknown"] & rule.bit),
        sentence=sentence(rule, mark, row, figures) if said else "",
        turns=turning(rule, row, figures) if said else "",
        pieces=evidence.of(rule),
    )
