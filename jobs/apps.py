from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "jobs"

    def ready(self):
        """The web process, too, must know the kinds of jobs, and the tables that pages have."""
        autodiscover_modules("tasks", "downloads")
