"""``python -m benchmarks.feed [--rows N] [--kind K]``: a department's file, taken in whole.

Floor: COPY of the same file into a table of text columns. Ours: keeping the file, reading it,
matching its numbers to the members of the province, rows of memory, facts of the register, the
rows to check sealed. Every hundredth row is crooked. The register is a made-up one in a scratch
database of its own, with a member for every row; the columns are those of real exports.
Prints ``feed_KIND ratio floor_s ours_s``, and the most memory that a parser and we have held.
"""

import argparse
import csv
import os
import random
import resource
import tempfile
import time
from datetime import date
from pathlib import Path

import django

from benchmarks.province import timed

AS_OF = date(2020, 5, 31)
CROOKED = 100  # one row of so many


def yuan(chance, most):
    return f"{chance.randrange(1, most * 100) / 100:.2f}"


def _settlement(chance, _member):
    """A stay in hospital, as the settlement lists of an insurance have it."""
    day = f"2020-0{chance.randrange(1, 6)}-{chance.randrange(1, 29):02d}"
    start = ["居民医保", "县人民医院", "三级", "住院", day, day, str(chance.randrange(1, 30))]
    return [*start, yuan(chance, 60000), yuan(chance, 30000), "0.00", "0.00", yuan(chance, 20000)]


def _enrolment(chance, member):
    """A line of the list of the insured: one in a hundred says something new."""
    year = ["2020", "320.00", f"2019-1{chance.randrange(3)}-{chance.randrange(1, 29):02d}"]
    place = ["安徽省六安市金寨县", "汤家汇镇", "汉族", "农村居民", "居民身份证"]
    insured = member.medical_insurance is not False
    insured ^= chance.random() < 0.01
    return ["居民医保", "正常参保" if insured else "未参保", *year, *place]


HEADS = "姓名 身份证号 "
FILES = {  # kind: columns, the cells after name and number, and one in how many members has a row
    "medical_insurance": (HEADS + "险种 参保状态 缴费年度 缴费金额 缴费日期 参保地 乡镇 民族 "
                          "人员类别 证件类型", _enrolment, 1),
    "medical_payment": (HEADS + "险种 定点医疗机构 医院等级 就诊类型 入院日期 出院日期 住院天数 "
                        "总费用 统筹支付 大病支付 医疗救助 个人自付", _settlement, 5),
}  # fmt: skip


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=500_000)
    arguments.add_argument("--kind", choices=list(FILES), action="append")
    arguments.add_argument("--again", action="store_true", help="then the file of the next month")
    arguments.add_argument("--profile", action="store_true")
    given = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertywatch.settings")
    os.environ.setdefault("TEST_DATABASE_NAME", "bench_feed")
    django.setup()
    from benchmarks import province

    lines = []
    with province.of(given.rows * 2 // 5), tempfile.TemporaryDirectory() as folder:
        for kind in given.kind or FILES:
            for line in measure(Path(folder), kind, given):
                print("{} {:.1f} {:.2f} {:.2f}".format(*line), flush=True)
                lines.append(line)
    return lines


def measure(folder, kind, given):
    """Lines (name, ratio, floor, ours); the last is of memory: MB of a parser, and of us."""
    from django.db import connection
    from django.test import override_settings

    path = folder / f"{kind}.csv"
    write_file(path, kind, given.rows)
    Path("/proc/self/clear_refs").write_text("5")  # the most memory so far is forgotten
    lines = []
    with override_settings(MEDIA_ROOT=str(folder)):
        for month in range(2 if given.again else 1):
            as_of = AS_OF.replace(month=5 + month, day=30 + (not month))
            floor, floor_cpu = (
                min(part) for part in zip(*[copy_raw(path) for _n in range(3)], strict=True)
            )
            connection.close()  # a job's session is new
            connection.ensure_connection()
            ours, cpu = timed(lambda as_of=as_of: take_in(path, kind, as_of, given))
            name = f"feed_{kind}{'_again' if month else ''}"
            lines.append((name, ours / floor, floor, ours))
            lines.append((f"{name}_processor", cpu / floor_cpu, floor_cpu, cpu))
    parser = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    own = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
    return [*lines, (f"feed_{kind}_mb_of_{given.rows}_rows", own / parser, parser, own)]


def write_file(path, kind, rows):
    """Members of the register in no order, as often as it takes; some rows crooked."""
    header, cells, every = FILES[kind]
    chance, place = random.Random(1), 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split())
        while place < rows:
            for member in _people(min(rows // every, rows - place)):
                name, number = member.name, member.resident_id.open()
                if place % CROOKED == 0:
                    faults = ((name, number[:17]), ("路人甲", number), (name, stranger(place)))
                    name, number = faults[place // CROOKED % 3]
                writer.writerow([name, number, *cells(chance, member)])
                place += 1


def _people(count):
    """One by one: the file may be longer than the memory."""
    from households.models import Member

    found = Member.objects.exclude(resident_id_index=None).order_by("resident_id_index")
    found = found.only("name", "resident_id", "resident_id_masked", "medical_insurance")
    return found[:count].iterator()


def stranger(place):
    from households.national.identifiers import check_digit

    first = f"65010119{50 + place % 49:02d}0101{place % 1000:03d}"
    return first + check_digit(first)


def copy_raw(path):
    from django.db import connection

    with connection.cursor() as cursor, path.open("rb") as file:
        columns = file.readline().count(b",") + 1
        cursor.execute(f"CREATE TABLE raw ({', '.join(f'c{n} text' for n in range(columns))})")
        floor = timed(lambda: cursor.copy_expert("COPY raw FROM STDIN (FORMAT csv)", file))
        cursor.execute("DROP TABLE raw")
    return floor


def take_in(path, kind, as_of, given):
    from django.utils import timezone

    from feeds import uploading
    from feeds.kinds import KINDS

    by = department(KINDS[kind])
    stages, now, started = [], timezone.now(), time.perf_counter()

    def progress(_share, _rows, stage):
        if not stages or stages[-1][0] != stage:
            stages.append((stage, round(time.perf_counter() - started, 2)))

    with path.open("rb") as file:
        upload, _new = uploading.keep_upload(
            file=file,
            name=path.name,
            kind=KINDS[kind],
            as_of=as_of,
            begins=as_of.replace(month=1, day=1),
            by=by,
            at=now,
        )
    uploading.look(upload)
    uploading.load(upload, progress=progress, by=by.officer, at=now)
    assert upload.state == "loaded", upload.problem
    if given.profile:
        print(stages, upload.counts)


def department(kind):
    from accounts.models import Division, Officer, Post

    officer, _new = Officer.objects.get_or_create(username=kind.code, defaults={"name": "bench"})
    post, _new = Post.objects.get_or_create(
        officer=officer,
        role="department",
        department=kind.departments[0],
        division=Division.objects.get(code="340000000000"),
    )
    return post


if __name__ == "__main__":
    main()
