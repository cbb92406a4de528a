from duties.models.tasks import Task, TaskAct, What

__all__ = ["Task", "TaskAct", "What"]
