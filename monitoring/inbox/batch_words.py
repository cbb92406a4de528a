"""What a step will do to a case, in a sentence, before it is done."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.divisions import LEVEL_COLUMNS
from households.models.choices import ExitedClass, Tier
from monitoring.procedures import StepAct

OUTCOME_WORDS = {
    "set_tier": gettext_lazy("the tier of the ledger becomes %(tier)s"),
    "set_class": gettext_lazy("the class becomes “%(class)s”"),
    "start_help": gettext_lazy("help starts"),
    "list_edge": gettext_lazy("listed as an edge household"),
    "list_monitored": gettext_lazy("listed as a monitored household"),
    "become_target": gettext_lazy("becomes an intervention target, help starts"),
    "register_returned": gettext_lazy("registered as returned to poverty"),
    "register_newly_poor": gettext_lazy("registered as newly poor"),
    "close_monitored": gettext_lazy("monitoring ends: supported, its red flags are closed"),
    "close_edge": gettext_lazy("monitoring ends: risk removed, its red flags are closed"),
}
# The opinion that stands in the field to begin with, by what the step does.
OPINIONS = {
    "list_edge": gettext_lazy("The facts are as reported; agreed to list as an edge household."),
    "list_monitored": gettext_lazy(
        "The facts are as reported; agreed to list as a monitored household."
    ),
    "close_monitored": gettext_lazy("The risk is removed; agreed to close."),
    "close_edge": gettext_lazy("The risk is removed; agreed to close."),
    "set_tier": gettext_lazy("The facts are as reported; filed."),
    "set_class": gettext_lazy("The facts are as reported; filed."),
}
AGREED = gettext_lazy("The facts are as reported; agreed.")
# What is done to the cases of a step: words of the button, for how many.
PASS_WORDS = {
    StepAct.APPROVE: gettext_lazy("Approve %(count)s"),
    StepAct.REVIEW: gettext_lazy("Approve the review of %(count)s"),
    StepAct.FILE: gettext_lazy("File %(count)s"),
    StepAct.MARK: gettext_lazy("File and mark %(count)s"),
    StepAct.SUBMIT: gettext_lazy("Submit %(count)s"),
    StepAct.NOTICE: gettext_lazy("End the notice of %(count)s"),
}


def effect_of(case):
    """列为边缘户；交汤家汇镇：乡镇录入全国系统，限5个工作日."""
    said = [str(OUTCOME_WORDS[code]) % _values(case) for code in case.at_step.outcomes]
    if case.step + 1 < len(case.steps):
        said.append(_goes_to(case, case.step + 1))
    else:
        said.append(_("the case ends"))
    return _("; ").join(said)


def _values(case):
    tiers, classes = dict(Tier.choices), dict(ExitedClass.choices)
    return {
        "tier": tiers.get(case.proposal.get("tier"), ""),
        "class": classes.get(case.proposal.get("exited_class"), ""),
    }


def _goes_to(case, number):
    step = case.steps[number]
    words = _("goes to %(place)s: %(step)s, within %(days)d working days")
    return words % {"place": place_of(case, number), "step": step.words, "days": step.days}


def return_words(case, number):
    words = _("goes back to %(place)s: %(step)s")
    return words % {"place": place_of(case, number), "step": case.steps[number].words}


def place_of(case, number):
    column = LEVEL_COLUMNS[case.steps[number].level]
    return getattr(case.household, column.removesuffix("_id")).name


def opinion_of(step):
    return next((str(OPINIONS[code]) for code in step.outcomes if code in OPINIONS), str(AGREED))


def button_of(step, count):
    """Approve 4 households."""
    return str(PASS_WORDS.get(step.act, gettext_lazy("Pass on %(count)s"))) % {"count": count}
