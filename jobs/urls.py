from django.urls import path

from jobs.views import jobs, schedules, tables

urlpatterns = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/ended/", jobs.ended_jobs, name="ended_jobs"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("jobs/<int:pk>/progress/", jobs.job_progress, name="job_progress"),
    path("jobs/<int:pk>/cancel/", jobs.cancel_job, name="cancel_job"),
    path("jobs/<int:pk>/file/", jobs.job_file, name="job_file"),
    path("downloads/", schedules.schedules, name="schedules"),
    path("downloads/ask/", tables.ask_table, name="ask_table"),
    path("downloads/new/", schedules.new_schedule, name="new_schedule"),
    path("downloads/<int:pk>/pause/", schedules.pause, name="pause_schedule"),
    path("downloads/<int:pk>/resume/", schedules.resume, name="resume_schedule"),
    path("downloads/<int:pk>/delete/", schedules.delete, name="delete_schedule"),
]
