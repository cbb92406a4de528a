"""The decision card: what the officer of a post may do with a case, and why not the rest."""

from copy import copy
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from monitoring.cases import forms as forms
from monitoring.cases.casework import decided_at, may_roll_back, may_withdraw, step_before
from monitoring.cases.conditions import failures_of, findings_of
from monitoring.cases.moving import at_desk
from monitoring.cases.words import outcomes_of, pass_words, place_of
from monitoring.models import State

FORWARD = ("pass", "return")
PLACEHOLDER = "…"  # stands for what the officer has yet to type into the form


@dataclass
class Act:
    """One act of the card: its button, its form, or the sentence why it cannot be done."""

    code: str  # address "case_<code>"
    words: str
    form: object = None
    why_not: str = ""
    text: str = ""
    by_choice: tuple = ()  # (value, words of the button) where the words follow a choice

    @property
    def url(self):
        return f"case_{self.code}"


class Deciding:
    """What ``post`` may do with ``case``; ``known`` holds the one case. ``typed``: (act, data)."""

    def __init__(self, case, post, known, typed=None):
        self.case, self.post, self.known = case, post, known
        self.typed = typed or (None, {})
        self.here = at_desk(case, post)
        by = post if self.here else None
        self.findings = findings_of(case, by, known) if case.is_open else []
        self.failures = self._failures()

    def _failures(self):
        """What fails even when the form is filled: no typing mends it."""
        failing = [finding for finding in self.findings if not finding.ok]
        if not failing or not self.here:
            return failing
        case, known = copy(self.case), copy(self.known)
        known.because = PLACEHOLDER
        asked = {name: PLACEHOLDER for name in case.at_step.asks if name != "because"}
        case.proposal = asked | case.proposal
        left = {finding.sentence for finding in failures_of(case, self.post, known)}
        return [finding for finding in failing if finding.sentence in left]

    def state_of(self, finding):
        """``ask``: fails now, and the form of the card mends it."""
        return "ok" if finding.ok else "no" if finding in self.failures else "ask"

    @property
    def taken_part(self):
        """The sentence that keeps the officer from every act, or nothing."""
        acted = self.known.actors[self.case.id]
        steps = {acted[who] for who in persons_behind(self.post) if who in acted}
        return next((step for step in steps if step != self.case.step), None)

    @property
    def barred(self):
        if self.taken_part is None:
            return ""
        step = self.case.steps[self.taken_part].words
        return _("You took part in “%(step)s”; another officer of your office must do this.") % {
            "step": step
        }

    @cached_property
    def acts(self):
        """The acts of the card; the first one with a form is the primary button."""
        found = []
        if self.here:
            forward, back = self._pass(), self._return()
            found += [back, forward] if forward.why_not else [forward, back]
            found.append(self._refuse())
        found += [self._withdraw(), self._roll_back()]
        return [act for act in found if act]

    @property
    def primary(self):
        """Withdrawing and rolling back are never the next thing to do."""
        return next((act for act in self.acts if act.form and act.code in FORWARD), None)

    def _form(self, kind, initial=None, **more):
        """The form, with what was typed when the act was refused."""
        code, data = self.typed
        given = {**(initial or {}), **(data if code == kind.code else {})}
        given["version"] = self.case.version
        return kind(self.case, initial=given, **more)

    def _pass(self):
        act = Act("pass", pass_words(self.case), text=" ".join(map(str, outcomes_of(self.case))))
        if self.barred or self.failures:
            act.why_not = self.barred or _("Possible once all conditions are met.")
            return act
        act.form = self._form(forms.PassForm, self._proposed())
        return act

    def _proposed(self):
        case = self.case
        initial = {name: case.proposal.get(name, "") for name in case.at_step.asks}
        if "tier" in initial and not initial["tier"]:
            row = self.known.judged_of(case)
            initial["tier"] = row["tier"] if row else ""
        return initial | {"because": case.because if case.step == 0 else ""}

    def _return(self):
        case = self.case
        if case.step == 0:
            return None
        before = step_before(case)
        place = place_of(case, case.steps[before]).name
        act = Act("return", _("Return to %(place)s") % {"place": place})
        if self.barred:
            act.why_not = self.barred
            return act
        because = "\n".join(str(finding.sentence) for finding in self.failures)
        targets = [("before", self._target(before))]
        if before:
            targets.append(("start", self._target(0)))
        if len(targets) > 1:
            act.words = _("Return the case")
            act.by_choice = [
                (value, _("Return to %(place)s") % {"place": place}) for value, place in targets
            ]
        initial = {"because": because, "to": "before"}
        act.form = self._form(forms.ReturnForm, initial, targets=targets)
        return act

    def _target(self, number):
        """The office, and the step where offices of two steps are the same."""
        step = self.case.steps[number]
        place = place_of(self.case, step).name
        same = [one for one in self.case.steps[: self.case.step] if one.level == step.level]
        return f"{place}: {step.words}" if len(same) > 1 else place

    def _refuse(self):
        if not self.case.at_step.may_refuse:
            return None
        act = Act("refuse", _("End the case: not confirmed"), why_not=self.barred)
        if not act.why_not:
            act.form = self._form(forms.RefuseForm)
        return act

    def _withdraw(self):
        case = self.case
        if not case.is_open or not self._submitted():
            return None
        act = Act("withdraw", _("Withdraw the case"))
        if may_withdraw(case, self.post):
            act.form = self._form(forms.WithdrawForm)
        else:
            act.why_not = _("The first review is done; the reviewer can return it to you.")
        return act

    def _submitted(self):
        acted = self.known.actors[self.case.id]
        mine = any(acted.get(who) == 0 for who in persons_behind(self.post))
        return mine and self.post.role == self.case.steps[0].role

    def _roll_back(self):
        case = self.case
        if case.state != State.DONE or not may_roll_back(case, self.post):
            return None
        act = Act("roll_back", _("Roll back: it was wrong"))
        act.text = _("The register becomes as before the case, and a flag that it ended stands.")
        if self.taken_part not in (None, decided_at(case)):
            act.why_not = self.barred
        else:
            act.form = self._form(forms.RollBackForm)
        return act


def done_words(code, case_before):
    """What an act did, for the message after it."""
    if code == "pass":
        return pass_words(case_before)
    return {
        "return": _("returned"),
        "refuse": _("ended, not confirmed"),
        "withdraw": _("withdrawn"),
        "roll_back": _("rolled back"),
        "change": _("request changed"),
        "open": _("opened"),
    }[code]
