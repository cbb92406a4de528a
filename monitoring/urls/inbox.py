from django.urls import path

from monitoring.views import batch, enquiries, inbox

urlpatterns = [
    path("cases/", inbox.cases, name="cases"),
    path("cases/search/", inbox.search, name="cases_search"),
    path("cases/batch/", batch.batch, name="batch"),
    path("cases/batch/done/", batch.done, name="batch_done"),
    path("enquiries/", enquiries.enquiries, name="enquiries"),
    path("enquiries/<int:pk>/", enquiries.enquiry, name="enquiry"),
]
