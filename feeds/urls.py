from django.urls import path

from feeds.views import of_household, uploads

urlpatterns = [
    path(
        "households/<int:pk>/departments/",
        of_household.household_departments,
        name="household_departments",
    ),
    path("feeds/", uploads.feeds, name="feeds"),
    path("feeds/<int:pk>/", uploads.feed, name="feed"),
    path("feeds/<int:pk>/progress/", uploads.feed_progress, name="feed_progress"),
    path("feeds/<int:pk>/load/", uploads.load_feed, name="load_feed"),
    path("feeds/<int:pk>/undo/", uploads.undo_feed, name="undo_feed"),
    path("feeds/<int:pk>/rows-to-check/", uploads.feed_troubles, name="feed_troubles"),
]
