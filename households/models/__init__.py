from households.models.imports import ImportState, NationalImport, Refusal
from households.models.income import IncomeStatement
from households.models.register import Household, HouseholdPast, Member, MemberPast
from households.models.visits import Event, Photo, Visit

__all__ = [
    "Event",
    "Household",
    "HouseholdPast",
    "ImportState",
    "IncomeStatement",
    "Member",
    "MemberPast",
    "NationalImport",
    "Photo",
    "Refusal",
    "Visit",
]
