"""Acts on a finding: entered, answered, accepted or returned, withdrawn; what followed from it.

The desk follows from the open task: the locality's, or wherever that was handed over to; the
answer goes to the office that entered the finding.
"""

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from accounts.models import Post
from accounts.refusals import Refused, TakenFirst
from accounts.roles import COUNTY
from accounts.typed import check_typed
from accounts.workdays import add_workdays
from duties.desks import ROLE_OF
from duties.doing import open_task, settle
from duties.lists import ABOVE
from duties.models import Task
from monitoring.models import Consequence, Finding, FindingAct, FindingFile
from monitoring.models import FindingState as State
from monitoring.models import FindingWhat as What
from monitoring.supervision.duties import ANSWER, LOOK

MOST_DAYS = 60
MOST_WORDS = 500  # of a task


def may_enter(post):
    """Auditors read; supervisors are the offices above (domain.md 1)."""
    return post.role in ABOVE


def may_answer(finding, post):
    return finding.state == State.ANSWER and _lies(finding, ANSWER, post)


def may_look(finding, post):
    return finding.state == State.LOOK and _lies(finding, LOOK, post)


def may_withdraw(finding, post):
    entered = finding.entered_by
    same = (entered.role, entered.division_id) == (post.role, post.division_id)
    return finding.is_open and same


def may_follow_up(finding, post):
    """An admonishing talk or holding to account is for the county and above."""
    above = post.role in ABOVE and post.division.level <= COUNTY
    below = post.division.contains(finding.at) and finding.at.level > post.division.level
    return above and below and finding.state != State.WITHDRAWN


def _lies(finding, kind, post):
    rows = Task.objects.visible_to(post).open().waiting_for(post)
    return rows.filter(kind=kind, key=str(finding.pk)).exists()


@transaction.atomic
def enter_finding(*, kind, found_on, division, words, days, files=(), household=None, by, at):
    """``files``: what ``checked_paper`` gave. The same finding again, still unanswered, is one."""
    if not may_enter(by):
        raise Refused(_("Findings are entered by townships and the levels above."))
    if not by.division.contains(division) or division.level <= by.division.level:
        raise Refused(_("Findings are entered for divisions below your own."))
    if household and getattr(household, division.level_column) != division.pk:
        raise Refused(_("The household does not live in this division."))
    if found_on > localdate(at):
        raise Refused(_("The day when it was found is still to come."))
    if not 1 <= days <= MOST_DAYS:
        words = _("The limit is between 1 and %(most)d working days.")
        raise Refused(words % {"most": MOST_DAYS})
    Post.objects.select_for_update().get(pk=by.pk)  # a form sent twice waits for itself
    finding, is_new = Finding.objects.get_or_create(
        kind=kind, found_on=found_on, at=division, household=household, words=_needed(words),
        entered_by=by, state=State.ANSWER,
        defaults={
            "days": days, "due_on": add_workdays(localdate(at), days), "entered_at": at,
        },
    )  # fmt: skip
    if not is_new:
        return finding
    _record(finding, What.ENTERED, words, files, by, at)
    _to_locality(finding, by, at)
    return finding


@transaction.atomic
def answer_finding(finding, *, words, files, seen_version, by, at):
    if not may_answer(finding, by):
        raise Refused(_("This finding does not wait for your answer."))
    if not files:
        raise Refused(_("Put a photo or a paper to the answer that shows what was mended."))
    finding = _claim(finding, State.ANSWER, seen_version)
    _record(finding, What.ANSWERED, _needed(words), files, by, at)
    settle(ANSWER, finding.pk, outcome="answered", by=by, at=at)
    entered = finding.entered_by
    open_task(
        LOOK, key=finding.pk, at_division=entered.division, role=entered.role,
        household=None, words=_short(words), by=by, at=at,
    )  # fmt: skip
    return _move(finding, State.LOOK)


