"""./run as it is called, and what it remembers."""

import os
import subprocess
import sys
import textwrap
from types import SimpleNamespace

import pytest

from launcher import app, debian, preparing, state
from launcher.state import ROOT, Failure

ONLY_SYSTEM = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, ROOT / "run", *arguments],
        env={**ONLY_SYSTEM, **environment}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_help_names_every_command():
    from launcher.commands import COMMANDS

    done = run("--help")
    assert done.returncode == 0
    for name in COMMANDS.keys() - {"start"}:
        assert f"./run {name}" in done.stdout


def test_unknown_command_is_refused_with_a_hint():
    done = run("stat")
    assert done.returncode == 2
    assert "'stat'" in done.stderr and "./run --help" in done.stderr


def test_doctor_tells_what_is_there(tmp_path):
    done = run("doctor", POVERTYWATCH_STATE=str(tmp_path / "state"), PORT="8731")
    assert done.stdout.count("stopped") == 2, done.stdout + done.stderr
    for package in debian.PACKAGES:
        assert package in done.stdout


def test_bad_port_is_named(tmp_path):
    done = run(POVERTYWATCH_STATE=str(tmp_path / "state"), PORT="http")
    assert done.returncode == 1
    assert "'http'" in done.stderr


def test_reset_does_not_touch_a_database_of_ones_own(tmp_path):
    done = run("reset", "--yes", POVERTYWATCH_STATE=str(tmp_path), DATABASE_URL="postgres://x/y")
    assert done.returncode == 1
    assert "not touched" in done.stderr


def test_reset_asks(tmp_path):
    (tmp_path / "files").mkdir()
    done = run("reset", POVERTYWATCH_STATE=str(tmp_path))
    assert done.returncode == 1
    assert (tmp_path / "files").exists()


def test_second_start_says_where_the_first_one_is(tmp_path, monkeypatch):
    monkeypatch.setattr(state, "STATE", tmp_path)
    monkeypatch.setattr(app, "STATE", tmp_path)
    (tmp_path / "app.json").write_text('{"pid": 1, "address": "http://127.0.0.1:8123"}')
    with state.lock("app"):
        with pytest.raises(Failure, match="already runs at http://127.0.0.1:8123"):
            app.check_that_nothing_is_in_the_way()


def test_stamp_is_stale_after_a_change_of_content_or_name(tmp_path, monkeypatch):
    monkeypatch.setattr(state, "STATE", tmp_path / "state")
    one = tmp_path / "one"
    one.write_text("1")
    before = state.fingerprint([one])
    assert not state.is_stamped("list", before)
    state.stamp("list", before)
    assert state.is_stamped("list", before)
    one.write_text("2")
    assert not state.is_stamped("list", state.fingerprint([one]))
    one.write_text("1")
    assert state.is_stamped("list", state.fingerprint([one]))
    one.rename(tmp_path / "two")
    assert not state.is_stamped("list", state.fingerprint([tmp_path / "two"]))
    state.forget("li*")
    assert not state.is_stamped("list", before)


def test_another_database_is_prepared_for_itself():
    env = {"POVERTYWATCH_MODE": "demo", "DATABASE_URL": "postgres://u:secret@127.0.0.1:1/a"}
    name, value = preparing.database_stamp(env)
    assert "secret" not in name
    other, _ = preparing.database_stamp(
        {**env, "DATABASE_URL": "postgres://u:secret@127.0.0.1:2/a"}
    )
    assert other != name
    assert preparing.database_stamp({**env, "DEMO_DATA": "no"})[1] != value


def test_lock_is_free_after_its_holder_was_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(state, "STATE", tmp_path)
    code = "from launcher.state import lock\nwith lock('x'):\n print('held', flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, text=True,
        env={**os.environ, "POVERTYWATCH_STATE": str(tmp_path)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdout.readline() == "held\n"
    with state.lock("x", wait=False) as alone:
        assert not alone
    holder.kill()
    holder.communicate()
    with state.lock("x", wait=False) as alone:
        assert alone


def test_when_one_part_dies_all_stop_and_it_is_named(tmp_path, monkeypatch, capfd):
    busy = "import time; time.sleep(600)"
    dying = "import time; time.sleep(.5); print('last words', flush=True); raise SystemExit(3)"
    parts = {"web": busy, "worker": dying, "beat": busy}
    monkeypatch.setattr(
        app,
        "commands",
        lambda: {name: [sys.executable, "-c", code] for name, code in parts.items()},
    )
    monkeypatch.setattr(app.signal, "signal", lambda *_: None)
    monkeypatch.setattr(app, "answers", lambda: False)
    running = app.App(dict(os.environ), accounts="")
    assert running.run() == 1
    said = capfd.readouterr()
    assert "worker ended by itself (exit code 3)" in said.err
    assert "worker | last words" in said.out
    assert all(part.poll() is not None for part in running.processes.values())


def test_missing_packages_are_told_with_what_waits_for_them():
    told = debian.tell_missing(["chromium", "libpango-1.0-0", "libpangoft2-1.0-0"])
    assert told.count("PDF") == 1
    assert "tests in a browser" in told


def start_django(**environment):
    return subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, capture_output=True, text=True,
        env={**ONLY_SYSTEM, "POVERTYWATCH_MODE": "production", **environment},
    )  # fmt: skip


REAL = SimpleNamespace(
    SECRET_KEY="k" * 50,
    PROTECTED_FIELDS_KEY="a" * 43 + "=",
    DATABASE_URL="postgres://u@127.0.0.1:1/d",
    REDIS_URL="redis://127.0.0.1:1/0",
)


def test_production_starts_with_secrets_of_its_own():
    done = start_django(**vars(REAL))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", vars(REAL))
@pytest.mark.parametrize("value", [None, ""])
def test_production_refuses_a_missing_secret(name, value):
    given = {**vars(REAL), name: value}
    done = start_django(**{key: text for key, text in given.items() if text is not None})
    assert done.returncode != 0
    assert f"Set {name}" in done.stderr


def test_production_refuses_the_secrets_of_the_demo():
    from povertywatch import settings

    shipped = textwrap.dedent((ROOT / "povertywatch" / "settings.py").read_text())
    demo_key = "ZGVtby1vbmx5LWtleS1ub3QtZm9yLXByb2R1Y3Rpb24="
    assert demo_key in shipped
    for wrong in ({"SECRET_KEY": settings.DEMO_SECRET}, {"PROTECTED_FIELDS_KEY": demo_key}):
        done = start_django(**{**vars(REAL), **wrong})
        assert done.returncode != 0
        assert "Replace the demo secrets" in done.stderr


def test_sample_of_the_production_settings_holds_no_working_secret():
    lines = (ROOT / "deploy" / "production.env.example").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    for name in ("SECRET_KEY", "PROTECTED_FIELDS_KEY", "POSTGRES_PASSWORD"):
        assert given[name] == ""


def test_lock_file_of_the_front_end_names_no_host():
    assert "://" not in "".join(
        line for line in (ROOT / "frontend" / "package-lock.json").read_text().splitlines()
        if '"resolved"' in line
    )  # fmt: skip
