from django.urls import path

from monitoring.views import assurances

urlpatterns = [
    path("assurances/", assurances.assurances, name="assurances"),
    path("assurances/rows/", assurances.assurance_rows, name="assurance_rows"),
]
