"""A made-up province in a scratch database of its own, removed afterwards."""

import io
import resource
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

UNTIL = date(2020, 6, 30)


@contextmanager
def of(households):
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    databases = setup_databases(0, interactive=False)
    try:
        call_command("load_divisions", stdout=io.StringIO())
        call_command(
            "make_population",
            households=households,
            seed=1,
            division="34",
            months=2,
            until=UNTIL,
            stdout=io.StringIO(),
        )
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        yield
    finally:
        teardown_databases(databases, 0)


def address():
    """The scratch database as ``DATABASE_URL``, for processes of their own."""
    from django.db import connection

    there = connection.settings_dict
    who = f"{there['USER']}:{there['PASSWORD']}"
    return f"postgres://{who}@{there['HOST']}:{there['PORT']}/{there['NAME']}"


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best_of(times, work):
    """The shortest of several: what the machine can do when nobody disturbs it."""
    return min(seconds(work) for _n in range(times))


def timed(work):
    """Seconds by the clock, and of processor: ours, our children's and the database's for us (not
    those of its helpers for indexes)."""
    from django.db import connection

    def spent():
        own = sum(
            sum(resource.getrusage(who)[:2])
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        return own + _of_process(connection.connection.info.backend_pid)

    started, before = time.perf_counter(), spent()
    work()
    return time.perf_counter() - started, spent() - before


def _of_process(pid):
    """0 where the database runs on another machine."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except FileNotFoundError:
        return 0
