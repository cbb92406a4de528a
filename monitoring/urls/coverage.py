from django.urls import path

from monitoring.views import coverage

urlpatterns = [
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/rows/<slug:kind>/", coverage.coverage_rows, name="coverage_rows"),
    path("coverage/person/<int:pk>/", coverage.coverage_person, name="coverage_person"),
]
