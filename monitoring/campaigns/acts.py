"""Acts on the lines of a campaign: the village answers, the township looks, the county confirms.

Each act takes lines as the officer saw them and moves those that still stand so; what it did not
move it names with a sentence. Nobody acts at two steps of one line.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from accounts.models import Division
from accounts.refusals import Refused, TakenFirst
from accounts.typed import check_typed
from accounts.workdays import add_workdays
from duties.doing import open_task, settle
from households.models import Household, Visit
from households.models.choices import Method, Origin
from households.register import RegisterRefusal, record_household
from households.wording import plain
from monitoring.campaigns.duties import DESKS
from monitoring.campaigns.kinds import KINDS
from monitoring.cases.casework import open_by_itself
from monitoring.clues.receiving import Person, Told, receive
from monitoring.models import CampaignLine, Channel, LineStep
from monitoring.models.campaigns import STEP_OF

LEAST_DAYS = 5  # working days


@dataclass(frozen=True)
class Chosen:
    """A line as the officer saw it; ``answer`` of the village, or ``act``: "pass", "return"."""

    id: int
    version: int
    answer: str = ""
    words: str = ""
    act: str = "pass"


@dataclass
class Done:
    """``moved``: ids of the lines moved; ``refused``: id -> the sentence that says why not;
    ``late``: those of them where somebody was first."""

    moved: set = field(default_factory=set)
    refused: dict = field(default_factory=dict)
    late: set = field(default_factory=set)


def with_visits(lines):
    """With the latest visit in person since the campaign began."""
    visits = Visit.objects.filter(
        household=OuterRef("household_id"),
        method=Method.IN_PERSON,
        visited_on__gte=OuterRef("campaign__since"),
    ).order_by("-visited_on", "-id")
    return lines.annotate(
        visit_found=Subquery(visits.values("id")[:1]),
        visited_on=Subquery(visits.values("visited_on")[:1]),
    )


def answer_lines(campaign, chosen, *, by, at):
    """The village's answers; also changes one that the township has not looked at yet."""
    return _each(campaign, chosen, LineStep.ANSWER, _answer, by, at)


def look_through(campaign, chosen, *, by, at):
    """The township passes exceptions on, or returns them with a reason."""
    return _each(campaign, chosen, LineStep.LOOK, _look, by, at)


def confirm(campaign, chosen, *, by, at):
    """The county corrects the register, or returns the line with a reason."""
    return _each(campaign, chosen, LineStep.CONFIRM, _confirm, by, at)


@transaction.atomic
def _each(campaign, chosen, step, act, by, at):
    if STEP_OF.get(by.role) != step:
        raise Refused(_("This step of the campaign is not for your office."))
    if campaign.ended_at:
        raise Refused(_("This campaign has ended."))
    done, lines = Done(), _held(campaign, chosen, by)
    for row in chosen:
        line = lines.get(row.id)
        try:
            with transaction.atomic():
                _check(line, row, step, by)
                act(line, row, by, at)
                line.version += 1
                line.save()
        except (Refused, RegisterRefusal) as refusal:
            done.refused[row.id] = str(refusal)
            if isinstance(refusal, TakenFirst):
                done.late.add(row.id)
        else:
            done.moved.add(row.id)
    _settle_desks(campaign, {lines[pk] for pk in done.moved}, by, at)
    return done


def _held(campaign, chosen, by):
    """The chosen lines that ``by`` sees, locked in one order, with what the acts read."""
    rows = CampaignLine.objects.visible_to(by).filter(
        campaign=campaign, pk__in=[row.id for row in chosen]
    )
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    people = ("answered_by__deputy_of", "looked_by__deputy_of")
    rows = with_visits(rows).select_related(
        "campaign", "household__village", "household__county", "person", "village", *people
    )
    return rows.in_bulk()


def _check(line, row, step, by):
    if line is None or line.state == LineStep.DROPPED:
        raise Refused(_("This line is not in the campaign here any more."))
    if line.version != row.version:
        raise TakenFirst(_("Somebody changed this line meanwhile. Look at it again."))
    may_change = step == LineStep.ANSWER and line.state == LineStep.LOOK
    if line.state != step and not may_change:
        raise Refused(_("This line does not wait for you any more."))
    earlier = {
        LineStep.ANSWER: (),
        LineStep.LOOK: (line.answered_by,),
        LineStep.CONFIRM: (line.answered_by, line.looked_by),
    }[step]
    if any(persons_behind(post) & persons_behind(by) for post in earlier if post):
        raise Refused(_("You took part at another step; another officer must do this."))


