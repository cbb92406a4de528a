from django.urls import path

from monitoring.views import clue_acts, clues, comparison

urlpatterns = [
    path("clues/", clues.clues, name="clues"),
    path("clues/new/", clue_acts.new, name="clue_new"),
    path("clues/<int:pk>/", clues.clue, name="clue"),
    path("clues/<int:pk>/household/", clue_acts.place, name="clue_place"),
    path("clues/<int:pk>/household/new/", clue_acts.register, name="clue_register"),
    path("clues/<int:pk>/check/", clue_acts.check, name="clue_check"),
    path("clues/<int:pk>/confirm/", clue_acts.confirm, name="clue_confirm"),
    path("clues/<int:pk>/send-back/", clue_acts.send_back, name="clue_send_back"),
    path("clues/<int:pk>/case/", clue_acts.open_case, name="clue_case"),
    path("clues/<int:pk>/show/<slug:field>/", clue_acts.show, name="clue_show"),
    path("comparison/", comparison.rules, name="comparison"),
    path("differences/<int:pk>/", comparison.difference, name="difference"),
    path("differences/<int:pk>/keep/", comparison.keep, name="difference_keep"),
]