@transaction.atomic
def accept_finding(finding, *, words, seen_version, by, at):
    finding = _looked(finding, seen_version, by)
    _record(finding, What.ACCEPTED, words, (), by, at)
    settle(LOOK, finding.pk, outcome="accepted", by=by, at=at)
    return _move(finding, State.ENDED, ended_at=at)


@transaction.atomic
def return_finding(finding, *, words, seen_version, by, at):
    """Back to the locality; the limit begins anew."""
    finding = _looked(finding, seen_version, by)
    _record(finding, What.RETURNED, _needed(words), (), by, at)
    settle(LOOK, finding.pk, outcome="returned", by=by, at=at)
    due_on = add_workdays(localdate(at), finding.days)
    _move(finding, State.ANSWER, due_on=due_on, returns=finding.returns + 1)
    _to_locality(finding, by, at)
    return finding


@transaction.atomic
def withdraw_finding(finding, *, words, seen_version, by, at):
    """Entered by mistake: by the office that entered it, with the reason; it stays on record."""
    if not may_withdraw(finding, by):
        raise Refused(_("A finding is withdrawn by the office that entered it."))
    finding = _claim(finding, finding.state, seen_version)
    _record(finding, What.WITHDRAWN, _needed(words), (), by, at)
    for kind in (ANSWER, LOOK):
        settle(kind, finding.pk, outcome="gone", by=by, at=at)
    return _move(finding, State.WITHDRAWN, ended_at=at)


@transaction.atomic
def follow_up_finding(finding, *, consequence, words, seen_version, by, at):
    """约谈 or 问责; it changes nothing in the answer, which is still owed."""
    if not may_follow_up(finding, by):
        raise Refused(_("This is recorded by the county and the levels above, for those below."))
    finding = _claim(finding, finding.state, seen_version)
    _record(finding, Consequence(consequence).value, _needed(words), (), by, at)
    return _move(finding, finding.state, consequence=consequence)


def _looked(finding, seen_version, by):
    if not may_look(finding, by):
        raise Refused(_("This answer does not wait for you."))
    finding = _claim(finding, State.LOOK, seen_version)
    answer = finding.acts.filter(what=What.ANSWERED).select_related("by__deputy_of").last()
    if persons_behind(answer.by) & persons_behind(by):
        raise Refused(_("You wrote this answer; another officer of your office looks through it."))
    return finding


def _claim(finding, state, seen_version):
    """Takes hold of the finding as it was seen, until the transaction ends."""
    held = Finding.objects.select_for_update(of=("self",)).select_related("at", "entered_by")
    now = held.get(pk=finding.pk)
    if (now.state, now.version) != (state, seen_version):
        raise TakenFirst(_("Somebody changed this finding meanwhile. Look at it again."))
    return now


def _move(finding, state, **changes):
    for name, value in changes.items():
        setattr(finding, name, value)
    finding.state = state
    finding.version = F("version") + 1
    finding.save(update_fields=["state", "version", *changes])
    finding.refresh_from_db()
    return finding


def _to_locality(finding, by, at):
    """Once it was handed over, a return goes to the desk that answered."""
    before = finding.task
    finding.task, _new = open_task(
        ANSWER,
        key=finding.pk,
        at_division=before.at if before else finding.at,
        role=before.role if before else ROLE_OF[finding.at.level],
        department=before.department if before else "",
        household=finding.household,
        words=_short(finding.words),
        due_on=finding.due_on,
        by=by,
        at=at,
    )
    finding.save(update_fields=["task"])


def _record(finding, what, words, files, by, at):
    check_typed(words)
    act = FindingAct.objects.create(finding=finding, what=what, by=by, at=at, words=words.strip())
    seen = set()
    for file, name, digest in files:
        if digest not in seen:
            seen.add(digest)
            FindingFile.objects.create(act=act, file=file, name=name, size=file.size, digest=digest)


def _needed(words):
    if not words.strip():
        raise Refused(_("Write it down in words."))
    return words.strip()


def _short(words):
    words = words.strip()
    return words if len(words) <= MOST_WORDS else words[: MOST_WORDS - 1] + "…"
