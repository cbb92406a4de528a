"""One module of addresses for each topic; this file only joins them."""

from django.urls import include, path

urlpatterns = [
    path("", include("households.urls.households")),
    path("", include("households.urls.visits")),
    path("quality/", include("households.urls.quality")),
    path("imports/", include("households.urls.imports")),
]
