"""The project store 项目库: proposed by the village, reviewed by the township, taken in by the
county, adjusted while it stands there, begun, finished or adjusted out (AH0 4.4, XC 2.7)."""

from uuid import uuid4

from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from accounts.models.divisions import Level
from assistance.models import (
    BudgetLine,
    Priority,
    Project,
    ProjectAct,
    ProjectMoney,
    ProjectState,
    ProjectWhat,
)
from assistance.projects.checks import (
    check_past,
    check_reason,
    check_words,
    money_of,
    next_number,
    put,
    seen_as,
)
from assistance.projects.helping import check_sources
from assistance.projects.refusals import ProjectRefusal
from assistance.spending import ANHUI, OF_2020
from duties.doing import open_task, settle

STEP = "project_step"
FACTS = ("name", "kind", "year", "words", "benefit", "priority")
ROLE_AT = {Level.TOWNSHIP: "township", Level.COUNTY: "county"}


def plans(post, place):
    """Village and township propose and carry out; the county keeps the store."""
    return post.may("plan_projects") and post.division.contains(place)


@transaction.atomic
def propose(*, at_division, money, lines=None, client_id=None, by, at, **facts):
    """``(project, stored now)``. ``money``: {source: yuan}; ``lines``: {source: budget line}."""
    client_id = client_id or uuid4()
    if stored := Project.objects.filter(client_id=client_id).first():
        if not by.division.contains(stored.at):
            raise ProjectRefusal(_("This project is already stored for another place."))
        return stored, False
    if not plans(by, at_division) or by.division.level < Level.TOWNSHIP:
        raise ProjectRefusal(_("Village and township propose projects of their own place."))
    facts = {name: facts.get(name, "") for name in FACTS}
    check_facts(facts, at_division, at)
    amounts = money_of(money)
    check_some(amounts)
    number = next_number(Project, "P", at_division, facts["year"])
    given = {"at": at_division, "number": number, "planned": sum(amounts.values()), **facts}
    given |= {"state": ProjectState.PROPOSED, "waiting_level": _next_level(by)}
    project, new = Project.objects.get_or_create(
        client_id=client_id, defaults=given | {"proposed_by": by, "proposed_at": at}
    )
    if new:
        set_money(project, amounts, lines or {})
        record(project, ProjectWhat.PROPOSED, by=by, at=at)
        ask(project, by=by, at=at)
    return project, new


def _next_level(by):
    return Level.TOWNSHIP if by.division.level == Level.VILLAGE else Level.COUNTY


def check_some(amounts):
    if not amounts:
        raise ProjectRefusal(_("Enter the planned money by its source."), "money_special")


def check_facts(facts, place, at):
    this_year = localdate(at).year
    if not all(str(facts[name]).strip() for name in ("name", "words", "benefit")):
        raise ProjectRefusal(_("Say what is built or done, and how it helps households."), "words")
    check_words("words", facts["name"], facts["words"], facts["benefit"])
    if not this_year - 10 <= facts["year"] <= this_year + 5:
        raise ProjectRefusal(_("Check the year in which it is planned."), "year")
    if not facts["priority"]:
        return
    if facts["priority"] not in Priority:
        raise ProjectRefusal(_("Say why it comes first."), "priority")
    if not place.code.startswith(ANHUI) or localdate(at) < OF_2020:
        words = _("Priority because of the epidemic is given in Anhui from 2020-03-02 (AH0 4.4).")
        raise ProjectRefusal(words, "priority")


def set_money(project, amounts, lines):
    """Writes the planned money anew. No line of a budget is planned beyond what it holds."""
    before = set(project.money.values_list("line_id", flat=True))
    project.money.all().delete()
    for source, amount in amounts.items():
        line = lines.get(source)
        if line:
            _check_line(line, source, amount, project, named=line.pk in before)
        ProjectMoney.objects.create(project=project, source=source, amount=amount, line=line)


