"""A run of all checks of data quality, with what it writes, against one scan of the members and
households that it reads; and against one of the members alone."""

from datetime import datetime

from benchmarks.province import UNTIL, best_of, seconds


def measure():
    from django.db import connection
    from django.utils import timezone

    from accounts.models import Division
    from households.models import Household, Member
    from households.quality.running import check_province

    def scan(*models):
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off; SET max_parallel_workers_per_gather = 0")
            for model in models:
                columns = ", ".join(
                    f'count("{field.column}")'
                    for field in model.facts_model._meta.local_fields
                    if not field.column.endswith("_sealed")
                )
                cursor.execute(f"SELECT {columns} FROM {model._meta.db_table}")
            cursor.execute("RESET max_parallel_workers_per_gather")

    floor = best_of(3, lambda: scan(Household, Member))
    members = best_of(3, lambda: scan(Member))
    day = timezone.make_aware(datetime(UNTIL.year, UNTIL.month, UNTIL.day, 12))
    province = Division.objects.get(code="340000000000")

    def run():
        check_province(province, at=day)

    first = seconds(run)
    again = best_of(2, run)
    return [
        ("quality_first_run", first / floor, floor, first),
        ("quality_next_run", again / floor, floor, again),
        ("quality_against_members", first / members, members, first),
    ]
