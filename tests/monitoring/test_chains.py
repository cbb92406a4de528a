"""Every chain of the table, walked by the right officers and by nobody else (domain.md 4)."""

import pytest
from django.utils.translation import override

from accounts.models import Officer, Post
from accounts.refusals import Refused
from accounts.roles import ROLES
from households.models import Household
from monitoring.cases import casework
from monitoring.cases.casework import NotYet
from monitoring.cases.moving import TakenFirst
from monitoring.cases.outcomes import OUTCOMES
from monitoring.models import CaseAct, State, What
from monitoring.procedures import PROCEDURES, ROLE_AT, SUBJECTS
from tests.cast import NOW
from tests.monitoring.chains import (
    KINDS,
    make_ready,
    officer_of,
    opened,
    refreshed,
    step_on,
    subject_of,
    walked,
)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


STEPS = [
    pytest.param(code, n, id=f"{code}-{step.code}")
    for code, row in PROCEDURES.items()
    for n, step in enumerate(row.variants[-1].steps)
]
# Steps that an officer passes; a department's step passes with its answer.
DESKS = [
    p for p in STEPS if not PROCEDURES[p.values[0]].variants[-1].steps[p.values[1]].by_departments
]
# What the register says at the end of each chain: status and class, or the tier.
ENDS = {
    "tier": {"tier": "yellow"},
    "edge_listing": {"status": "edge"},
    "unstable_listing": {"status": "exited", "exited_class": "monitored"},
    "intervention": {"status": "intervention"},
    "return": {"status": "returned", "exited_class": ""},
    "edge_poor": {"status": "newly_poor"},
    "closing_exited": {"status": "exited", "exited_class": "supported"},
    "closing_edge": {"status": "edge_cleared"},
    "class_change": {"status": "exited", "exited_class": "independent"},
}


def at(cast, procedure, step):
    """A case of ``procedure`` on the desk of ``step``, with everything made ready there."""
    case = walked(cast, opened(cast, procedure), to=step)
    by = case.opened_by if step == 0 else officer_of(cast, case.household, case.at_step)
    make_ready(cast, case, by)
    return refreshed(case), by


def also_at(cast, case, officer):
    """The post at the case's desk that ``officer`` holds besides, a new one if need be."""
    wanted = officer_of(cast, case.household, case.at_step)
    held = officer.posts.filter(role=wanted.role, division=wanted.division).first()
    if held is None:
        held = Post.objects.create(
            officer=officer, role=wanted.role, division=wanted.division, since=wanted.since
        )
    return held


def passes(case, by, **said):
    asks = {"national_number": "3415240001"} if "national_number" in case.at_step.asks else {}
    said = {"because": "情况属实", "proposal": asks} | said
    return casework.pass_on(case, seen_version=case.version, by=by, at=NOW, **said)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_chain_is_walked_to_its_end(cast, procedure):
    case = walked(cast, opened(cast, procedure))
    household = Household.objects.get(pk=case.household_id)
    assert case.state == State.DONE
    assert {name: getattr(household, name) for name in ENDS[procedure]} == ENDS[procedure]
    assert (household.origin, household.origin_id) == ("case", case.id)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_trail_says_who_did_what_at_every_step(cast, procedure):
    case = walked(cast, opened(cast, procedure))
    moves = CaseAct.objects.filter(case=case, what__in=[What.PASSED, What.CONCLUDED])
    assert [act.step for act in moves] == list(range(len(case.steps)))
    assert [act.by.role for act in moves] == [step.role for step in case.steps]
    assert len({act.by.officer_id for act in moves}) == len(case.steps)