def _check_line(line, source, amount, project, named):
    """``named``: by this project already, wherever that lies since codes changed."""
    line = BudgetLine.objects.select_for_update().select_related("division").get(pk=line.pk)
    field = f"line_{source}"
    if line.source != source or not (named or line.division.contains(project.at)):
        raise ProjectRefusal(_("This line of the budget is for another source or place."), field)
    others = line.projects.exclude(project=project).exclude(project__state=ProjectState.OUT)
    planned = others.aggregate(sum=Sum("amount"))["sum"] or 0
    if planned + amount > line.amount:
        words = _("Of this line of the budget %(left)s yuan are not planned yet.")
        raise ProjectRefusal(words % {"left": f"{line.amount - planned:,.2f}"}, field)


@transaction.atomic
def change_proposal(project, *, money, lines=None, because="", seen_version=None, by, at, **facts):
    """Of a proposal that was returned, by whoever proposes there; it goes up again. Without
    ``lines`` each source keeps the line of the budget that it names."""
    project = taken(project, seen_version, ProjectState.RETURNED)
    if not plans(by, project.at) or by.division.level < Level.TOWNSHIP:
        raise ProjectRefusal(_("Village and township propose projects of their own place."))
    changes = _write(project, money, lines, facts, at, state=ProjectState.PROPOSED,
                     waiting_level=_next_level(by))  # fmt: skip
    record(project, ProjectWhat.CHANGED, because, changes, by=by, at=at)
    ask(project, by=by, at=at)
    return project


def _write(project, money, lines, facts, at, **more):
    facts = {name: facts.get(name, getattr(project, name)) for name in FACTS}
    check_facts(facts, project.at, at)
    amounts = money_of(money)
    check_some(amounts)
    before = {row.source: str(row.amount) for row in project.money.all()}
    check_sources(project, amounts, localdate(at))
    changes = put(project, **facts, planned=sum(amounts.values()), **more)
    named = {row.source: row.line for row in project.money.select_related("line") if row.line}
    set_money(project, amounts, named if lines is None else lines)
    after = {source: str(amount) for source, amount in amounts.items()}
    return changes | ({"money": [before, after]} if before != after else {})


def turn_refusal(project, by):
    """Why ``by`` cannot decide now; blank when it can."""
    level = project.waiting_level
    if project.state != ProjectState.PROPOSED:
        return _("This project waits for nobody's word.")
    if by.role != ROLE_AT[level] or not by.division.contains(project.at):
        return _("The %(level)s decides next.") % {"level": Level(level).label}
    if not by.may("plan_projects"):
        return _("Your post decides on no projects.")
    # What comes again after it was returned is reviewed by the same township.
    others = [ProjectWhat.PROPOSED, ProjectWhat.CHANGED]
    if level == Level.COUNTY:
        others.append(ProjectWhat.REVIEWED)
    signed = project.acts.filter(what__in=others)
    if any(persons_behind(by) & persons_behind(act.by) for act in signed.select_related("by")):
        return _("You have proposed or reviewed it; somebody else decides here.")
    return ""


@transaction.atomic
def pass_on(project, *, because="", seen_version=None, by, at):
    """The township passes it to the county, the county takes it into the store."""
    project = taken(project, seen_version)
    _check_turn(project, by)
    _settle(project, "passed", because, by, at)
    if project.waiting_level == Level.TOWNSHIP:
        changes = put(project, waiting_level=Level.COUNTY)
        record(project, ProjectWhat.REVIEWED, because, changes, by=by, at=at)
        ask(project, by=by, at=at)
        return project
    check_sources(project, amounts_of(project), localdate(at))
    stored = {"state": ProjectState.IN_STORE, "waiting_level": None, "stored_on": localdate(at)}
    changes = put(project, **stored)
    record(project, ProjectWhat.APPROVED, because, changes, by=by, at=at)
    return project


@transaction.atomic
def send_back(project, *, because, seen_version=None, by, at):
    project = taken(project, seen_version)
    _check_turn(project, by)
    check_reason(because)
    _settle(project, "returned", because, by, at)
    changes = put(project, state=ProjectState.RETURNED, waiting_level=None)
    record(project, ProjectWhat.RETURNED, because, changes, by=by, at=at)
    return project


