from django.urls import path

from monitoring.views import case_acts, case_opening, case_records, cases

urlpatterns = [
    path("households/<int:pk>/cases/", case_opening.of_household, name="household_cases"),
    path("households/<int:pk>/cases/open/", case_opening.new, name="case_open"),
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/pass/", case_acts.pass_on, name="case_pass"),
    path("cases/<int:pk>/return/", case_acts.return_case, name="case_return"),
    path("cases/<int:pk>/refuse/", case_acts.refuse, name="case_refuse"),
    path("cases/<int:pk>/withdraw/", case_acts.withdraw, name="case_withdraw"),
    path("cases/<int:pk>/roll-back/", case_acts.roll_back, name="case_roll_back"),
    path("cases/<int:pk>/change/", case_acts.change, name="case_change"),
    path("cases/<int:pk>/notice/", case_records.notice, name="case_notice"),
    path(
        "cases/<int:pk>/notices/<int:notice>/down/",
        case_records.notice_down,
        name="case_notice_down",
    ),
    path(
        "cases/<int:pk>/notices/<int:notice>/objection/",
        case_records.objection,
        name="case_objection",
    ),
    path(
        "cases/<int:pk>/objections/<int:objection>/",
        case_records.objection_answer,
        name="case_objection_answer",
    ),
    path("cases/<int:pk>/meeting/", case_records.meeting, name="case_meeting"),
    path("cases/<int:pk>/departments/", case_records.ask, name="case_ask"),
    path(
        "cases/<int:pk>/departments/<int:enquiry>/withdraw/",
        case_records.ask_withdraw,
        name="case_ask_withdraw",
    ),
]
