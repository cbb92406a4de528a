from django.urls import path

from assistance.views import acts, lists, measures

urlpatterns = [
    path("households/<int:pk>/measures/", measures.of_household, name="household_measures"),
    path("households/<int:pk>/measures/new/", measures.new, name="measure_new"),
    path("measures/", lists.measures, name="measures"),
    path("measures/<int:pk>/", measures.measure, name="measure"),
    path("measures/<int:pk>/change/", measures.change, name="measure_change"),
    path("measures/<int:pk>/progress/", acts.progress, name="measure_progress"),
    path("measures/<int:pk>/end/", acts.end, name="measure_end"),
    path("measures/<int:pk>/explain/", acts.explain, name="measure_explain"),
    path("measures/<int:pk>/resume/", acts.resume, name="measure_resume"),
    path("measures/photos/<int:pk>/", measures.photo, name="measure_photo"),
]
