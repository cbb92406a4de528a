"""Many cases of one step at once: what passing or returning each would do, and doing it.

Each case moves in a transaction of its own, by the version that the officer saw; one that somebody
took meanwhile is told by its sentence, and the others go on.
"""

from dataclasses import dataclass, field
from itertools import groupby

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from accounts.refusals import Refused
from monitoring.cases import casework, moving
from monitoring.cases.conditions import Finding, failures_of
from monitoring.cases.known import Known
from monitoring.inbox.batch_words import effect_of, return_words
from monitoring.inbox.lists import on_desk
from monitoring.inbox.rows import with_homes
from monitoring.models import Case

MOST = 100
PASS, RETURN = "pass", "return"


@dataclass
class Line:
    """A chosen case: what will be done to it, or why it cannot be done."""

    case: Case
    effect: str
    failures: list = field(default_factory=list)


@dataclass
class Preview:
    lines: list
    step: object = None

    @property
    def ready(self):
        return [line for line in self.lines if not line.failures]

    @property
    def blocked(self):
        return [line for line in self.lines if line.failures]

    def ready_by_effect(self):
        """[(effect, lines)]: many cases that end alike are one paragraph."""
        ready = sorted(self.ready, key=lambda line: line.effect)
        return [(effect, list(lines)) for effect, lines in groupby(ready, lambda x: x.effect)]


def chosen_cases(post, ids):
    """Those of ``ids`` that lie on the desk of ``post``, the first deadline first."""
    rows = with_homes(on_desk(post).filter(id__in=ids[:MOST]))
    return list(rows.order_by("due_on", "id"))


def by_step(cases):
    """(procedure, step code) -> its cases: one step at a time is decided on together."""
    groups = {}
    for case in cases:
        groups.setdefault((case.procedure, case.at_step.code), []).append(case)
    return groups


def preview(cases, act, *, by, day, to_start=False):
    """``cases`` of one step. What the officer would have to say to one of them is not assumed:
    such a case is left to its own page."""
    known = Known(cases, day)
    step = cases[0].at_step if cases else None
    if act == RETURN:
        lines = [_return_line(case, by, known, to_start) for case in cases]
    else:
        lines = [Line(case, effect_of(case), failures_of(case, by, known)) for case in cases]
    return Preview(lines, step)


def _return_line(case, by, known, to_start):
    if case.step == 0:
        words = _("The case is at its first step; it can be withdrawn, not returned.")
        return Line(case, "", [Finding(False, words)])
    taken = known.actors[case.id]
    if any(taken.get(officer, case.step) != case.step for officer in persons_behind(by)):
        words = _("You took part in another step of this case; another officer must do this.")
        return Line(case, "", [Finding(False, words)])
    return Line(case, return_words(case, 0 if to_start else casework.step_before(case)))


@dataclass
class Result:
    done: list = field(default_factory=list)  # (case, what was done, in words)
    not_done: list = field(default_factory=list)  # (case, why)


def pass_all(seen, *, because, by, at):
    """``seen``: {case id: version}. A request keeps the reason that was written with it."""
    result = Result()
    cases = seen_cases(seen, by)
    blocked = _blocked(cases, seen, by, at)
    for case in cases:
        if case.id in blocked:
            result.not_done.append((case, blocked[case.id]))
            continue
        effect = effect_of(case) if case.is_open else ""
        words = because if case.step else ""
        _try(result, case, effect, lambda c=case, w=words: casework.pass_on(
            c, seen_version=seen[c.id], because=w, by=by, at=at
        ))  # fmt: skip
    return result


def return_all(seen, *, because, by, at, to_start=False):
    result = Result()
    for case in seen_cases(seen, by):
        words = ""
        if case.is_open and case.step:
            words = return_words(case, 0 if to_start else casework.step_before(case))
        _try(result, case, words, lambda c=case: casework.return_case(
            c, seen_version=seen[c.id], because=because, to_start=to_start, by=by, at=at
        ))  # fmt: skip
    return result


def _try(result, case, words, act):
    try:
        act()
    except Refused as refusal:
        result.not_done.append((case, str(refusal)))
    else:
        result.done.append((case, words))


def seen_cases(seen, by):
    """The cases of a sent form, also those that lie elsewhere by now."""
    rows = Case.objects.visible_to(by).filter(id__in=list(seen)[:MOST])
    return list(with_homes(rows).order_by("due_on", "id"))


def _blocked(cases, seen, by, at):
    """Case id -> why it cannot pass without words of its own; moved ones tell that themselves."""
    here = [case for case in cases if case.version == seen[case.id] and moving.at_desk(case, by)]
    known = Known(here, localdate(at))
    told = {}
    for case in here:
        if failures := failures_of(case, by, known):
            told[case.id] = " ".join(str(failure.sentence) for failure in failures)
    return told
