"""Makes a population: places for the households, slices in two processes, one COPY per table."""

import gc
import io
import multiprocessing
import os
import random
import tempfile
from collections import deque
from contextlib import nullcontext
from itertools import accumulate
from pathlib import Path

from django.db import connection, transaction

from accounts.models import Division
from households.bare import bare, may_switch_off_checks
from households.models import Household
from households.population.living import terrain_of
from households.population.pool import make_pool
from households.population.prepared import Prepared
from households.population.rows import bigint, tables
from households.population.writing import MEMBER_IDS, Plan, Village, write_slice
from households.uncollected import uncollected

SLICE = 2_000
PIECE = 1 << 18  # bytes handed to the database at once
AHEAD = 1  # slices that a process may be ahead of the database
POOL = 2_000  # different families of a terrain
WITHOUT_INDEXES_FROM = 20_000


class NoVillages(Exception):
    """There is no village to live in where the population was wished for."""


@transaction.atomic
def make_population(
    *,
    households,
    seed,
    until,
    division="34",
    months=2,
    visits=True,
    clean=False,
    told=None,
):
    """Makes ``households`` households in the villages whose codes begin with ``division``.

    The same arguments on the same database give the same rows. ``clean``: as of ``until`` no check
    of data quality finds anything in it. ``told`` is called with how many are done. Returns the
    number of rows by table.
    """
    villages = _villages(division)
    first_id = _reserve(households)
    places = _places(random.Random(f"{seed}:places"), villages, households)
    terrains = sorted({village.terrain for village, count in places if count})
    with uncollected():
        pools = dict(zip(terrains, _pools(terrains, seed, until, households, clean), strict=True))
    plan = Plan(seed, until, months, visits, pools, clean)
    slices = list(_slices(first_id, places))
    names = [table.name for table in tables().values()]
    many = households >= WITHOUT_INDEXES_FROM and households > Household.objects.count() // 2
    # The rows point to each other by construction, and to divisions just read.
    trusted = may_switch_off_checks()
    with bare(names, trusted=trusted) if many else nullcontext():
        _let_build_together()
        counts = _load(plan, slices, told or (lambda done: None))
    _settle(first_id, households)
    return counts


def _pools(terrains, seed, until, households, clean):
    """The families of each terrain; of a big population each is made by another process."""
    size = max(min(POOL, households), 400)
    wishes = [(seed, until, size, terrain, clean) for terrain in terrains]
    if households < WITHOUT_INDEXES_FROM or _processors() < 2:
        return [_pool(*wish) for wish in wishes]
    with multiprocessing.get_context("fork").Pool(len(wishes)) as children:
        return children.starmap(_pool, wishes, chunksize=1)


def _pool(*wish):
    return [Prepared(family) for family in make_pool(*wish)]


def _processors():
    return os.cpu_count() or 1


def _villages(division):
    rows = list(
        Division.objects.filter(code__startswith=division, level=5, valid_to=None)
        .exclude(township=None)
        .order_by("code")
        .values_list(
            "code", "name", "province_id", "city_id", "county_id", "township_id", "village_id"
        )
    )
    if not rows:
        raise NoVillages(f"No village has a code that begins with {division}.")
    return rows


def _places(rng, villages, households):
    """How many households live in each village: skewed sizes, few in towns; exact in sum."""
    weights = []
    for code, name, *_ids in villages:
        rural = name.endswith(("村委会", "村民委员会", "村"))
        weights.append(rng.lognormvariate(0, 0.6) * (1 if rural else 0.15))
        weights[-1] *= (0.8, 1.0, 1.3)[terrain_of(code)]
    bounds = list(accumulate(weights))
    share = households / bounds[-1]
    ends = [round(bound * share) for bound in bounds]
    return [
        (_village(row), end - begin)
        for row, begin, end in zip(villages, [0, *ends], ends, strict=False)
    ]


def _village(row):
    code, _name, *ids = row
    return Village(b"".join(map(bigint, ids)), code[:6], terrain_of(code))


def _slices(first_id, places):
    """Numbered slices of ``SLICE`` households: lists of (first id, how many, village)."""
    number, key, room, wishes = 0, first_id, SLICE, []
    for village, count in places:
        while count:
            part = min(count, room)
            wishes.append((key, part, village))
            key, count, room = key + part, count - part, room - part
            if not room:
                yield number, wishes
                number, room, wishes = number + 1, SLICE, []
    if wishes:
        yield number, wishes


def _load(plan, slices, told):
    counts = dict.fromkeys(tables(), 0)
    done = 0
    with tempfile.TemporaryDirectory() as folder:
        written = _written(plan, slices, Path(folder))
        for (_number, wishes), (path, parts) in zip(slices, written, strict=True):
            _copy(path, parts, counts)
            done += sum(count for _first, count, _village in wishes)
            told(done)
    return counts


def _copy(path, parts, counts):
    """Loads the file of a slice and removes it."""
    with path.open("rb") as file, connection.cursor() as cursor:
        for name, size in parts.items():
            text = io.BytesIO(file.read(size))
            cursor.copy_expert(tables()[name].copy_statement(), text, size=PIECE)
            counts[name] += cursor.rowcount
    path.unlink()


_plan = _folder = None  # of this process's children, which inherit them


def _write(numbered):
    """Writes a slice to a file: through a pipe it would be copied four times. Returns its path and
    how many bytes there are of each table."""
    path, parts = _folder / str(numbered[0]), {}
    with path.open("wb") as file:
        for name, text in write_slice(_plan, *numbered).items():
            parts[name] = file.write(text)
    return path, parts


def _written(plan, slices, folder):
    """The files of all slices in order, written by other processes where there are many."""
    global _plan, _folder
    _plan, _folder = plan, folder
    processes = min(_processors(), 4, len(slices))
    if processes < 2:
        yield from map(_write, slices)
        return
    pool = multiprocessing.get_context("fork").Pool(processes, gc.disable)
    waiting = deque()
    try:
        for numbered in slices:
            waiting.append(pool.apply_async(_write, [numbered]))
            if len(waiting) > AHEAD * processes:
                yield waiting.popleft().get()
        while waiting:
            yield waiting.popleft().get()
    finally:
        pool.terminate()


def _let_build_together():
    """An index is built by as many processes as there are processors, not by one more."""
    with connection.cursor() as cursor:
        workers = str(min(_processors() - 1, 2))
        cursor.execute("SELECT set_config('max_parallel_maintenance_workers', %s, TRUE)", [workers])


def _reserve(households):
    """The first of ``households`` free ids; members have theirs at ``MEMBER_IDS`` times those."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            LOCK TABLE households_household, households_member IN SHARE ROW EXCLUSIVE MODE;
            SELECT greatest(
                (SELECT coalesce(max(id), 0) FROM households_household),
                (SELECT coalesce(max(id), 0) / %s + 1 FROM households_member),
                (SELECT last_value FROM households_household_id_seq)) + 1""",
            [MEMBER_IDS],
        )
        return cursor.fetchone()[0]


def _settle(first_id, households):
    """Sequences go on after what was made; the planner is told of the new sizes."""
    last = first_id + households
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('default_statistics_target', '10', TRUE)")
        for table, key in (("household", last), ("member", last * MEMBER_IDS)):
            cursor.execute(f"SELECT setval('households_{table}_id_seq', %s)", [key])
        for table in tables().values():
            cursor.execute(f"ANALYZE {table.name}")
