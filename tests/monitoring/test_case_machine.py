"""Cases against a small model of their own: any order of acts by anybody leaves both alike.

The model knows the chains by heart, as domain.md 4 tells them, and nothing of the table. A thousand
steps are taken with every run of the tests; CASE_MACHINE_STEPS=30000 takes as many as it says.
"""

import os
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from accounts.refusals import Refused
from monitoring.cases import casework
from monitoring.cases.moving import TakenFirst
from monitoring.models import Case
from monitoring.procedures import PROCEDURES
from tests.cast import NOW
from tests.monitoring import chains

STEPS_OF_A_RUN = 50
STEPS = int(os.environ.get("CASE_MACHINE_STEPS", "1000"))

# Levels from the village's hand on; a small letter is a step that needs something put to it first,
# d is the departments' own.
CHAINS = {
    "tier": "V T C",
    "edge_listing": "c V v T C T",
    "unstable_listing": "V v T C T",
    "intervention": "c V d v C",
    "return": "V v v T C T",
    "edge_poor": "V v v T C T",
    "closing_exited": "V t c m P",
    "closing_edge": "T C P",
    "class_change": "V T C",
}
# The steps at which somebody may say that it is not so, counted from 0.
SAYS_NO = {
    "edge_listing": {4}, "unstable_listing": {3}, "intervention": {1, 4}, "return": {4},
    "edge_poor": {4},
}  # fmt: skip
# The step whose level takes a concluded case back.
DECIDED = {
    "tier": 2, "edge_listing": 4, "unstable_listing": 3, "intervention": 4, "return": 5,
    "edge_poor": 5, "closing_exited": 4, "closing_edge": 2, "class_change": 2,
}  # fmt: skip
PLACES = {
    "V": ("village", "341524105207"),
    "T": ("township", "341524105000"),
    "C": ("county", "341524000000"),
    "M": ("city", "341500000000"),
    "P": ("province", "340000000000"),
}
# Three officers a level, one of the neighbouring county, and one who holds two posts.
OFFICERS = [f"{level}{n}" for level in PLACES for n in range(3)] + ["X0", "V0 as T", "V0 as C"]


class Model:
    """What a case should be."""

    def __init__(self, procedure, opener):
        self.chain = CHAINS[procedure].split()
        self.procedure, self.opener = procedure, opener
        self.state, self.step, self.moves = "open", 0, 0
        self.parts = {opener: 0}
        self.ready = set()  # steps that have what they need

    def level(self, step=None):
        return self.chain[self.step if step is None else step].upper()

    def at_desk(self, officer):
        return self.state == "open" and level_of(officer) == self.level() != "D"

    def free(self, officer):
        return self.parts.get(person(officer), self.step) == self.step

    def needs(self):
        return self.chain[self.step].islower() and self.step not in self.ready

    def may_move(self, officer):
        return self.at_desk(officer) and self.free(officer)

    def goes_to(self, step):
        self.step = step
        if self.level() == "D":  # everything asked has been answered already
            self.step += 1
            self.moves += 1

    def did(self, officer):
        self.parts[person(officer)] = self.step
        self.moves += 1

    def passes(self, officer):
        if not self.may_move(officer) or self.needs():
            return False
        self.did(officer)
        if self.step + 1 == len(self.chain):
            self.state = "done"
        else:
            self.goes_to(self.step + 1)
        return True

    def returns(self, officer, to_start):
        if not self.may_move(officer) or self.step == 0:
            return False
        self.did(officer)
        before = self.step - 1
        if self.chain[before] == "d":
            before -= 1
        self.step = 0 if to_start else before
        return True

    def refuses(self, officer):
        if not self.may_move(officer) or self.step not in SAYS_NO.get(self.procedure, ()):
            return False
        self.did(officer)
        self.state = "refused"
        return True

    def withdraws(self, officer):
        first_review = next(n for n in range(len(self.chain)) if self.level(n) != self.level(0))
        submitted = self.parts.get(person(officer)) == 0 and level_of(officer) == self.level(0)
        looked_at = any(step >= first_review for step in self.parts.values())
        late = self.step > first_review or (self.step == first_review and looked_at)
        if self.state != "open" or late or not submitted:
            return False
        self.moves += 1
        self.state = "withdrawn"
        return True

    def rolls_back(self, officer):
        decided = DECIDED[self.procedure]
        if self.state != "done" or level_of(officer) != self.level(decided):
            return False
        if self.parts.get(person(officer), decided) != decided:
            return False
        self.step = decided
        self.did(officer)
        self.state = "rolled_back"
        return True


def person(officer):
    return officer.split(" as ")[0]


def level_of(officer):
    return officer.split(" as ")[-1][0]


