from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "feeds"

    def ready(self):
        from feeds import naming  # noqa: F401 (says where the register's versions come from)
