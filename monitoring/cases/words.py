"""A case said on pages: what its buttons do, who has it next, what its trail and proposal say."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.divisions import LEVEL_COLUMNS
from accounts.roles import ROLES
from households.history import Change
from households.models import Household
from households.models.choices import ExitedClass, Tier
from households.wording import label_of
from monitoring.cases.proposals import FIELDS
from monitoring.models import What
from monitoring.policy.sentences import joined

OUTCOMES = {
    "set_tier": gettext_lazy("The tier of the ledger becomes what is proposed."),
    "set_class": gettext_lazy("The class of the household becomes what is proposed."),
    "start_help": gettext_lazy("Help for the household starts today."),
    "list_edge": gettext_lazy("The household becomes an edge household and is monitored."),
    "list_monitored": gettext_lazy("The household becomes a monitored one."),
    "become_target": gettext_lazy("The household becomes a target; help starts today."),
    "register_returned": gettext_lazy("The household is registered as returned to poverty."),
    "register_newly_poor": gettext_lazy("The household is registered as newly poor."),
    "close_monitored": gettext_lazy(
        "The household is no longer monitored but supported, and its red flag ends."
    ),
    "close_edge": gettext_lazy("The household becomes one whose risk is removed; its flag ends."),
}
# What a finding links to -> (words of the link, ability without which it would not open).
MENDED_AT = {
    "visit_new": (gettext_lazy("Record a visit"), "record_visit"),
    "household_why": (gettext_lazy("See the analysis"), ""),
    "household_measures": (gettext_lazy("See the measures"), ""),
    "household_correct": (gettext_lazy("Correct the register"), "edit_household"),
    "household": (gettext_lazy("See the household"), ""),
    "policy": (gettext_lazy("See the parameters"), ""),
}


def place_of(case, step):
    """The division at whose desk the step lies; the case comes with its household's divisions."""
    return getattr(case.household, LEVEL_COLUMNS[step.level].removesuffix("_id"))


def pass_words(case):
    """The button that passes the case on says what it does: 审核通过，报六安市."""
    step, last = case.at_step, case.step + 1 == len(case.steps)
    act = label_of_act(step.act)
    if last:
        return act
    after = case.steps[case.step + 1]
    if after.by_departments:
        return _("%(act)s, on to the departments") % {"act": act}
    words = {"act": act, "place": place_of(case, after).name, "step": after.words}
    if after.level < step.level:
        return _("%(act)s, up to %(place)s") % words
    if after.level > step.level:
        return _("%(act)s, over to %(place)s") % words
    return _("%(act)s, then: %(step)s") % words


def label_of_act(act):
    return first_capital(act.label)


def first_capital(words):
    return str(words)[:1].upper() + str(words)[1:]


def outcomes_of(case):
    """What the register becomes when the step passes, in sentences."""
    return [OUTCOMES[code] for code in case.at_step.outcomes]


def desk_words(case):
    """Who has the case now: 六安市 市级审核."""
    if not case.is_open:
        return ""
    if case.waiting_role == "department":
        return _("the departments of %(place)s") % {"place": case.waiting_at.name}
    return f"{case.waiting_at.name} {ROLES[case.waiting_role].name}"


def whose(case):
    return case.household.head_name or case.household.number


def told_after(case, done):
    """What an act did and who is next, for the message on the next page."""
    said = _("%(household)s, %(number)s: %(done)s.") % {
        "household": whose(case),
        "number": case.number,
        "done": done,
    }
    if not case.is_open:
        return said
    following = _("Next: %(who)s, “%(step)s”, until %(day)s.") % {
        "who": desk_words(case),
        "step": case.at_step.words,
        "day": date_format(case.due_on, "MONTH_DAY_FORMAT"),
    }
    return joined([said, following])


def asked_words(case):
    """What is proposed: [(label, value, tier or "")]."""
    rows = []
    for name, value in case.proposal.items():
        label, words = _said(f"proposal.{name}", value)
        rows.append((label, words, value if name == "tier" else ""))
    return rows


@dataclass(frozen=True)
class Told:
    """A line of the trail in words."""

    act: object
    title: str
    text: str
    who: str
    changes: tuple
    kind: str

    @property
    def at(self):
        return self.act.at


def standing(acts):
    """Step -> the act that passed it; a return takes away what it went back over."""
    passed = {}
    for act in acts:
        if act.what in (What.PASSED, What.CONCLUDED):
            passed[act.step] = act
        elif act.what == What.RETURNED:
            passed = {step: one for step, one in passed.items() if step < act.to_step}
    return passed


def trail_of(case, acts):
    """The trail, latest first."""
    return [_told(case, act) for act in reversed(acts)]


def _told(case, act):
    step = case.steps[act.step].words
    title = act.get_what_display()
    if act.what in (What.PASSED, What.RETURNED, What.CONCLUDED, What.REFUSED):
        title = _("%(step)s: %(what)s") % {"step": step, "what": title}
    if act.what == What.RETURNED:
        title = _("%(title)s, to “%(step)s”") % {
            "title": title,
            "step": case.steps[act.to_step].words,
        }
    who = f"{act.by.division.name} {act.by.signature}" if act.by else _("the system")
    changes = tuple(change_words(*change) for change in act.changes)
    kind = "" if act.by else "machine"
    # A reason that was entered stands there as a change already.
    text = "" if any(change[0] == "because" for change in act.changes) else act.because
    return Told(act, first_capital(title), text, who, changes, kind)


def change_words(name, before, after):
    label, before_words = _said(name, before)
    return Change(label, before_words, _said(name, after)[1])


def _said(name, value):
    """(label, value in words) of a field of the trail."""
    if name == "red_flag":
        return _("Red flag"), value or _("none")
    if name == "because":
        return _("Reason"), value or _("none")
    if name.startswith("proposal."):
        name = name.removeprefix("proposal.")
        label = first_capital(FIELDS.get(name, name))
    else:
        label = label_of(Household._meta.get_field(name))
    chosen = {"tier": Tier, "exited_class": ExitedClass}.get(name)
    if not chosen and name == "status":
        chosen = dict(Household._meta.get_field(name).choices)
        return label, str(chosen.get(value, value) or _("none"))
    return label, str(dict(chosen.choices).get(value, value) if chosen else value) or _("none")


def address(name, *args):
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def mended_at(finding, case, post):
    """(address, words) of the page that mends a finding, when the post may open it."""
    if finding.ok or finding.url not in MENDED_AT:
        return "", ""
    words, ability = MENDED_AT[finding.url]
    if ability and not post.may(ability):
        return "", ""
    args = () if finding.url == "policy" else (case.household_id,)
    return address(finding.url, *args), words
