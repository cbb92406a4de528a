from monitoring.models.assessments import FACT_NAMES, Assessment
from monitoring.models.policy import ParameterValue, PolicyVersion
from monitoring.models.reviews import Change, Clue, FlagLine, RedFlag, Run

__all__ = [
    "FACT_NAMES",
    "Assessment",
    "Change",
    "Clue",
    "FlagLine",
    "ParameterValue",
    "PolicyVersion",
    "RedFlag",
    "Run",
]
