from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"

    def ready(self):
        from monitoring import calling  # noqa: F401 (tells the room below)
        from monitoring.assurances import following  # noqa: F401 (its kind of task)
        from monitoring.burden import before  # noqa: F401 (tells who asks)
        from monitoring.campaigns import duties as campaigns  # noqa: F401 (its kinds of task)
        from monitoring.campaigns import reminding  # noqa: F401 (its kind of task)
        from monitoring.cases import telling  # noqa: F401 (tells the room below)
        from monitoring.clues import kinds, told  # noqa: F401 (tell the rooms below)
        from monitoring.comparison import calling as comparing  # noqa: F401 (takes up feeds)
        from monitoring.comparison import duties as differing  # noqa: F401 (its kind of task)
        from monitoring.comparison import taking_back  # noqa: F401 (leaves feeds)
        from monitoring.inbox import mailing  # noqa: F401 (counts its cases)
        from monitoring.supervision import duties  # noqa: F401 (its kinds of task)
        from monitoring.tiers import reported  # noqa: F401 (takes up visits of the room below)
