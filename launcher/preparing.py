"""From a fresh clone to something that can be used; a second time there is nothing to do."""

import os

from launcher import debian, environment, services
from launcher.environment import PYTHON
from launcher.processes import quietly
from launcher.state import ROOT, STATE, Failure, fingerprint, folder, is_stamped, lock, say, stamp

WAITING = "Another ./run is setting up; waiting for it."
MIGRATIONS = "*/migrations/*.py"


def install(*, dev=False):
    environment.ensure_python_packages(dev=dev)
    environment.ensure_front_end()
    environment.ensure_translations()
    debian.ensure_packages()


def surroundings(*, mode=None):
    """Installs, starts the services and gives the environment that every program of ours gets."""
    with lock("set-up", waiting=WAITING):
        install(dev=mode == "test")
        addresses = services.start()
    env = {**environment.variables(), **addresses, "PYTHONUNBUFFERED": "1"}
    env["POVERTYWATCH_MODE"] = mode or env.get("POVERTYWATCH_MODE", "demo")
    env.setdefault("STATIC_ROOT", str(folder("static")))
    env.setdefault("FILES_ROOT", str(folder("files")))
    return env


def prepare(env):
    """Tables, static files, demo data: one Django process, and none when nothing changed."""
    with lock("set-up", waiting=WAITING):
        database, static = database_stamp(env), static_stamp()
        steps = [f"--{name}" for name, value in (("database", database), ("static", static))
                 if not is_stamped(*value)]  # fmt: skip
        if "--database" in steps and wants_demo_data(env):
            steps.append("--demo-data")
        if not steps:
            return
        say("Preparing the database and the static files; the first time also the demo data.")
        done = environment.run_python(["manage.py", "prepare", *steps], env)
        if done.returncode:
            raise Failure("The database could not be prepared, see above.")
        stamp(*database)
        stamp(*static)


def wants_demo_data(env):
    return env["POVERTYWATCH_MODE"] == "demo" and env.get("DEMO_DATA", "yes") != "no"


def database_stamp(env):
    """One per database; made out of date by a new migration or by new demo data."""
    files = [*ROOT.glob(MIGRATIONS), *ROOT.glob("*/management/commands/load_demo.py")]
    name = fingerprint([], env["DATABASE_URL"].rpartition("@")[2])[:12]
    return f"database-{name}", fingerprint(files, wants_demo_data(env))


def static_stamp():
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    files += [ROOT / name for name in ("frontend/package-lock.json", "requirements.txt")]
    files += [ROOT / "povertywatch" / "vendor.py", STATE / "static" / "staticfiles.json"]
    return "static", fingerprint(files)


def demo_accounts(env):
    done = environment.run_python(
        ["manage.py", "prepare", "--accounts"], env, capture_output=True, text=True
    )
    return done.stdout.rstrip()


def vacuum_cache():
    """Used by reset: nothing of the old database may be believed any more."""
    for name in ("accounts.txt",):
        (STATE / name).unlink(missing_ok=True)


def check_python(name, env):
    return quietly([PYTHON, "-c", f"import {name}"], f"Importing {name}", env=env)


def is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0
