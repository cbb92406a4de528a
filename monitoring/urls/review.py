from django.urls import path

from monitoring.views import flags, policy, runs, why

urlpatterns = [
    path("households/<int:pk>/why/", why.why, name="household_why"),
    path("flags/", flags.flags, name="flags"),
    path("reviews/", runs.runs, name="runs"),
    path("reviews/<int:pk>/", runs.run, name="run"),
    path("reviews/<int:pk>/households/", runs.judged, name="judged"),
    path("policy/", policy.policy, name="policy"),
    path("policy/<slug:name>/", policy.parameter, name="policy_parameter"),
]
