from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from monitoring.today_parts import add_part
        from reports.bulletin.duty import add_kinds
        from reports.today import trends_of_today

        add_kinds()
        add_part(trends_of_today)
