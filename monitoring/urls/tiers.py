from django.urls import path

from monitoring.views import tier_desk, tier_rounds

urlpatterns = [
    path("tiers/", tier_rounds.tier_rounds, name="tier_rounds"),
    path("tiers/open/", tier_rounds.tier_open, name="tier_open"),
    path("tiers/<int:pk>/", tier_desk.tier_round, name="tier_round"),
    path("tiers/<int:pk>/together/", tier_desk.tier_together, name="tier_together"),
]
