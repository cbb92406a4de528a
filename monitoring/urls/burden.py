from django.urls import path

from monitoring.views import burden

urlpatterns = [path("burden/", burden.burden, name="burden")]
