"""Making a population against a plain COPY of the same rows: ``python -m benchmarks.population``.

The floor loads the same bytes into copies of the tables without indexes, with one connection.
"""

import argparse
import io
import os
import tempfile
import time
from datetime import date

import django

UNTIL = date(2020, 6, 30)


def measure(households):
    from django.core.management import call_command
    from django.db import connection

    from households.population.making import make_population
    from households.population.rows import tables

    call_command("load_divisions", stdout=io.StringIO())
    began = time.perf_counter()
    make_population(households=households, seed=1, until=UNTIL)
    ours = time.perf_counter() - began
    floor = 0
    with connection.cursor() as cursor:
        for name, table in tables().items():
            out = table.copy_statement().replace("FROM STDIN", "TO STDOUT")
            back = table.copy_statement().replace(table.name, f"bare_{name}", 1)
            with tempfile.TemporaryFile() as file:
                cursor.copy_expert(out, file)
                file.seek(0)
                cursor.execute(
                    f"CREATE TABLE bare_{name} (LIKE {table.name} INCLUDING DEFAULTS "
                    "INCLUDING IDENTITY INCLUDING GENERATED)"
                )
                began = time.perf_counter()
                cursor.copy_expert(back, file)
                floor += time.perf_counter() - began
    return [("population", ours / floor, floor, ours)]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--households", type=int, default=200_000)
    households = arguments.parse_args().households
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertywatch.settings")
    os.environ["TEST_DATABASE_NAME"] = "bench_population"
    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    databases = setup_databases(0, interactive=False)
    try:
        lines = measure(households)
        for name, ratio, floor, ours in lines:
            print(f"{name} {ratio:.1f} {floor:.3f} {ours:.3f} {households / ours:.0f} households/s")
        return lines
    finally:
        teardown_databases(databases, 0)


if __name__ == "__main__":
    main()
