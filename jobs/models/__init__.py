from jobs.models.jobs import ENDED, Job, JobQuerySet, State
from jobs.models.listed import ListedRows
from jobs.models.schedules import Rhythm, ScheduledDownload, ScheduledFile

__all__ = [
    "ENDED",
    "Job",
    "JobQuerySet",
    "ListedRows",
    "Rhythm",
    "ScheduledDownload",
    "ScheduledFile",
    "State",
]
