"""All rules that compare departments' data with the register, against one scan of those data.

A made-up month: the insurance knows every member, payments come for one in five, the allowance for
one in ten, schools for whoever is at one; one row in fifty says something else than the register.
The second run finds everything as it was.
"""

from datetime import date, datetime

from benchmarks.province import best_of, seconds

AS_OF = date(2020, 6, 30)
OTHER = "(m.id %% 50 = 7)"
SAID = {  # kind: department, what it says, of whom
    "medical_insurance": (
        "medical_insurance",
        f"jsonb_build_object('enrolled', coalesce(m.medical_insurance, TRUE) <> {OTHER})",
        "TRUE",
    ),
    "medical_payment": (
        "medical_insurance",
        "jsonb_build_object('amount', (m.id * 7919 %% 60000)::numeric, 'count', 3)",
        "m.id %% 5 = 0",
    ),
    "low_income": (
        "civil_affairs",
        f"jsonb_build_object('granted', coalesce(m.low_income_allowance, FALSE) <> {OTHER})",
        "m.id %% 10 = 7",
    ),
    "school": (
        "education",
        f"jsonb_build_object('school', CASE WHEN {OTHER} THEN 'none' ELSE m.school END)",
        "m.school NOT IN ('', 'none')",
    ),
}


def measure():
    from django.db import connection
    from django.utils import timezone

    from accounts.models import Division
    from monitoring.comparison.running import compare

    province = Division.objects.get(code="340000000000")
    made = [_say(kind, *said, province) for kind, said in SAID.items()]

    def scan():
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0; SET jit = off")
            cursor.execute('SELECT count(member_id), count("on"), count(values) FROM feeds_feedrow')
            cursor.execute("RESET max_parallel_workers_per_gather; RESET jit")

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE feeds_feedrow")
    floor = best_of(3, scan)
    at = timezone.make_aware(datetime(2020, 7, 1, 12))
    first = seconds(lambda: compare(province, at=at))
    again = best_of(2, lambda: compare(province, at=at))
    rows = f"{sum(made)}_rows"
    return [
        (f"comparison_first_{rows}", first / floor, floor, first),
        (f"comparison_again_{rows}", again / floor, floor, again),
    ]


def _say(kind, department, values, whom, province):
    """An upload of the kind and its rows; returns how many."""
    from django.db import connection
    from django.utils import timezone

    from benchmarks.feed import department as post_for
    from feeds.kinds import KINDS
    from feeds.models import FeedUpload

    now, row = timezone.now(), KINDS[kind]
    begins = AS_OF.replace(day=1) if row.period else None
    upload = FeedUpload.objects.create(
        kind=row.number, department=department, division=province, file_name=kind, digest=kind,
        begins=begins, as_of=AS_OF, state="loaded", asked_by=post_for(row), asked_at=now,
        loaded_at=now,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO feeds_feedrow"
            ' (kind, name_matches, news, begins, "on", upload_id, member_id, household_id, values)'
            f" SELECT %s, TRUE, TRUE, %s::date, %s::date, %s, m.id, m.household_id, {values}"
            f" FROM households_member m WHERE m.left_on IS NULL AND {whom}",
            [row.number, begins, AS_OF, upload.pk],
        )
        return cursor.rowcount
