from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"

    def ready(self):
        from monitoring import calling  # noqa: F401 (tells the room below)
        from monitoring.cases import telling  # noqa: F401 (tells the room below)
        from monitoring.tiers import reported  # noqa: F401 (takes up visits of the room below)
