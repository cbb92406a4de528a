from django.urls import path

from assistance.projects.views import asset_acts, assets, collective, helped, store

urlpatterns = [
    path("assets/", assets.assets, name="assets"),
    path("assets/new/", assets.new, name="asset_new"),
    path("assets/photos/<int:pk>/", assets.photo, name="asset_photo"),
    path("assets/leases/<int:pk>/end/", asset_acts.lease_end, name="lease_end"),
    path("assets/<int:pk>/", assets.asset, name="asset"),
    path("assets/<int:pk>/<slug:act>/", asset_acts.asset_act, name="asset_act"),
    path("projects/", store.projects, name="projects"),
    path("projects/new/", store.new, name="project_new"),
    path("projects/<int:pk>/", store.project, name="project"),
    path("projects/<int:pk>/households/", helped.households, name="project_households"),
    path(
        "projects/<int:pk>/households/<int:link>/out/",
        helped.household_out,
        name="project_household_out",
    ),
    path("projects/<int:pk>/<slug:act>/", store.project_act, name="project_act"),
    path("collectives/", collective.collectives, name="collectives"),
    path("collectives/<int:pk>/", collective.collective, name="collective"),
    path("collectives/<int:pk>/income/", collective.income, name="collective_income"),
    path("collectives/<int:pk>/use/", collective.uses, name="collective_use"),
    path(
        "collectives/<int:pk>/entries/<int:entry>/book-back/",
        collective.book_back,
        name="collective_book_back",
    ),
]
