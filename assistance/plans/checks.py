"""What a plan must fulfil before the township sees it, and who may write and approve it."""

from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from assistance.answering import open_without_reason
from assistance.checks import MeasureRefusal, Outdated, check, check_kind
from assistance.models import Grounds, Measure, PlanWhat
from assistance.risks import risks_of
from households.models import Household

__all__ = ["Outdated", "PlanRefusal", "check_may_approve", "check_may_write", "guards_of"]
OWN = (PlanWhat.DRAWN_UP, PlanWhat.CHANGED, PlanWhat.SUBMITTED)


class PlanRefusal(MeasureRefusal):
    """What cannot be done with a plan; ``field`` is the one of the form that is to be mended."""


def check_may_write(household, by):
    if not by.may("make_plan"):
        raise PlanRefusal(_("Your post draws up no plans."))
    if not Household.objects.visible_to(by).filter(pk=household.pk).exists():
        raise PlanRefusal(_("This household lies outside the division of your post."))


def check_may_approve(plan, by):
    """The township's officer, who took no part in writing the plan."""
    if not by.may("approve_plan"):
        raise PlanRefusal(_("A plan is approved by the township."))
    if not Household.objects.visible_to(by).filter(pk=plan.household_id).exists():
        raise PlanRefusal(_("This household lies outside the division of your post."))
    if writers_of(plan) & persons_behind(by):
        raise PlanRefusal(
            _("You wrote or submitted this plan; another officer of the township approves it.")
        )


def check_may_withdraw(plan, by):
    """The desk that submitted it."""
    check_may_write(plan.household, by)
    if not may_withdraw(plan, by):
        raise PlanRefusal(_("The plan is withdrawn by the desk that submitted it."))


def may_withdraw(plan, by):
    last = plan.acts.filter(what=PlanWhat.SUBMITTED).select_related("by").last()
    return bool(last) and last.by.division_id == by.division_id and by.may("make_plan")


def writers_of(plan):
    """Ids of the officers who wrote or submitted it, absent ones whose deputies did included."""
    acts = plan.acts.filter(what__in=OWN).select_related("by__deputy_of")
    return {person for act in acts for person in persons_behind(act.by)}


def check_lines(plan, lines, by, at):
    """Each line as the measure that it is to become."""
    for number, line in enumerate(lines, 1):
        measure = Measure(household=plan.household, recorded_by=by, recorded_at=at, **line)
        try:
            check_kind(measure, by)
            check(measure, at)
        except MeasureRefusal as refusal:
            words = _("Measure %(number)d, %(kind)s: %(why)s")
            words %= {"number": number, "kind": measure.get_kind_display(), "why": refusal}
            raise PlanRefusal(words) from None


def check_complete(plan):
    """AH 4.1.3: made together, after the household's true wishes; and with measures."""
    if not plan.wishes.strip():
        raise PlanRefusal(_("Write what the household truly wishes (AH 4.1.3)."), "wishes")
    together = [name for name in (plan.work_team, plan.cadres, plan.responsible) if name.strip()]
    if len(together) < 2:
        raise PlanRefusal(
            _("A plan is made together: name at least two of the three (AH 4.1.3)."), "work_team"
        )
    if not plan.lines.exists() and not plan.household.measures.open().exists():
        raise PlanRefusal(_("A plan needs at least one measure."))


def unproved(plan):
    """Grounds of the lines' exceptions that no photo or paper proves (AH 4.1.2)."""
    proved = set(plan.exception_papers.kept().values_list("grounds", flat=True))
    said = set(plan.lines.values_list("exception", flat=True)) - proved
    return [grounds for grounds in Grounds if grounds in said]


def guards_of(plan, post, today):
    """For the page, what fails first: is every risk answered, every open measure accounted for?"""
    lines = list(plan.lines.all())
    helping = list(Measure.objects.filter(household=plan.household))
    rows = []
    for risk in risks_of(plan.household, post):
        by_line = [line for line in lines if risk.code in line.answers or line.kind in risk.kinds]
        now = [m for m in helping if m.answers_rule(risk.code, risk.kinds, risk.since, today)]
        answered = by_line or now
        words = (
            _("“%(rule)s” is answered by: %(measures)s.")
            if answered
            else _("No measure answers the risk “%(rule)s”.")
        )
        names = dict.fromkeys(str(row.get_kind_display()) for row in answered)
        said = words % {"rule": risk.words, "measures": _(", ").join(names)}
        rows.append({"state": "ok" if answered else "no", "sentence": said, "clause": "AH 4.1.3"})
    for grounds in unproved(plan):
        words = _("No photo or paper proves the exception because of “%(grounds)s”.")
        said = words % {"grounds": grounds.label}
        rows.append({"state": "ask", "sentence": said, "clause": "AH 4.1.2"})
    for measure in open_without_reason(plan.household, today):
        words = _("The measure “%(measure)s” is open, and nobody says why.")
        rows.append({"state": "ask", "sentence": words % {"measure": measure}, "clause": "AH 3.3"})
    return sorted(rows, key=lambda row: ["no", "ask", "ok"].index(row["state"]))
