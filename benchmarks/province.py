"""A made-up province in a scratch database of its own, removed afterwards."""

import io
import time
from contextlib import contextmanager
from datetime import date

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


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best_of(times, work):
    """The shortest of several: what the machine can do when nobody disturbs it."""
    return min(seconds(work) for _n in range(times))
