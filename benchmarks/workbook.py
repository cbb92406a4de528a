"""The red-flag workbook against COPY of the same rows as csv, and its memory at two lengths."""

import io
import resource
import tempfile

from benchmarks.province import seconds

ROWS = 100_000


def measure():
    from django.db import connection

    from monitoring.models import FlagLine, Run
    from reports.workbook import write_report

    run = Run.objects.order_by("-month").select_related("policy").first() or _reviewed()
    _enough_lines(run)
    lines = FlagLine.objects.filter(run=run)
    floor = seconds(lambda: _copy(connection, run))

    def write(count):
        upto = lines.order_by("county_id", "id")[count - 1 : count].get()
        rows = lines.filter(county_id__lte=upto.county_id)
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            return write_report(file.name, lines=rows, run=run, place="安徽省")

    ours = seconds(lambda: write(lines.count()))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    write(lines.count())
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return [("workbook", ours / floor, floor, ours), ("workbook_memory_mb", grown, 0, 0)]


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
            [run.id, ROWS],
        )


def _copy(connection, run):
    sink = io.StringIO()
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(
            "COPY (SELECT l.*, a.* FROM monitoring_flagline l JOIN monitoring_assessment a"
            f" ON a.run_id = l.run_id AND a.household_id = l.household_id WHERE l.run_id = {run.id}"
            " ORDER BY l.county_id, l.id) TO STDOUT CSV HEADER",
            sink,
        )