class Machine(RuleBasedStateMachine):
    cast = None
    taken = count()

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.posts, self.cases = {}, []
        chains.set_rural_average(self.cast)

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def post(self, name):
        if name not in self.posts:
            level = level_of(name)
            role, code = PLACES.get(level, ("county", "341525000000"))
            post = self.cast.post(role, code)
            if " as " in name:
                post.officer = self.post(person(name)).officer
                post.save()
            self.posts[name] = post
        return self.posts[name]

    @precondition(lambda self: len(self.cases) < 3)
    @rule(procedure=st.sampled_from(sorted(PROCEDURES)))
    def open(self, procedure):
        opener = f"{CHAINS[procedure][0].upper()}0"
        case = chains.opened(self.cast, procedure, by=self.post(opener))
        self.cases.append((Model(procedure, opener), case))

    def tries(self, act, case, stale, **said):
        """Whether the act went through; a stale version never does, whoever asks."""
        next(Machine.taken)
        seen = case.version - 1 if stale else case.version
        try:
            with transaction.atomic():
                act(case, seen_version=seen, at=NOW, **said)
        except TakenFirst:
            assert stale or case.state != "open"
            return False
        except Refused:
            assert not stale
            return False
        assert not stale
        return True

    def one(self, data):
        number = data.draw(st.integers(0, len(self.cases) - 1), label="case")
        model, case = self.cases[number]
        return model, chains.refreshed(case)

    def officer(self, data, model):
        """Mostly somebody of the level whose turn it is."""
        there = [name for name in OFFICERS if level_of(name) == model.level()]
        return data.draw(st.sampled_from(there * 3 + OFFICERS), label="officer")

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), stale=st.integers(0, 9).map(lambda n: n == 0))
    def passes(self, data, stale):
        model, case = self.one(data)
        officer = self.officer(data, model)
        asks = {}
        if case.is_open and "national_number" in case.at_step.asks:
            asks = {"national_number": "3415240001"}
        went = self.tries(
            casework.pass_on, case, stale, by=self.post(officer), because="属实",
            proposal=asks,
        )  # fmt: skip
        assert went == (not stale and model.passes(officer))

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), to_start=st.booleans(), stale=st.integers(0, 9).map(lambda n: n == 0))
    def returns(self, data, to_start, stale):
        model, case = self.one(data)
        officer = self.officer(data, model)
        went = self.tries(
            casework.return_case, case, stale, by=self.post(officer), because="请补充",
            to_start=to_start,
        )  # fmt: skip
        assert went == (not stale and model.returns(officer, to_start))

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), sure=st.integers(0, 3).map(lambda n: n == 0))
    def refuses(self, data, sure):
        model, case = self.one(data)
        officer = self.officer(data, model) if sure else "X0"
        went = self.tries(casework.refuse, case, False, by=self.post(officer), because="不符合")
        assert went == model.refuses(officer)

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), name=st.sampled_from(OFFICERS))
    def withdraws(self, data, name):
        model, case = self.one(data)
        went = self.tries(casework.withdraw, case, False, by=self.post(name), because="误")
        assert went == model.withdraws(name)

    @precondition(lambda self: any(model.state == "done" for model, _ in self.cases))
    @rule(data=st.data(), name=st.sampled_from(OFFICERS))
    def rolls_back(self, data, name):
        model, case = self.one(data)
        said = {"seen_version": case.version, "because": "有误", "at": NOW}
        try:
            with transaction.atomic():
                casework.roll_back(case, by=self.post(name), **said)
            went = True
        except Refused:
            went = False
        next(Machine.taken)
        assert went == model.rolls_back(name)

    @precondition(lambda self: any(m.state == "open" and m.needs() for m, _ in self.cases))
    @rule(data=st.data())
    def is_made_ready(self, data):
        waiting = [n for n, (m, _) in enumerate(self.cases) if m.state == "open" and m.needs()]
        model, case = self.cases[data.draw(st.sampled_from(waiting), label="case")]
        by = self.post(f"{model.level()}2")
        chains.make_ready(self.cast, chains.refreshed(case), by)
        model.ready.add(model.step)
        if model.procedure == "closing_exited":
            model.ready |= {1, 2, 3}  # one signed form serves all of them
        if model.procedure == "intervention" and model.step == 0:
            for enquiry in case.enquiries.open():
                chains.answer(self.cast, enquiry)

    @invariant()
    def both_are_alike(self):
        for model, case in self.cases:
            row = Case.objects.select_related("waiting_at").get(pk=case.pk)
            assert (row.state, row.step) == (model.state, model.step)
            assert row.version == 1 + model.moves
            if model.state == "open":
                role, code = PLACES[model.level()]
                assert (row.waiting_role, row.waiting_at.code) == (role, code)
            parts = dict(row.actors.values_list("officer", "step"))
            ours = {self.post(name).officer_id: step for name, step in model.parts.items()}
            assert {k: v for k, v in parts.items() if k in ours} == ours


@pytest.mark.django_db
def test_any_order_of_acts_agrees_with_the_model(cast):
    Machine.cast = cast
    run_machine(
        Machine,
        settings=settings(
            max_examples=max(1, STEPS // STEPS_OF_A_RUN),
            stateful_step_count=STEPS_OF_A_RUN,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert next(Machine.taken) > STEPS // 4
