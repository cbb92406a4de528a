from django.urls import include, path

from assistance.groups import views as groups
from assistance.persons import views as persons
from assistance.plans import lists as plan_lists
from assistance.plans import views as plans
from assistance.views import acts, lists, measures, sources

urlpatterns = [
    path("", include("assistance.funds.urls")),
    path("", include("assistance.insurance.urls")),
    path("", include("assistance.points.urls")),
    path("", include("assistance.social.urls")),
    path("", include("assistance.projects.urls")),
    path("", include("assistance.exceptions.urls")),
    path("households/<int:pk>/measures/", measures.of_household, name="household_measures"),
    path("households/<int:pk>/measures/new/", measures.new, name="measure_new"),
    path("households/<int:pk>/measures/sources/", sources.of_household, name="household_sources"),
    path("households/<int:pk>/plan/", plans.of_household, name="household_plan"),
    path("households/<int:pk>/plan/write/", plans.write, name="plan_write"),
    path("persons/", persons.persons, name="persons"),
    path("persons/households/", persons.of_one, name="persons_households"),
    path("plans/", plan_lists.plans, name="plans"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/submit/", plans.submit, name="plan_submit"),
    path("plans/<int:pk>/withdraw/", plans.withdraw, name="plan_withdraw"),
    path("plans/<int:pk>/approve/", plans.approve, name="plan_approve"),
    path("plans/<int:pk>/return/", plans.send_back, name="plan_return"),
    path("measures/", lists.measures, name="measures"),
    path("measures/for-many/", groups.actions, name="actions"),
    path("measures/for-many/new/", groups.new, name="action_new"),
    path("measures/for-many/list.xlsx", groups.template, name="action_template"),
    path("measures/for-many/<int:pk>/", groups.action, name="action"),
    path("measures/for-many/<int:pk>/pick/", groups.pick, name="action_pick"),
    path("measures/for-many/<int:pk>/load/", groups.load, name="action_load"),
    path("measures/for-many/<int:pk>/take-out/", groups.take_out, name="action_take_out"),
    path("measures/for-many/<int:pk>/record/", groups.record, name="action_record"),
    path("measures/for-many/<int:pk>/drop/", groups.drop, name="action_drop"),
    path("measures/for-many/<int:pk>/end/", groups.end, name="action_end"),
    path("measures/for-many/<int:pk>/undo/", groups.undo, name="action_undo"),
    path("measures/<int:pk>/", measures.measure, name="measure"),
    path("measures/<int:pk>/change/", measures.change, name="measure_change"),
    path("measures/<int:pk>/progress/", acts.progress, name="measure_progress"),
    path("measures/<int:pk>/end/", acts.end, name="measure_end"),
    path("measures/<int:pk>/explain/", acts.explain, name="measure_explain"),
    path("measures/<int:pk>/source/", sources.source, name="measure_source"),
    path("measures/<int:pk>/resume/", acts.resume, name="measure_resume"),
    path("measures/photos/<int:pk>/", measures.photo, name="measure_photo"),
]
