from django.urls import path

from monitoring import today

urlpatterns = [
    path("", today.today, name="today"),
    path("today/below/", today.today_below, name="today_below"),
    path("today/<slug:kind>/", today.due_list, name="visits_due"),
]