@pytest.mark.parametrize(("procedure", "step"), DESKS)
def test_no_other_role_level_or_place_may_pass_a_step(cast, procedure, step):
    case, by = at(cast, procedure, step)
    wrong = [
        cast.post(role, code, department="education" if role == "department" else "")
        for role, code in [
            ("village", "341524105207"),
            ("village", "341524105201"),
            ("township", "341524105000"),
            ("township", "341524106000"),
            ("county", "341524000000"),
            ("county", "341525000000"),
            ("city", "341500000000"),
            ("city", "341800000000"),
            ("province", "340000000000"),
            ("province", "360000000000"),
            ("assigned", "341524105207"),
            ("department", "341524000000"),
            ("auditor", "341524000000"),
            ("administrator", "341500000000"),
        ]
        if (role, code) != (by.role, by.division.code)
    ]
    for post in wrong:
        with pytest.raises(Refused, match="waits for"):
            passes(case, post)
    assert refreshed(case).version == case.version
    assert {post.role for post in wrong} | {by.role} == set(ROLES)


@pytest.mark.parametrize(("procedure", "step"), DESKS)
def test_who_took_part_in_another_step_may_not_pass_this_one(cast, procedure, step):
    """Whatever posts the officer holds, and superusers neither."""
    if step == 0:
        case = walked(cast, opened(cast, procedure), to=1)
        before = case.opened_by.officer
        case = refreshed(case)
        step = 1
        if case.at_step.by_departments:
            case = step_on(cast, case)
    else:
        case, _by = at(cast, procedure, step)
        before = case.acts.filter(step=0).first().by.officer
    Officer.objects.filter(pk=before.pk).update(is_superuser=True)
    post = also_at(cast, case, before)
    make_ready(cast, case, post)
    with pytest.raises(Refused, match="two steps"):
        passes(case, post)
    with pytest.raises(Refused, match="two steps"):
        casework.return_case(case, seen_version=case.version, because="请补充", by=post, at=NOW)


@pytest.mark.parametrize(
    ("procedure", "step"),
    [p for p in DESKS if PROCEDURES[p.values[0]].variants[-1].steps[p.values[1]].papers],
)
def test_a_step_that_needs_a_paper_waits_for_it(cast, procedure, step):
    case, by = at(cast, procedure, step)
    for kind in case.at_step.papers:
        case.papers.filter(kind=kind).delete()
        with pytest.raises(NotYet, match="paper is missing"):
            passes(case, by)


@pytest.mark.parametrize(("procedure", "step"), [p for p in DESKS if p.values[1] > 0])
def test_a_case_is_returned_one_step_or_to_the_start_and_comes_up_again(cast, procedure, step):
    case, by = at(cast, procedure, step)
    with pytest.raises(Refused, match="Say why"):
        casework.return_case(case, seen_version=case.version, because=" ", by=by, at=NOW)
    casework.return_case(
        case, seen_version=case.version, because="请补充材料", to_start=True, by=by, at=NOW
    )
    case = refreshed(case)
    assert (case.step, case.waiting_role) == (0, case.steps[0].role)
    assert case.acts.last().because == "请补充材料"
    first = case.acts.filter(step=0).first().by
    passes(case, first)
    case = refreshed(case)
    while case.step < step:
        who = case.acts.filter(step=case.step, what=What.PASSED).last().by
        passes(case, who)
        case = refreshed(case)
    casework.return_case(case, seen_version=case.version, because="再补充", by=by, at=NOW)
    back = [n for n in range(step) if not case.steps[n].by_departments][-1]
    assert refreshed(case).step == back


@pytest.mark.parametrize(("procedure", "step"), DESKS)
def test_only_where_the_table_says_so_a_case_ends_with_a_no(cast, procedure, step):
    case, by = at(cast, procedure, step)
    if case.at_step.may_refuse:
        casework.refuse(case, seen_version=case.version, because="不符合条件", by=by, at=NOW)
        assert refreshed(case).state == State.REFUSED
    else:
        with pytest.raises(Refused, match="returned, not ended"):
            casework.refuse(case, seen_version=case.version, because="不符合", by=by, at=NOW)


