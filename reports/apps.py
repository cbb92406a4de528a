from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from reports.bulletin.duty import add_kinds

        add_kinds()
