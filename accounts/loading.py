"""Loading the divisions of a province: all of a file or nothing, and as often as one likes."""

import csv
import io
from pathlib import Path

from django.db import connection, transaction

from accounts.division_file import DivisionFileRefused, check, read
from accounts.models import Division

SHIPPED = Path(__file__).parent / "data" / "divisions-34.csv"
SQL = Path(__file__).parent / "data" / "load_divisions.sql"
COUNTS = ("new", "changed", "unchanged")


@transaction.atomic
def load_divisions(raw):
    """Takes the divisions of a file's bytes; returns how many are new, changed and unchanged.

    A code in the file is as the file says; a code that it does not name stays as it is.
    """
    rows, faults = read(raw)
    known = dict(Division.objects.values_list("code", "successor__code"))
    faults += check(rows, known)
    if faults:
        raise DivisionFileRefused(faults)
    with connection.cursor() as cursor:
        cursor.execute("""
            CREATE TEMPORARY TABLE division_file (
                code text PRIMARY KEY, name text, valid_from date, valid_to date,
                successor text, level smallint, parent text
            ) ON COMMIT DROP""")
        cursor.copy_expert("COPY division_file FROM STDIN (FORMAT csv)", _as_csv(rows))
        cursor.execute(SQL.read_text())
        counts = dict(zip(COUNTS, cursor.fetchone(), strict=True))
        cursor.execute("DROP TABLE division_file, division_before")
    return counts


def _as_csv(rows):
    buffer = io.StringIO()
    write = csv.writer(buffer).writerow
    for row in rows:
        write([*row[1:], row.level, row.parent])
    buffer.seek(0)
    return buffer
