"""What this room brings to the API."""

from households.api.households import HouseholdViewSet, IncomeViewSet
from households.api.visits import VisitViewSet

ROUTES = [
    ("households", HouseholdViewSet),
    ("incomes", IncomeViewSet),
    ("visits", VisitViewSet),
]
