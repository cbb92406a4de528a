from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"

    def ready(self):
        from monitoring import calling, case_telling  # noqa: F401 (tell the room below)