def _answer(line, row, by, at):
    answer = KINDS[line.campaign.kind].answer(row.answer)
    if answer is None:
        raise Refused(_("Choose one of the answers."))
    if answer.reason and not row.words.strip():
        raise Refused(_("“%(answer)s” needs a reason.") % {"answer": answer.words})
    check_typed(row.words)
    if line.household and answer.not_for and line.household.exited_class in answer.not_for:
        raise Refused(_("The household has this class already, or has none yet."))
    if answer.visit and line.household and not line.visit_found:
        words = _("No visit in person since %(day)s; a phone call does not count.")
        raise Refused(words % {"day": plain(line.campaign.since)})
    line.answer, line.words = answer.code, row.words.strip()
    line.visit_id = line.visit_found
    line.answered_by, line.answered_at = by, at
    line.state = LineStep.LOOK if answer.is_exception else LineStep.DONE


def _look(line, row, by, at):
    if row.act == "return":
        return _back(line, row)
    answer = KINDS[line.campaign.kind].answer(line.answer)
    line.looked_by, line.looked_at = by, at
    line.state = LineStep.CONFIRM if answer.corrects else LineStep.DONE
    if answer.opens:
        _take_up(line, answer, by, at)
    return None


def _take_up(line, answer, by, at):
    """The case opens on its first desk; a person without a household becomes a clue."""
    if line.household:
        under_way = line.household.cases.filter(procedure=answer.opens, ended_at=None)
        line.case = under_way.first() or open_by_itself(
            procedure=answer.opens,
            household=line.household,
            proposal=answer.proposal,
            because=f"{KINDS[line.campaign.kind].words}: {line.words}"[:1000],
            at=at,
        )
        return
    person = Person(line.person.name, line.person.resident_id.open())
    who = f"{by.division.name} {by.signature}"
    told = Told(Channel.VILLAGE, line.words, who, reference=f"campaign-{line.pk}")
    line.clue, _new = receive(told, village=line.village, person=person, by=by, at=at)


def _confirm(line, row, by, at):
    if row.act == "return":
        return _back(line, row)
    answer = KINDS[line.campaign.kind].answer(line.answer)
    line.confirmed_by, line.confirmed_at, line.state = by, at, LineStep.DONE
    Household.objects.select_for_update().get(pk=line.household_id)
    if line.household.cases.filter(ended_at=None).exists():
        raise Refused(_("A case of this household is under way; end it first."))
    record_household(
        line.household, on=localdate(at), origin=Origin.CORRECTION,
        because=f"{KINDS[line.campaign.kind].words}: {line.words}"[:200],
        by=by.officer, at=at, **answer.corrects,
    )  # fmt: skip
    Household.objects.filter(pk=line.household_id).update(decided_on=localdate(at))
    return None


def _back(line, row):
    if not row.words.strip():
        raise Refused(_("Say why it is returned."))
    check_typed(row.words)
    line.returned, line.returns = row.words.strip(), line.returns + 1
    line.state, line.looked_by, line.looked_at = LineStep.ANSWER, None, None


def _settle_desks(campaign, lines, by, at):
    """A desk whose last line was moved is done at once, one that got its first is told at once."""
    for code, (state, column, role) in DESKS.items():
        desks = {getattr(line, column) for line in lines} - {None}
        waiting = CampaignLine.objects.filter(campaign=campaign, state=state)
        waiting = waiting.filter(**{f"{column}__in": desks}).order_by()
        busy = dict(waiting.values_list(column).annotate(n=Count("id")))
        for desk in desks - busy.keys():
            settle(code, f"{campaign.pk}-{desk}", outcome="mended", by=by, at=at)
        for division in Division.objects.filter(pk__in=busy):
            figures = {"campaign": campaign.pk, "kind": campaign.kind, "lines": busy[division.pk]}
            open_task(
                code, key=f"{campaign.pk}-{division.pk}", at_division=division, role=role,
                figures=figures, due_on=due_of(campaign, at), by=by, at=at,
            )  # fmt: skip


def due_of(campaign, at):
    """With the campaign, but with some days at least for what came late."""
    return max(campaign.until, add_workdays(localdate(at), LEAST_DAYS))
