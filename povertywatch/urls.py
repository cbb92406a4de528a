"""The switchboard: each room brings its own addresses."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import include, path

from povertywatch import health

admin.site.unregister(Group)  # rights come from posts

urlpatterns = [
    path("", include("monitoring.urls")),
    path("", include("assistance.urls")),
    path("", include("duties.urls")),
    path("", include("feeds.urls")),
    path("", include("households.urls")),
    path("", include("reports.urls")),
    path("", include("jobs.urls")),
    path("", include("accounts.urls")),
    path("api/", include("povertywatch.api")),
    path("admin/", admin.site.urls),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("robots.txt", health.robots),
]
