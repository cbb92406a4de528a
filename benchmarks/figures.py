"""Trials, figures and looking back, on the months that ``review`` made, against one scan of the
assessments of a month."""

from decimal import Decimal

from benchmarks.province import best_of, seconds


def measure():
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from accounts.models import Division, Officer, Post
    from monitoring.models import FACT_NAMES, Run
    from reports.comparing.looking_back import look_back
    from reports.figures.rolling import roll_up
    from reports.trials.trying import judged_with

    earlier, run = Run.objects.frozen().regular().order_by("month")
    columns = ", ".join(f'count("{name}")' for name in FACT_NAMES)

    def scan():
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0; SET jit = off")
            cursor.execute(
                f"SELECT {columns} FROM monitoring_assessment WHERE run_id = %s", [run.id]
            )
            cursor.execute("RESET max_parallel_workers_per_gather; RESET jit")

    floor = best_of(3, scan)
    values = {"line": Decimal(6000), "transfer_share": Decimal("0.30")}
    tried = best_of(3, lambda: judged_with(run, values, run.province))
    rolled = seconds(lambda: [roll_up(one) for one in (earlier, run)]) / 2
    looked = seconds(lambda: look_back(earlier, at=timezone.now()))

    officer = Officer.objects.create_user("bench-figures", "pw-bench-figures", name="Bench")
    Post.objects.create(officer=officer, role="province", division=run.province)
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    nothing = best_of(5, lambda: client.get("/healthz"))
    page = best_of(5, lambda: client.get("/figures/"))
    today = best_of(5, lambda: client.get("/"))
    county = Division.objects.get(code="341524000000")
    rows = best_of(5, lambda: client.get(f"/figures/tier_red/?division={county.code}"))
    compared = best_of(5, lambda: client.get("/review/compare/?kind=worse"))
    counted = best_of(5, lambda: client.get("/review/compare/counts/"))
    officer.posts.all().delete()
    officer.delete()
    return [
        ("what_if", tried / floor, floor, tried),
        ("roll_up_of_a_month", rolled / floor, floor, rolled),
        ("look_back", looked / floor, floor, looked),
        ("figures_page", page / nothing, nothing, page),
        ("today_of_the_province", today / nothing, nothing, today),
        ("rows_of_a_county", rows / nothing, nothing, rows),
        ("months_compared", compared / nothing, nothing, compared),
        ("counts_of_months_compared", counted / nothing, nothing, counted),
    ]