def test_once_reviewed_a_case_that_is_sent_up_again_is_not_withdrawn(cast):
    """The first review ended in a return; at home the case may still be taken back."""
    case, reviewer = at(cast, "tier", 1)
    submitter = case.opened_by
    said = {"because": "填报有误", "by": submitter, "at": NOW}
    casework.return_case(case, seen_version=case.version, because="请补充", by=reviewer, at=NOW)
    case = refreshed(case)
    assert casework.may_withdraw(case, submitter)
    passes(case, submitter)
    case = refreshed(case)
    with pytest.raises(Refused, match="before the first review"):
        casework.withdraw(case, seen_version=case.version, **said)
    assert refreshed(case).state == State.OPEN


@pytest.mark.parametrize(("procedure", "step"), DESKS)
def test_the_submitter_withdraws_before_the_first_review_and_nobody_else(cast, procedure, step):
    case, _by = at(cast, procedure, step)
    submitter = case.opened_by
    other = officer_of(cast, case.household, case.steps[0])
    said = {"seen_version": case.version, "because": "填报有误", "at": NOW}
    with pytest.raises(Refused, match="Only the officer who submitted"):
        casework.withdraw(case, by=other, **said)
    first_review = next(n for n, s in enumerate(case.steps) if s.level != case.steps[0].level)
    if step <= first_review:
        casework.withdraw(case, by=submitter, **said)
        assert refreshed(case).state == State.WITHDRAWN
    else:
        with pytest.raises(Refused, match="before the first review"):
            casework.withdraw(case, by=submitter, **said)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_what_somebody_saw_before_another_act_can_no_longer_be_passed(cast, procedure):
    case, by = at(cast, procedure, 0)
    old = refreshed(case)
    passes(case, by)
    with pytest.raises(TakenFirst, match="already done"):
        passes(old, by)
    with pytest.raises(TakenFirst, match="was first"):
        passes(old, officer_of(cast, case.household, case.steps[0]))


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_one_open_case_of_a_kind_for_a_household(cast, procedure):
    case = opened(cast, procedure)
    with pytest.raises(Refused, match=case.number):
        opened(cast, procedure, household=case.household)
    walked(cast, case)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_case_is_opened_by_its_level_for_households_it_is_for(cast, procedure):
    row = PROCEDURES[procedure]
    household = subject_of(cast, procedure)
    first = row.variants[0].steps[0]
    for level, role in ROLE_AT.items():
        if level != first.level:
            division = getattr(
                household, ["province", "city", "county", "township", "village"][level - 1]
            )
            with pytest.raises(Refused, match="is opened by"):
                opened(cast, procedure, household=household, by=cast.post(role, division.code))
    for name, facts in KINDS.items():
        other = cast.family(**facts)
        if not any(SUBJECTS[subject][1](other) for subject in row.subjects):
            with pytest.raises(Refused, match="is for"):
                opened(cast, procedure, household=other)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_wrong_case_is_rolled_back_by_the_level_that_decided_it(cast, procedure):
    case = opened(cast, procedure)
    before = Household.objects.get(pk=case.household_id)
    versions = before.past.count()
    case = walked(cast, case)
    decider = officer_of(cast, case.household, case.steps[casework.decided_at(case)])
    said = {"seen_version": case.version, "because": "认定有误", "at": NOW}
    for level, role in ROLE_AT.items():
        if role != decider.role:
            division = getattr(
                case.household, ["province", "city", "county", "township", "village"][level - 1]
            )
            with pytest.raises(Refused, match="may roll it back"):
                casework.roll_back(case, by=cast.post(role, division.code), **said)
    casework.roll_back(case, by=decider, **said)
    after = Household.objects.get(pk=case.household_id)
    for name in ("status", "exited_class", "tier", "listed_on"):
        assert getattr(after, name) == getattr(before, name), name
    assert refreshed(case).state == State.ROLLED_BACK
    assert after.past.count() == versions + 2


def test_every_step_names_what_exists():
    for row in PROCEDURES.values():
        assert set(row.subjects) <= set(SUBJECTS)
        for variant in row.variants:
            codes = [step.code for step in variant.steps]
            assert len(codes) == len(set(codes))
            assert any(step.outcomes for step in variant.steps)
            for step in variant.steps:
                assert set(step.outcomes) <= set(OUTCOMES)
                assert step.clause and step.days > 0
