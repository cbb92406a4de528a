from django.urls import path

from monitoring.views import applying

urlpatterns = [
    path("apply/", applying.apply, name="apply"),
    path("apply/done/", applying.done, name="apply_done"),
    path("apply/state/", applying.state, name="apply_state"),
]
