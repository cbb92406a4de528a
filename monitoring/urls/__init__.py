"""One module of addresses for each topic; this file only joins them."""

from django.urls import include, path

urlpatterns = [
    path("", include("monitoring.urls.today")),
    path("", include("monitoring.urls.review")),
    path("", include("monitoring.urls.applying")),
    path("", include("monitoring.urls.clues")),
    path("", include("monitoring.urls.inbox")),
    path("", include("monitoring.urls.cases")),
    path("", include("monitoring.urls.papers")),
    path("", include("monitoring.urls.tiers")),
    path("", include("monitoring.urls.coverage")),
    path("", include("monitoring.urls.burden")),
    path("", include("monitoring.urls.campaigns")),
    path("", include("monitoring.urls.supervision")),
    path("", include("monitoring.urls.assurances")),
    path("", include("monitoring.urls.procedures")),
]
