"""Background work gives way to people: its process, and the database's process for it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from povertywatch.yielding import LONG_COMMANDS, NICE
from tests.worker import HOUSE, database_url

SCRIPT = """
import json, os, socket, threading
import django
django.setup()
from django.db import connection, connections
from povertywatch import yielding

def of_backend(link):
    link.ensure_connection()
    pid = link.connection.info.backend_pid
    return pid, os.getpriority(os.PRIO_PROCESS, pid)

before = of_backend(connection)
connection.close()
yielding.give_way()
found = {"before": before[1], "own": os.getpriority(os.PRIO_PROCESS, 0)}
found["pid"], found["after"] = of_backend(connection)
beside = threading.Thread(target=lambda: found.update(beside=of_backend(connection)[1]))
beside.start()
beside.join()
print(json.dumps(found))
"""


@pytest.fixture
def found(db):
    env = os.environ | {"DATABASE_URL": database_url(), "POVERTYWATCH_MODE": "test"}
    env["DJANGO_SETTINGS_MODULE"] = "povertywatch.settings"
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=env,
        cwd=HOUSE,
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def test_the_process_and_its_connections_are_lower_and_nobody_elses(found):
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    assert found["own"] == max(NICE, mine)
    # The server's process is ours to lower where we are root or own it, on this machine.
    own = Path(f"/proc/{connection.connection.info.backend_pid}")
    owned = own.exists() and os.geteuid() in (0, own.stat().st_uid)
    lowered = NICE if owned else found["before"]
    assert found["after"] == found["beside"] == lowered
    if own.exists():
        assert os.getpriority(os.PRIO_PROCESS, int(own.name)) < NICE


def test_the_long_commands_are_there():
    from django.core.management import get_commands

    assert get_commands().keys() >= LONG_COMMANDS
