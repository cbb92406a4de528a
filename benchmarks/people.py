"""Many people at once, against an empty page of the same server under the same load.

The server is started as ``./run`` starts it. Three of five people are village cadres, who also save
visits; the others work in townships, counties, cities and the province. Between two clicks somebody
pauses for ten seconds in the middle. ``errors`` and ``visits_lost`` are counts, and have to be 0:
a visit whose saving was answered is there once, and no other has come. The second minute is
``busy``: the month before is reviewed and a report exported meanwhile. ``processor_of_a_click``:
of the server's processes, beside what making the click takes here.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import cycle
from pathlib import Path
from statistics import quantiles

from benchmarks.clicking import Person, Prober
from benchmarks.province import address

SECONDS, PAUSE = 60, 10
PEOPLE = {"village": 180, "township": 50, "county": 40, "city": 20, "province": 10}
QUEUE = 15  # a Redis of its own number: jobs of the scratch database reach no worker


def measure():
    from benchmarks.workbook import run_with_lines
    from launcher.processes import free_port

    run_with_lines()
    sessions = list(_sessions())
    port = free_port("127.0.0.1")
    with tempfile.TemporaryDirectory() as files:
        env = _surroundings(port, files)
        server = _serve(env)
        try:
            lines = _minute("people", server, port, sessions)
            busy = _start_work(env, files)
            lines += _minute("people_busy", server, port, sessions)
            for process in busy:
                process.terminate()
                process.wait()
        finally:
            server.terminate()
            server.wait()
    return lines


def _minute(name, server, port, sessions):
    clicking, serving = time.process_time(), _processor_of(server.pid)
    people, come = _at_work(port, sessions)
    clicking, serving = time.process_time() - clicking, _processor_of(server.pid) - serving
    lines = _lines(name, people, come)
    clicks = lines[-2][-1]
    click = (f"{name}_processor_of_a_click", serving / clicking)
    return [*lines, (*click, clicking / clicks, serving / clicks)]


def _processor_of(pid):
    """Seconds that a server and its workers have taken; the database's are not among them."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    spent = (Path(f"/proc/{one}/stat").read_text().rpartition(")")[2] for one in [pid, *children])
    ticks = sum(int(ticks) for one in spent for ticks in one.split()[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def _surroundings(port, files):
    from django.conf import settings

    queue = settings.REDIS_URL.rpartition("/")[0]
    os.environ["PORT"] = str(port)  # the launcher looks there
    own = {"DATABASE_URL": address(), "REDIS_URL": f"{queue}/{QUEUE}", "FILES_ROOT": files}
    return os.environ | own


def _serve(env):
    from launcher.app import answers, commands

    server = subprocess.Popen(commands()["web"], env=env, start_new_session=True)
    while not answers():
        if server.poll() is not None:
            raise SystemExit("The server did not start.")
        time.sleep(0.2)
    return server


def _start_work(env, files):
    """A review and an export beside the people, as from another terminal."""
    report = str(Path(files) / "report.xlsx")
    wanted = (
        ["monthly_review", "--month", "2020-05"],
        ["red_flag_report", "--month", "2020-06", "--division", "34", "--output", report],
    )
    quiet = {"env": env, "stdout": subprocess.DEVNULL, "start_new_session": True}
    return [subprocess.Popen([sys.executable, "manage.py", *each], **quiet) for each in wanted]


def _sessions():
    """(role, key of the session) of people in divisions that have households."""
    from django.test import Client

    from accounts.models import Officer, Post
    from households.models import Household

    for role, count in PEOPLE.items():
        homes = Household.objects.order_by().values_list(f"{role}_id", flat=True).distinct()
        divisions = sorted(homes)
        some = cycle(divisions[:: max(1, len(divisions) // count)])
        for number, division in zip(range(count), some, strict=False):
            name = f"{role}-{number}"
            officer = Officer.objects.create_user(username=name, password=None, name=name)
            Post.objects.create(officer=officer, role=role, division_id=division)
            client = Client()
            client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
            yield role, client.cookies["sessionid"].value


def _at_work(port, sessions):
    """-> (everybody after a minute's work, how many visits have come)"""
    from households.models import Visit

    before = Visit.objects.count()
    people = [Person(n, port, key, role, PAUSE) for n, (role, key) in enumerate(sessions)]
    people.append(Prober(-1, port, "", "", 0))
    until = time.perf_counter() + SECONDS
    for one in people:
        one.until = until
        one.start()
    for one in people:
        one.join()
    return people, Visit.objects.count() - before


def _lines(name, people, come):
    from households.models import Visit

    times, saved, faults = {}, {}, Counter()
    for one in people:
        saved |= one.saved
        faults.update(one.faults)
        for kind, found in one.times.items():
            times.setdefault(kind, []).extend(found)
    for fault, count in faults.most_common(10):
        print(f"# {count} x {fault}", file=sys.stderr)
    stored = Visit.objects.filter(client_id__in=list(saved))
    homes = {str(key): str(home) for key, home in stored.values_list("client_id", "household_id")}
    lost = sum(homes.get(key) != home for key, home in saved.items())
    empty = _middle_and_late(times.pop("empty"))
    lines = [
        (f"{name}_{kind}_{part}", ours / floor, floor, ours)
        for kind, found in sorted(times.items())
        for part, floor, ours in zip(("p50", "p95"), empty, _middle_and_late(found), strict=True)
    ]
    clicks = sum(map(len, times.values()))
    return [
        *lines,
        (f"{name}_errors_of_clicks", sum(faults.values()), 0, clicks),
        (f"{name}_visits_lost_or_double", lost + abs(come - len(saved)), 0, len(saved)),
    ]


def _middle_and_late(times):
    twentieths = quantiles(times * 2, n=20, method="inclusive")  # of a single one too
    return twentieths[9], twentieths[18]
