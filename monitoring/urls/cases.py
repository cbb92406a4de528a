from django.urls import path

from monitoring.views import case_acts, cases

urlpatterns = [
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/pass/", case_acts.pass_on, name="case_pass"),
    path("cases/<int:pk>/return/", case_acts.return_case, name="case_return"),
    path("cases/<int:pk>/refuse/", case_acts.refuse, name="case_refuse"),
    path("cases/<int:pk>/withdraw/", case_acts.withdraw, name="case_withdraw"),
    path("cases/<int:pk>/roll-back/", case_acts.roll_back, name="case_roll_back"),
    path("cases/<int:pk>/change/", case_acts.change, name="case_change"),
]
