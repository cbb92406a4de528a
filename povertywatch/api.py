"""The addresses of the API: each room brings its own, the schema and its page are drawn from them.

A room's ``api`` names its ``ROUTES``: pairs of an address and a viewset.
"""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

import accounts.api
import assistance.api
import feeds.api
import households.api.routes
import monitoring.api
import reports.api
from accounts.api_refusals import nothing

router = SimpleRouter()
ROOMS = (
    accounts.api,
    households.api.routes,
    feeds.api,
    assistance.api,
    monitoring.api,
    reports.api,
)
for room in ROOMS:
    for prefix, viewset in room.ROUTES:
        router.register(prefix, viewset, basename=f"api_{prefix}")

urlpatterns = [
    path("", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api_schema"), name="api_docs"),
    re_path(r"^(?P<path>.*)$", nothing, name="api_nothing"),
]
