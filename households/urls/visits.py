from django.urls import path

from households.views import offline, visits

urlpatterns = [
    path("households/<int:pk>/visits/new/", visits.record, name="visit_new"),
    path("households/<int:pk>/visits/", visits.of_household, name="household_visits"),
    path("households/<int:pk>/sheet/", visits.sheet, name="visit_sheet"),
    path("visits/", visits.visits, name="visits"),
    path("visits/offline/", offline.shell, name="visits_offline"),
    path("visits/offline.json", offline.homes, name="visits_offline_data"),
    path("service-worker.js", offline.service_worker, name="service_worker"),
    path("visits/unsent/", visits.unsent, name="unsent"),
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("visits/photos/<int:pk>/", visits.photo, name="visit_photo"),
]
