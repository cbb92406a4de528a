from households.models.imports import (
    FormerNumber,
    ImportState,
    IncomeBefore,
    NationalImport,
    Refusal,
)
from households.models.income import IncomeStatement
from households.models.outgoing import Difference, Said
from households.models.quality import Fault, FaultCount, FaultTrend, QualityRun, Waiver
from households.models.register import Household, HouseholdPast, Member, MemberPast
from households.models.visits import Event, Photo, Visit

__all__ = [
    "Difference",
    "Event",
    "Fault",
    "FaultCount",
    "FaultTrend",
    "FormerNumber",
    "Household",
    "HouseholdPast",
    "ImportState",
    "IncomeBefore",
    "IncomeStatement",
    "Member",
    "MemberPast",
    "NationalImport",
    "Photo",
    "QualityRun",
    "Refusal",
    "Said",
    "Visit",
    "Waiver",
]
