from django.urls import path

from duties import views

urlpatterns = [
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/ask/", views.ask, name="task_ask"),
    path("tasks/<int:pk>/", views.task, name="task"),
    path("tasks/<int:pk>/note/", views.note, name="task_note"),
    path("tasks/<int:pk>/end/", views.end, name="task_end"),
    path("tasks/<int:pk>/hand-over/", views.hand_over, name="task_hand_over"),
]
