from monitoring.models.assessments import FACT_NAMES, Assessment
from monitoring.models.cases import (
    Case,
    CaseAct,
    CaseActor,
    CaseCounter,
    Consolidation,
    Enquiry,
    Meeting,
    Notice,
    Objection,
    Paper,
    State,
    What,
)
from monitoring.models.changes import ChangeAnswer, ReportedChange
from monitoring.models.policy import ParameterValue, PolicyVersion
from monitoring.models.reviews import Change, Clue, FlagLine, RedFlag, Run
from monitoring.models.rounds import LineState, TierAct, TierLine, TierRound

__all__ = [
    "Assessment",
    "Case",
    "CaseAct",
    "CaseActor",
    "CaseCounter",
    "Change",
    "ChangeAnswer",
    "Clue",
    "Consolidation",
    "Enquiry",
    "FACT_NAMES",
    "FlagLine",
    "LineState",
    "Meeting",
    "Notice",
    "Objection",
    "Paper",
    "ParameterValue",
    "PolicyVersion",
    "RedFlag",
    "ReportedChange",
    "Run",
    "State",
    "TierAct",
    "TierLine",
    "TierRound",
    "What",
]
