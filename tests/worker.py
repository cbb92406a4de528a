"""A real Celery worker beside a test, on the test's own database and queue.

``with Worker() as worker:`` starts one; ``worker.kill()`` ends it and its children as ``kill -9``
does. Tests that use it need ``django_db(transaction=True)``: the worker sees committed rows only.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlunsplit

import redis
from django.conf import settings
from django.db import connection

HOUSE = Path(__file__).resolve().parent.parent


class Worker:
    """``app`` is the Celery application: ours, or one of the tests with kinds of its own."""

    def __init__(self, app="povertywatch", concurrency=1):
        self.app, self.concurrency, self.process = app, concurrency, None

    def __enter__(self):
        empty_the_queue()
        return self.start()

    def __exit__(self, *fault):
        self.kill()
        empty_the_queue()

    def start(self):
        environment = os.environ | {
            "DATABASE_URL": database_url(),
            "REDIS_URL": settings.REDIS_URL,
            "POVERTYWATCH_MODE": "test",
            "PYTHONPATH": str(HOUSE),
        }
        command = [sys.executable, "-m", "celery", "-A", self.app, "worker"]
        self.process = subprocess.Popen(
            [*command, "-c", str(self.concurrency), "--without-mingle", "--without-gossip", "-E"],
            cwd=HOUSE,
            env=environment,
            start_new_session=True,
        )
        return self

    def kill(self):
        """The whole group at once: nobody is left to hand the work back."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def database_url():
    found = connection.settings_dict
    host = f"{found['HOST']}:{found['PORT']}" if found["PORT"] else found["HOST"]
    secret = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
    return urlunsplit(("postgres", f"{found['USER']}{secret}@{host}", f"/{found['NAME']}", "", ""))


def empty_the_queue():
    """Redis may be emptied at any moment; between tests it must be."""
    redis.from_url(settings.REDIS_URL).flushdb()


def wait_for(condition, seconds=60):
    """Asks until the condition holds, and gives what it said."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {condition}")
        time.sleep(0.1)
    return answer
