from django.urls import path

from monitoring import today

urlpatterns = [
    path("", today.today, name="today"),
    path("today/<slug:kind>/", today.due_list, name="visits_due"),
]
