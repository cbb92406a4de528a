from django.urls import path

from monitoring.views import campaign_desk, campaigns

urlpatterns = [
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/<slug:kind>/", campaigns.campaign_new, name="campaign_new"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/lines/", campaign_desk.campaign_lines, name="campaign_lines"),
    path("campaigns/<int:pk>/end/", campaigns.campaign_end, name="campaign_end"),
    path("campaigns/<int:pk>/add/", campaigns.campaign_add, name="campaign_add"),
    path("campaigns/<int:pk>/person/", campaigns.campaign_person, name="campaign_person"),
    path(
        "campaigns/<int:pk>/candidates/", campaigns.campaign_candidates, name="campaign_candidates"
    ),
]
