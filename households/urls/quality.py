"""Data quality: faults, checks, waivers, a run on demand."""

from django.urls import path

from households.views import faults, quality

urlpatterns = [
    path("", quality.faults, name="faults"),
    path("checks/", quality.checks, name="checks"),
    path("run/", quality.run, name="check_quality"),
    path("<int:pk>/", faults.fault, name="fault"),
    path("<int:pk>/next/", faults.next_fault, name="next_fault"),
    path("<int:pk>/waive/", faults.waive_fault, name="waive_fault"),
]
