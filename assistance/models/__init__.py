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
from assistance.models.points import (
    PointAccount,
    PointEntry,
    PointKind,
    PointList,
    PointRule,
    ShopGood,
)
from assistance.models.progress import MeasureChange, MeasureNote
from assistance.models.social import (
    Give,
    Giver,
    NeedState,
    OfferState,
    SocialDelivery,
    SocialMatch,
    SocialNeed,
    SocialOffer,
)

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
    "Give",
    "Giver",
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
    "NeedState",
    "Occasion",
    "OfferState",
    "PlanAct",
    "PlanLine",
    "PlanState",
    "PlanWhat",
    "PointAccount",
    "PointEntry",
    "PointKind",
    "PointList",
    "PointRule",
    "Problem",
    "Result",
    "ShopGood",
    "SocialDelivery",
    "SocialMatch",
    "SocialNeed",
    "SocialOffer",
]