@transaction.atomic
def adjust(project, *, money, lines=None, because, seen_version=None, by, at, **facts):
    """Dynamic adjustment 动态调整 of what stands in the store or is under way: by the county.
    Without ``lines`` each source keeps its line, as in ``change_proposal``."""
    project = taken(project, seen_version, ProjectState.IN_STORE, ProjectState.STARTED)
    _check_county(project, by)
    check_reason(because)
    changes = _write(project, money, lines, facts, at)
    record(project, ProjectWhat.ADJUSTED, because, changes, by=by, at=at)
    return project


@transaction.atomic
def adjust_out(project, *, because, seen_version=None, by, at):
    """Out of the store, with the reason; it stays on record, its money is free again."""
    project = taken(project, seen_version, ProjectState.IN_STORE, ProjectState.STARTED)
    _check_county(project, by)
    check_reason(because)
    changes = put(project, state=ProjectState.OUT)
    record(project, ProjectWhat.OUT, because, changes, by=by, at=at)
    return project


@transaction.atomic
def start(project, *, on, because="", seen_version=None, by, at):
    project = taken(project, seen_version, ProjectState.IN_STORE)
    _check_carries(project, by)
    check_past(on, at)
    _check_after(on, project.stored_on)
    check_sources(project, amounts_of(project), on)
    changes = put(project, state=ProjectState.STARTED, started_on=on)
    record(project, ProjectWhat.STARTED, because, changes, by=by, at=at)
    return project


@transaction.atomic
def finish(project, *, on, because="", seen_version=None, by, at):
    """Done; what it built is then put into the ledger of assets."""
    project = taken(project, seen_version, ProjectState.STARTED)
    _check_carries(project, by)
    check_past(on, at)
    _check_after(on, project.started_on)
    changes = put(project, state=ProjectState.FINISHED, finished_on=on)
    record(project, ProjectWhat.FINISHED, because, changes, by=by, at=at)
    return project


def _check_after(on, before):
    if before and on < before:
        words = _("The day lies before the step that comes first (%(day)s).")
        raise ProjectRefusal(words % {"day": before}, "on")


def _check_carries(project, by):
    if not plans(by, project.at) or by.division.level == Level.VILLAGE:
        raise ProjectRefusal(_("Township and county record how a project gets on."))


def _check_county(project, by):
    if not plans(by, project.at) or by.division.level != Level.COUNTY:
        raise ProjectRefusal(_("The county adjusts the store."))


def _check_turn(project, by):
    if refusal := turn_refusal(project, by):
        raise ProjectRefusal(refusal)


def amounts_of(project):
    return dict(project.money.values_list("source", "amount"))


def taken(project, seen_version, *states):
    """The row, locked, as it was seen, in one of the states (any when none is named)."""
    rows = Project.objects.select_for_update(no_key=True, of=("self",)).select_related("at")
    row = seen_as(rows.get(pk=project.pk), seen_version)
    if states and row.state not in states:
        words = _("This project is not open to this: %(state)s.")
        raise ProjectRefusal(words % {"state": row.get_state_display()})
    return row


def ask(project, *, by, at, **due):
    """A task on the desk whose word is next."""
    level = Level(project.waiting_level)
    desk = project.at.township if level == Level.TOWNSHIP else project.at.county
    open_task(
        STEP, key=f"{project.pk}-{level.value}", at_division=desk, role=ROLE_AT[level],
        figures={"number": project.number, "project": project.pk}, by=by, at=at, **due,
    )  # fmt: skip


def _settle(project, outcome, because, by, at):
    key = f"{project.pk}-{project.waiting_level}"
    settle(STEP, key, outcome=outcome, result=because, by=by, at=at)


def record(project, what, because="", changes=None, *, by, at):
    check_words("because", because)
    return ProjectAct.objects.create(
        project=project, what=what, because=because.strip()[:400], changes=changes or {},
        by=by, at=at,
    )  # fmt: skip
