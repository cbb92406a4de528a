"""The red-flag workbook against COPY of the same rows as csv, and its memory at two lengths.

``python -m benchmarks.workbook ROWS`` writes one workbook in the database of ``DATABASE_URL`` and
prints the most memory in MB that its process has held: each length is measured by a fresh one.
"""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.province import address, seconds

ROWS = 100_000
SHORT, LONG = 20_000, 200_000  # rows of the two workbooks whose memory is compared


def measure():
    from django.db import connection

    run = run_with_lines()
    floor = seconds(lambda: _copy(connection, run, ROWS))
    ours = seconds(lambda: _write(run, ROWS))
    short, long = (_memory_of_a_process(count) for count in (SHORT, LONG))
    return [
        (f"workbook_{ROWS}", ours / floor, floor, ours),
        (f"workbook_mb_{LONG}_less_{SHORT}", long - short, short, long),
    ]


def run_with_lines():
    """A reviewed month whose report has enough lines, most of them made up."""
    from monitoring.models import Run

    run = Run.objects.regular().order_by("-month").select_related("policy").first() or _reviewed()
    _enough_lines(run)
    return run


def _write(run, count):
    from reports.workbook import write_report

    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        write_report(file.name, lines=_first(run, count), run=run, place="安徽省")


def _first(run, count):
    """The first ``count`` lines in the workbook's order, or as many as there are."""
    from django.db.models import Q

    from monitoring.models import FlagLine

    lines = FlagLine.objects.filter(run=run)
    last = lines.order_by("county_id", "id")[count - 1 : count].first()
    if last is None:
        return lines
    before = Q(county_id__lt=last.county_id)
    return lines.filter(before | Q(county_id=last.county_id, id__lte=last.id))


def _memory_of_a_process(count):
    command = [sys.executable, "-m", "benchmarks.workbook", str(count)]
    env = os.environ | {"DATABASE_URL": address()}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    return float(done.stdout)


def _write_alone(count):
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertywatch.settings")
    django.setup()
    from monitoring.models import Run

    _write(Run.objects.regular().order_by("-month").select_related("policy").first(), count)
    # Of this program alone: getrusage would count the process that it was started from.
    told = Path("/proc/self/status").read_text().split("VmHWM:")[1]
    print(int(told.split()[0]) / 1024)


def _reviewed():
    from datetime import date

    from django.utils import timezone

    from accounts.models import Division
    from monitoring.review import review_month

    return review_month(
        province=Division.objects.get(code="340000000000"),
        month=date(2020, 6, 1),
        by=None,
        at=timezone.now(),
    )


def _enough_lines(run):
    """Lines for the assessments with something to say, until there are enough of them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO monitoring_flagline (run_id, household_id, province_id, city_id,"
            " county_id, township_id, village_id, change, overdue, flagged_on, deadline_on,"
            ' reopened, red, number, head_name, head_masked_id, group_name, members, "group",'
            " tier, responsible_name, contact_name, measures, visit_method)"
            " SELECT a.run_id, a.household_id, a.province_id, a.city_id, a.county_id,"
            " a.township_id, a.village_id, 'new', FALSE, DATE '2020-06-30', DATE '2020-07-30',"
            " FALSE, greatest(a.red, 16), h.number, h.head_name, '341524********0000',"
            " h.group_name, a.members, a.\"group\", '', h.responsible_name, h.contact_name,"
            " '产业帮扶、健康帮扶', 'phone'"
            " FROM monitoring_assessment a JOIN households_household h ON h.id = a.household_id"
            " WHERE a.run_id = %s LIMIT %s ON CONFLICT DO NOTHING",
            [run.id, LONG],
        )
        cursor.execute("VACUUM ANALYZE monitoring_flagline")  # as PostgreSQL does by itself


def _copy(connection, run, count):
    sink = io.StringIO()
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(
            "COPY (SELECT l.*, a.* FROM monitoring_flagline l JOIN monitoring_assessment a"
            f" ON a.run_id = l.run_id AND a.household_id = l.household_id WHERE l.run_id = {run.id}"
            f" ORDER BY l.county_id, l.id LIMIT {count}) TO STDOUT CSV HEADER",
            sink,
        )


if __name__ == "__main__":
    _write_alone(int(sys.argv[1]))
