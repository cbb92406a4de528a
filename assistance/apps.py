from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "assistance"

    def ready(self):
        from assistance import telling  # noqa: F401 (tells the household's history)
