from django.urls import path

from monitoring.views import findings

urlpatterns = [
    path("findings/", findings.findings, name="findings"),
    path("findings/new/", findings.finding_new, name="finding_new"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path("findings/<int:pk>/answer/", findings.finding_answer, name="finding_answer"),
    path("findings/<int:pk>/accept/", findings.finding_accept, name="finding_accept"),
    path("findings/<int:pk>/return/", findings.finding_return, name="finding_return"),
    path("findings/<int:pk>/withdraw/", findings.finding_withdraw, name="finding_withdraw"),
    path("findings/<int:pk>/followed/", findings.finding_follow_up, name="finding_follow_up"),
    path("findings/files/<int:pk>/", findings.finding_file, name="finding_file"),
]
