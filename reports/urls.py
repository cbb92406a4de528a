from django.urls import path

from reports.views import red_report

urlpatterns = [
    path("reports/red-flags/", red_report.red_report, name="red_report"),
    path("reports/red-flags/workbook/", red_report.make_workbook, name="red_report_workbook"),
]
