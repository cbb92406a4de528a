"""What a measure must fulfil, and who may write it. Each refusal is a sentence."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from assistance.catalogue import MEASURE_TYPES
from assistance.models import Result
from assistance.risks import risk_words
from assistance.spending import Source, ban_on, standing_on
from households.models import Household

LONGEST = timedelta(days=3660)  # a measure of over ten years is a mistyped year


class MeasureRefusal(Refused):
    """What cannot be done with a measure; ``field`` is the one of the form that is to be mended."""

    def __init__(self, sentence, field=None):
        super().__init__(sentence)
        self.field = field


class Outdated(MeasureRefusal):
    """Somebody was first."""


def check_may_carry(measure, by):
    """Who carries out measures, of whom, and which (domain.md 1)."""
    if not by.may("carry_measures"):
        raise MeasureRefusal(_("Your post does not carry out measures."))
    if not Household.objects.visible_to(by).filter(pk=measure.household_id).exists():
        raise MeasureRefusal(_("This household lies outside the division of your post."))
    if by.role_row.sees == "line" and measure.department != by.department:
        raise MeasureRefusal(_("A department carries out the measures that it is in charge of."))


def check_kind(measure, by):
    """A department chooses among the kinds of its line."""
    if by.role_row.sees == "line" and measure.kind not in kinds_of(by):
        raise MeasureRefusal(_("A department records the measures of its own line."), "kind")


def kinds_of(post):
    """Code -> type of the kinds that ``post`` may record."""
    if post.role_row.sees != "line":
        return MEASURE_TYPES
    return {code: row for code, row in MEASURE_TYPES.items() if row.department == post.department}


def check(measure, at):
    today, begun, due = timezone.localdate(at), measure.started_on, measure.due_on
    if not measure.words.strip() or not measure.responsible.strip():
        raise MeasureRefusal(_("Say what exactly is done, and who sees to it."))
    if measure.member and measure.member.household_id != measure.household_id:
        raise MeasureRefusal(_("This person belongs to another household."), "member")
    if unknown := set(measure.answers) - set(risk_words()):
        words = _("No rule has the code %(code)s.") % {"code": min(unknown)}
        raise MeasureRefusal(words, "answers")
    if not today - LONGEST <= begun <= today + timedelta(days=366):
        raise MeasureRefusal(_("Check the year in which it begins."), "started_on")
    if due and due < begun:
        raise MeasureRefusal(_("It cannot be due before it begins."), "due_on")
    if due and due > begun + LONGEST:
        raise MeasureRefusal(_("Check the year in which it is due."), "due_on")
    if measure.amount is not None and measure.amount < 0:
        raise MeasureRefusal(_("The amount cannot be less than nothing."), "amount")
    check_money(measure)


def check_money(measure):
    """Whether its money may be spent on this household (AH 4.1.2, 4.2.1), on the day it begins."""
    excepted = check_exception(measure)
    if measure.source and (ban := _ban(measure, excepted)):
        raise MeasureRefusal(str(ban), "source")


def check_named(measure, result, source):
    """Money that was given came from somewhere (domain.md 5). ``source``: as it is named now."""
    if source and source not in Source:
        raise MeasureRefusal(_("Say where the money comes from."), "source")
    if result == Result.DONE and measure.amount and not source:
        words = _(
            "An amount of money stands here, but not where it comes from. Choose the source of the"
            " money; without money, correct the amount first."
        )
        raise MeasureRefusal(words, "source")


def check_exception(row):
    """Whether the exception of AH 4.1.2 is recorded, whole."""
    exception = (row.exception, row.exception_problem, row.exception_words.strip())
    if any(exception) and not all(exception):
        words = _("Say what happened, which problem came of it, and why it cannot be borne.")
        raise MeasureRefusal(words, "exception")
    return all(exception)


def needs_exception(measure):
    """Whether its money is refused without the exception, and not with it."""
    if not measure.source:
        return False
    return bool(_ban(measure, False)) and not _ban(measure, True)


def _ban(measure, excepted):
    day = measure.started_on
    standing = standing_on(measure.household, day)
    return ban_on(measure.source, standing=standing, on=day, excepted=excepted)
