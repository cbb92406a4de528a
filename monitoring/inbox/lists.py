"""The lists of cases: what lies on a desk, what an officer did, what is late below."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.counting import count_together
from accounts.deadlines import DEADLINES, due_condition
from accounts.roles import COUNTY
from households.models import Household
from households.models.choices import Tier
from households.search import found_by_words, plain_words
from monitoring.models import Case, Enquiry, State
from monitoring.places import chosen
from monitoring.procedures import PROCEDURES, ROLE_AT

DESKS = tuple(ROLE_AT.values())  # the roles that move cases, from the village up to the province
READERS = ("auditor", "assigned")
ANY = "any"


@dataclass(frozen=True)
class Tab:
    words: str
    rows: Callable  # (visible cases, post) -> the cases of the tab
    roles: tuple
    state: str = ""  # shown unless another one is asked for


def _on_desk(rows, post):
    return rows.open().waiting_for(post)


def _late_below(rows, post):
    return rows.open().escalated_to(post)


def _begun(rows, post):
    return rows.begun_by(post.officer_id)


def _worked_on(rows, post):
    here = Q(state=State.OPEN, waiting_at=post.division_id, waiting_role=post.role)
    return rows.worked_on_by(post.officer_id).exclude(here)


TABS = {
    "todo": Tab(_("To do"), _on_desk, DESKS, State.OPEN),
    "late": Tab(_("Late below"), _late_below, DESKS[1:], State.OPEN),
    "done": Tab(_("Done by me"), _worked_on, DESKS),
    "mine": Tab(_("Begun by me"), _begun, DESKS),
    "all": Tab(_("All cases here"), lambda rows, post: rows, (*DESKS, *READERS), State.OPEN),
}
ORDERS = {"due": "due_on", "arrived": "arrived_at", "head": "household__head_pinyin"}
STATES = [(ANY, _("in any state")), *State.choices]


def tabs_of(post):
    return {name: tab for name, tab in TABS.items() if post.role in tab.roles}


def on_desk(post):
    """What waits for ``post``; nothing for a role without a desk."""
    rows = Case.objects.visible_to(post)
    return _on_desk(rows, post) if post.role in DESKS else rows.none()


def late_below(post):
    rows = Case.objects.visible_to(post)
    return _late_below(rows, post) if post.role in DESKS[1:] else rows.none()


def questions_for(post):
    """What the department of ``post`` is asked and has not answered, of cases under way."""
    rows = Enquiry.objects.visible_to(post)
    return rows.waiting_for(post).filter(case__state=State.OPEN)


def questions_late_below(post):
    """Questions of the line that are late at the divisions below."""
    rows = Enquiry.objects.visible_to(post)
    return rows.escalated_to(post).filter(case__state=State.OPEN)


class Filters:
    """What the address asks for. What it does not know counts as not asked."""

    def __init__(self, params, post, today):
        self.post, self.today = post, today
        tabs = tabs_of(post)
        self.tab = params.get("tab") if params.get("tab") in tabs else next(iter(tabs))
        self.procedure = _one_of(params.get("procedure"), PROCEDURES)
        self.steps = steps_of(self.procedure)
        self.step = _one_of(params.get("step"), self.steps)
        self.division = chosen(post, params.get("division"))
        self.due = _one_of(params.get("due"), DEADLINES) if self.open_only(params) else ""
        self.tier = _one_of(params.get("tier"), Tier.values)
        self.state = self.state_of(params)
        self.words = plain_words(params.get("q"))
        household = params.get("household", "")
        self.household = household if household.isdecimal() and len(household) < 19 else ""

    def open_only(self, params):
        return self.state_of(params) == State.OPEN

    def state_of(self, params):
        """Of the desk and of what is late only cases under way."""
        usual = TABS[self.tab].state
        if self.tab in ("todo", "late"):
            return usual
        asked = _one_of(params.get("state"), dict(STATES))
        return "" if asked == ANY else asked or usual

    @property
    def narrowed(self):
        asked = (self.procedure, self.division, self.due, self.tier, self.words, self.household)
        return any(asked) or self.state != TABS[self.tab].state

    def tab_rows(self):
        return TABS[self.tab].rows(Case.objects.visible_to(self.post), self.post)

    def rows_before_procedure(self):
        """The cases as filtered by everything but procedure and step: what the chips count."""
        rows = self.tab_rows()
        if self.state:
            rows = rows.filter(state=self.state)
        if self.division:
            rows = rows.within(self.division)
        if self.due:
            rows = rows.filter(due_condition(self.due, self.today))
        if self.tier:
            rows = rows.filter(judged__tier=self.tier)
        if self.household:
            rows = rows.filter(household=self.household)
        return self._named(rows) if self.words else rows

    def _named(self, rows):
        homes = Household.objects.visible_to(self.post)
        found = found_by_words(homes, self.words, self.post).order_by().values("id")
        return rows.filter(Q(household__in=found) | Q(number__startswith=self.words))

    def rows(self):
        rows = self.rows_before_procedure()
        if self.procedure:
            rows = rows.filter(procedure=self.procedure)
        return rows.filter(step_condition(self.procedure, self.step)) if self.step else rows

    @property
    def may_sort(self):
        """A whole city or province is in an order that an index keeps."""
        small = self.tab != "all" or self.post.division.level >= COUNTY or self.division
        return self.state == State.OPEN and bool(small)

    def order_of(self, asked):
        """The name of the order, with its ``-``, and the columns."""
        if self.state != State.OPEN:
            return "", ("-id",)
        name = asked if asked.lstrip("-") in ORDERS and self.may_sort else "due"
        minus = "-" if name.startswith("-") else ""
        column = ORDERS[name.lstrip("-")]
        return name, (minus + column, f"{minus}id")


def _one_of(value, known):
    return value if value in known else ""


def steps_of(procedure):
    """Code -> words of the steps of all variants, in the order of the chain."""
    if not procedure:
        return {}
    steps = {}
    for variant in PROCEDURES[procedure].variants:
        steps |= {step.code: step.words for step in variant.steps}
    return steps


def step_condition(procedure, code):
    """A step stands at another place in each variant of its chain."""
    condition = Q()
    for variant in PROCEDURES[procedure].variants:
        for number, step in enumerate(variant.steps):
            if step.code == code:
                condition |= Q(variant=variant.code, step=number)
    return Q(procedure=procedure) & condition


@dataclass
class Chip:
    code: str
    words: str
    count: int
    current: bool


def chips_of(filters):
    """Procedures and the steps of the chosen one, each with its count, from one query.

    A city's or province's every case is not counted for it: it may hold a tier of each household.
    """
    if filters.tab == "all" and filters.post.division.level < COUNTY:
        return [], []
    rows = filters.rows_before_procedure().order_by()
    counted = rows.values_list("procedure", "variant", "step").annotate(number=Count("id"))
    procedures, steps = {}, {}
    for code, variant, step, number in counted:
        procedures[code] = procedures.get(code, 0) + number
        if code == filters.procedure:
            name = PROCEDURES[code].variant(variant).steps[step].code
            steps[name] = steps.get(name, 0) + number
    return (
        [
            Chip(code, row.words, procedures[code], code == filters.procedure)
            for code, row in PROCEDURES.items()
            if code in procedures
        ],
        [
            Chip(code, words, steps[code], code == filters.step)
            for code, words in filters.steps.items()
            if code in steps
        ],
    )


def counts_of(post):
    """Tab -> its count, up to 999; all cases of a place are not counted."""
    tabs = {name: tab for name, tab in tabs_of(post).items() if name != "all"}
    rows = [tab.rows(Case.objects.visible_to(post), post) for tab in tabs.values()]
    return dict(zip(tabs, count_together(rows), strict=True))
