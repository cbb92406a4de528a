from django.urls import path

from households.views import corrections, household, households, reveals, stating

urlpatterns = [
    path("households/", households.households, name="households"),
    path("households/search/", households.search, name="household_search"),
    path("households/<int:pk>/", household.overview, name="household"),
    path("households/<int:pk>/members/", household.members, name="household_members"),
    path("households/<int:pk>/income/", household.income, name="household_income"),
    path("households/<int:pk>/income/state/", stating.state, name="household_income_state"),
    path("households/<int:pk>/history/", household.history, name="household_history"),
    path("households/<int:pk>/correct/", corrections.household, name="household_correct"),
    path("households/<int:pk>/move/", corrections.move, name="household_move"),
    path("households/<int:pk>/head/", corrections.head, name="household_head"),
    path("households/<int:pk>/person/", corrections.person, name="household_person"),
    path("households/<int:pk>/reveal/<slug:field>/", reveals.of_household, name="household_reveal"),
    path(
        "households/<int:pk>/members/<int:member>/correct/",
        corrections.member,
        name="member_correct",
    ),
    path(
        "households/<int:pk>/members/<int:member>/leaves/", corrections.leaves, name="member_leaves"
    ),
    path(
        "households/<int:pk>/members/<int:member>/reveal/<slug:field>/",
        reveals.of_member,
        name="member_reveal",
    ),
]
