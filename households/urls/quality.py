"""Data quality: faults, checks, waivers, a run on demand."""

from django.urls import path

from households.views import quality

urlpatterns = [
    path("", quality.faults, name="faults"),
    path("checks/", quality.checks, name="checks"),
    path("run/", quality.run, name="check_quality"),
    path("<int:pk>/", quality.fault, name="fault"),
    path("<int:pk>/waive/", quality.waive_fault, name="waive_fault"),
]
