"""Two kinds of jobs whose ends the tests decide from outside.

The body of ``slow`` waits until a file exists; the tests make it. Nothing of the house is replaced.
"""

import time
from pathlib import Path

from django.core.files.base import ContentFile

from jobs.registry import kind
from jobs.running import Refused, report_progress


@kind("slow", title="slow work")
def slow(job):
    go = Path(job.arguments["go"])
    with go.with_suffix(".log").open("a") as log:
        log.write("begun\n")
    report_progress(job, done=1, total=2, stage="half-way")
    while not go.exists():
        time.sleep(0.05)
    job.file.save("result.txt", ContentFile(b"all of it"), save=False)
    job.file_name = "result.txt"
    return {"sentence": "2 of 2"}


@kind("faulty", title="faulty work")
def faulty(job):
    if job.arguments["how"] == "refused":
        raise Refused("This month is not over yet.")
    raise ValueError("".join(["342426", "196503122317"]))
