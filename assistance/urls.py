from django.urls import path

from assistance.plans import lists as plan_lists
from assistance.plans import views as plans
from assistance.views import acts, lists, measures

urlpatterns = [
    path("households/<int:pk>/measures/", measures.of_household, name="household_measures"),
    path("households/<int:pk>/measures/new/", measures.new, name="measure_new"),
    path("households/<int:pk>/plan/", plans.of_household, name="household_plan"),
    path("households/<int:pk>/plan/write/", plans.write, name="plan_write"),
    path("plans/", plan_lists.plans, name="plans"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/submit/", plans.submit, name="plan_submit"),
    path("plans/<int:pk>/withdraw/", plans.withdraw, name="plan_withdraw"),
    path("plans/<int:pk>/approve/", plans.approve, name="plan_approve"),
    path("plans/<int:pk>/return/", plans.send_back, name="plan_return"),
    path("measures/", lists.measures, name="measures"),
    path("measures/<int:pk>/", measures.measure, name="measure"),
    path("measures/<int:pk>/change/", measures.change, name="measure_change"),
    path("measures/<int:pk>/progress/", acts.progress, name="measure_progress"),
    path("measures/<int:pk>/end/", acts.end, name="measure_end"),
    path("measures/<int:pk>/explain/", acts.explain, name="measure_explain"),
    path("measures/<int:pk>/resume/", acts.resume, name="measure_resume"),
    path("measures/photos/<int:pk>/", measures.photo, name="measure_photo"),
]
