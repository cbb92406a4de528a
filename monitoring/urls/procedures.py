from django.urls import path

from monitoring.views import procedures

urlpatterns = [
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/<slug:code>/", procedures.procedure, name="procedure"),
]
