"""``python -m benchmarks.import_csv [--rows N]``: the whole import of a national export, the first
into an empty register and the next month's into the same register, filled.

Floor: COPY of the same file into a table of text columns, the shortest of three, right before each.
Ours: keeping the file, reading, understanding, sealing, checking, merging. Into a scratch database
of its own. In the next month's file one household of ten has changed (wage, phone, months of work
of the head) and one of fifty is new; before it the register is vacuumed and analysed, as
PostgreSQL does by itself within the month. Prints ``name ratio floor_s ours_s`` and the same of the
seconds of processor that all processes took, which mean more on a busy machine.
"""

import argparse
import csv
import io
import os
import random
import tempfile
import time
from pathlib import Path

import django

from benchmarks.province import timed

SAMPLE = Path(__file__).parent.parent / "tests" / "data" / "national-export-sample.gb18030.csv"
MEMBERS = 3


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=200_000)
    arguments.add_argument("--profile", action="store_true")
    given = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertywatch.settings")
    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    os.environ.setdefault("TEST_DATABASE_NAME", "bench_import")
    databases = setup_databases(0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as folder:
            return measure(Path(folder), given)
    finally:
        teardown_databases(databases, 0)


def measure(folder, given):
    from django.core.management import call_command
    from django.db import connection
    from django.test import override_settings

    call_command("load_divisions", stdout=io.StringIO())
    first, following = folder / "export_20200625.csv", folder / "export_20200725.csv"
    write_export(first, given.rows)
    write_next_month(first, following)
    lines = []
    for name, path in (("import_csv", first), ("import_csv_next_month", following)):
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        floor, floor_cpu = (
            min(part) for part in zip(*[copy_raw(path) for _n in range(3)], strict=True)
        )
        connection.close()  # a job's session is new
        connection.ensure_connection()
        with override_settings(MEDIA_ROOT=str(folder)):
            ours, cpu = timed(lambda path=path: whole_import(path, given))
        print(f"{name} {ours / floor:.1f} {floor:.2f} {ours:.2f}", end="", flush=True)
        print(f" (processor: {cpu / floor_cpu:.1f} {floor_cpu:.2f} {cpu:.2f})", flush=True)
        lines.append((name, ours / floor, floor, ours))
    return lines


def write_export(path, rows):
    """Families of three in real villages, every figure believable enough to be taken."""
    from accounts.models import Division
    from households.national.identifiers import check_digit

    sample = list(csv.reader(SAMPLE.read_bytes().decode("gb18030").splitlines()))
    head, family = sample[:3], sample[3:6]
    at = {name: place for place, name in enumerate(head[2])}
    villages = list(
        Division.objects.filter(level=5, township__isnull=False).values_list(
            "city__name", "county__name", "township__name", "name", "code"
        )
    )
    chance = random.Random(1)
    surnames, given = (
        "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗",
        "伟芳娜敏静秀强磊军洋勇艳杰娟涛明超兰霞平",
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows(head)
        for household in range(rows // MEMBERS):
            place = villages[household * 7919 % len(villages)]
            number = f"{place[4][:6]}{household:08d}"
            wage = f"{chance.randrange(0, 6_000_000) / 100:.2f}"
            phone = f"13{chance.randrange(10**9):09d}"
            surname = chance.choice(surnames)
            for person in range(MEMBERS):
                row = list(family[person])
                row[: at["自然村"]] = place[:4]
                row[at["户编号"]], row[at["人编号"]] = number, f"{number}{person + 1:02d}"
                row[at["姓名"]] = surname + chance.choice(given) + chance.choice(given)
                born = f"{chance.randrange(1940, 2018)}{chance.randrange(1, 13):02d}"
                first = f"{place[4][:6]}{born}{chance.randrange(1, 29):02d}"
                first += f"{chance.randrange(1, 1000):03d}"
                row[at["务工时间(月)"]] = str(chance.randrange(13))
                row[at["文化程度"]] = chance.choice(["小学", "初中", "高中", "大专"])
                row[at["健康状况"]] = chance.choice(["健康", "健康", "长期慢性病", "残疾"])
                row[at["证件号码"]] = first + check_digit(first)
                row[at["工资性收入"]], row[at["户联系电话"]] = wage, phone
                writer.writerow(row)


def write_next_month(source, path):
    """The same households; some have changed, some are others."""
    with source.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    at = {name: place for place, name in enumerate(lines[2])}
    lines[1] = [cell.replace("2020-06-25", "2020-07-25") for cell in lines[1]]
    for place, row in enumerate(lines[3:]):
        turn = place // MEMBERS % 50
        if turn % 10 == 1:
            row[at["工资性收入"]], row[at["户联系电话"]] = "12345.00", "13900000000"
            if row[at["与户主关系"]] == "户主":
                row[at["务工时间(月)"]] = "11"
        elif turn == 0:
            number = row[at["户编号"]]
            other = f"{number[:6]}9{number[7:]}"
            row[at["户编号"]], row[at["人编号"]] = other, other + row[at["人编号"]][-2:]
            row[at["证件号码"]] = ""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)


def copy_raw(path):
    from django.db import connection

    with connection.cursor() as cursor, path.open(encoding="utf-8", newline="") as file:
        file.readline(), file.readline()
        names = next(csv.reader([file.readline()]))
        columns = ", ".join(f"c{place} text" for place in range(len(names)))
        cursor.execute(f"CREATE TABLE raw ({columns})")
        floor = timed(lambda: cursor.copy_expert("COPY raw FROM STDIN (FORMAT csv)", file))
        cursor.execute("DROP TABLE raw")
    return floor


def whole_import(path, given):
    from django.utils import timezone

    from accounts.models import Division
    from households import importing

    stages, started = [], time.perf_counter()

    def progress(share, rows, stage):
        if given.profile and (not stages or stages[-1][0] != stage):
            stages.append((stage, time.perf_counter() - started))

    with path.open("rb") as file:
        imported = importing.keep_file(
            file=file,
            name=path.name,
            division=Division.objects.get(code="340000000000"),
            by=None,
            at=timezone.now(),
        )
    importing.load_import(imported, progress=progress, by=None, at=timezone.now())
    ours = time.perf_counter() - started
    if given.profile:
        print(stages, imported.problem, imported.counts)
    return ours


if __name__ == "__main__":
    main()
