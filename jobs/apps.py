from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "jobs"

    def ready(self):
        """The web process, too, must know the kinds: their titles, and who may open a result."""
        autodiscover_modules("tasks")
