from assistance.models.groups import GroupAction, GroupLine, GroupState
from assistance.models.measures import Grounds, Measure, Problem, Result
from assistance.models.plans import AssistancePlan, PlanAct, PlanLine, PlanState, PlanWhat
from assistance.models.progress import MeasureChange, MeasureNote

__all__ = [
    "AssistancePlan",
    "GroupAction",
    "GroupLine",
    "GroupState",
    "Grounds",
    "Measure",
    "MeasureChange",
    "MeasureNote",
    "PlanAct",
    "PlanLine",
    "PlanState",
    "PlanWhat",
    "Problem",
    "Result",
]
