from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "assistance"

    def ready(self):
        from assistance import telling  # noqa: F401 (tells the household's history)
        from assistance.funds import duty  # noqa: F401 (adds a kind of task)
        from assistance.funds import telling as payments  # noqa: F401 (tells the history)
        from assistance.insurance import duty as claims  # noqa: F401 (adds kinds of tasks)
        from assistance.insurance import telling as insurance  # noqa: F401 (tells the history)
        from assistance.persons import handing  # noqa: F401 (measures follow their person)
        from assistance.persons import missing as persons  # noqa: F401 (adds a kind of task)
        from assistance.plans import missing  # noqa: F401 (adds kinds of tasks)
        from assistance.plans import telling as plans  # noqa: F401 (tells the history)
        from assistance.projects import duty as projects  # noqa: F401 (adds kinds of tasks)
        from assistance.projects import telling as helped  # noqa: F401 (tells the history)
