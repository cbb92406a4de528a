"""The monthly review against one scan of the columns that the rules read."""

from datetime import date

from benchmarks.province import UNTIL, best_of, seconds


def measure():
    from django.db import connection
    from django.utils import timezone

    from accounts.models import Division
    from monitoring.models import FACT_NAMES
    from monitoring.policy import judging
    from monitoring.review import figures_for, review_month

    province = Division.objects.get(code="340000000000")
    figures = figures_for(province, UNTIL)
    parameters = judging.facts_parameters(UNTIL, province_id=province.id)
    columns = ", ".join(f'count("{name}")' for name in FACT_NAMES)

    def run(sql, values=None):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    run("SET jit = off; SET work_mem = '256MB'; SET max_parallel_workers_per_gather = 0")
    facts = judging.facts_sql()
    gathering = seconds(lambda: run(f"CREATE TEMP TABLE facts_now AS {facts}", parameters))
    run("ANALYZE facts_now")
    floor = best_of(3, lambda: run(f"SELECT {columns} FROM facts_now"))
    judge = (
        f"WITH {judging.figures_cte(UNTIL, figures)}, facts AS (SELECT * FROM facts_now)"
        f" SELECT sum(red), sum(yellow), sum(unknown) FROM ({judging.judged_sql()}) judged"
    )
    judged = best_of(3, lambda: run(judge))
    run("RESET max_parallel_workers_per_gather; DROP TABLE facts_now")

    def review(month):
        review_month(province=province, month=month, by=None, at=timezone.now())

    first = seconds(lambda: review(date(2020, 5, 1)))
    second = seconds(lambda: review(date(2020, 6, 1)))
    return [
        ("judge", judged / floor, floor, judged),
        ("gather", gathering / floor, floor, gathering),
        ("review_first_month", first / floor, floor, first),
        ("review_next_month", second / floor, floor, second),
    ]
