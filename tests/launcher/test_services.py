"""The real servers, in a folder of their own."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from launcher import postgres, processes, unprivileged
from launcher.postgres import Postgres
from launcher.valkey import Valkey

WAYS = unprivileged.ways() if os.geteuid() == 0 else [None]


@pytest.fixture
def servers(tmp_path):
    started = []
    yield started.append
    for server in started:
        server.stop()


def query(server, statement):
    done = server._run(
        "psql", "-h", postgres.HOST, "-p", server._note("port"), "-U", postgres.USER,
        "-d", postgres.NAME, "-Atc", statement,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def kill(pid):
    """Returns when it is gone; the processes that it had made may still be dying."""
    os.kill(pid, signal.SIGKILL)
    while processes.command_of(pid):
        time.sleep(0.001)


@pytest.mark.parametrize("way", WAYS)
def test_rows_outlive_a_killed_server(tmp_path, servers, way):
    server = Postgres(tmp_path / "postgres", way=way)
    servers(server)
    server.start()
    query(server, "create table kept as select generate_series(1, 1000) n")
    kill(int(server._lock_file()[0]))
    server.start()
    assert query(server, "select count(*) from kept") == "1000"


def test_similar_chinese_names_are_found_and_only_with_the_password(tmp_path, servers):
    server = Postgres(tmp_path / "postgres")
    servers(server)
    server.start()
    query(server, "create extension pg_trgm")
    assert float(query(server, "select similarity('王小明', '王晓明')")) > 0
    (server.folder / "password").write_text("wrong")
    with pytest.raises(AssertionError, match="password authentication failed"):
        query(server, "select 1")


def test_lock_file_that_names_a_living_stranger_is_no_obstacle(tmp_path, servers):
    """As after a restart of the machine, when the number belongs to another program."""
    server = Postgres(tmp_path / "postgres")
    servers(server)
    server.start()
    lock = server.data / "postmaster.pid"
    remains = lock.read_text().splitlines()
    server.stop()
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    lock.write_text("\n".join([str(stranger.pid), *remains[1:]]) + "\n")
    if os.geteuid() == 0:
        shutil.chown(lock, server.data.stat().st_uid)
    assert not server.running()
    server.start()
    assert server.running()
    assert stranger.poll() is None
    stranger.communicate()


def test_interrupted_set_up_is_begun_anew(tmp_path, servers):
    half = tmp_path / "postgres" / "new0"
    half.mkdir(parents=True)
    server = Postgres(tmp_path / "postgres")
    servers(server)
    server.start()
    assert query(server, "select 1") == "1"


def test_taken_port_is_changed(tmp_path, servers):
    first, second = Valkey(tmp_path / "first"), Valkey(tmp_path / "second")
    servers(first), servers(second)
    first.start()
    second.folder.mkdir()
    (second.folder / "port").write_text(first._note("port"))
    second.start()
    assert first.running() and second.running()
    assert first.url != second.url


def test_valkey_answers_only_with_the_password(tmp_path, servers):
    server = Valkey(tmp_path / "valkey")
    servers(server)
    server.start()
    assert server.running()
    password = server._note("password")
    (server.folder / "password").write_text("wrong")
    assert not server.running()
    (server.folder / "password").write_text(password)
    assert server.running()
