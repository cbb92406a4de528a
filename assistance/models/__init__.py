from assistance.models.budgets import BudgetLine, FundParameter
from assistance.models.funds import Account, AccountKind, Entry, EntryKind, Fund, FundKind
from assistance.models.grants import (
    Grant,
    GrantAct,
    GrantPart,
    GrantState,
    GrantWhat,
    Need,
    Occasion,
)
from assistance.models.groups import GroupAction, GroupLine, GroupState
from assistance.models.measures import Grounds, Measure, Problem, Result
from assistance.models.plans import AssistancePlan, PlanAct, PlanLine, PlanState, PlanWhat
from assistance.models.progress import MeasureChange, MeasureNote

__all__ = [
    "Account",
    "AccountKind",
    "AssistancePlan",
    "BudgetLine",
    "Entry",
    "EntryKind",
    "Fund",
    "FundKind",
    "FundParameter",
    "Grant",
    "GrantAct",
    "GrantPart",
    "GrantState",
    "GrantWhat",
    "Grounds",
    "GroupAction",
    "GroupLine",
    "GroupState",
    "Measure",
    "MeasureChange",
    "MeasureNote",
    "Need",
    "Occasion",
    "PlanAct",
    "PlanLine",
    "PlanState",
    "PlanWhat",
    "Problem",
    "Result",
]
