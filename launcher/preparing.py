"""From a fresh clone to something that can be used; a second time there is nothing to do."""

import subprocess

from launcher import debian, environment, services
from launcher.state import ROOT, STATE, Failure, fingerprint, folder, is_stamped, lock, say, stamp

WAITING = "Another ./run is setting up; waiting for it."


def surroundings(*, mode=None):
    """Installs, starts the services, gives the environment every program of ours gets."""
    with lock("set-up", waiting=WAITING):
        environment.ensure_python_packages(dev=mode == "test")
        environment.ensure_front_end()
        environment.ensure_translations()
        debian.ensure_packages()
        addresses = services.start()
    env = {**environment.variables(), **addresses, "PYTHONUNBUFFERED": "1"}
    env["POVERTYWATCH_MODE"] = mode or env.get("POVERTYWATCH_MODE", "demo")
    env.setdefault("STATIC_ROOT", str(folder("static")))
    if "FILES_ROOT" not in env:
        folder("files").chmod(0o700)  # finished reports hold names
        env["FILES_ROOT"] = str(folder("files"))
    return env


def prepare(env):
    """Tables, static files, demo data: one Django process, and none when nothing changed."""
    with lock("set-up", waiting=WAITING):
        steps = steps_to_do(env)
        if not steps:
            return
        say("Preparing the database and the static files; the first time also the demo data.")
        options = [f"--{step}" for step in steps]
        if wants_demo_data(env):
            options.append("--demo-data")
        done = environment.run_python(
            ["manage.py", "prepare", *options], env, stdout=subprocess.PIPE, text=True
        )
        if done.returncode:
            raise Failure("The database could not be prepared, see above.")
        accounts_file(env).write_text(done.stdout)
        for name, value in steps.values():
            stamp(name, value)


def steps_to_do(env):
    steps = {"database": database_stamp(env), "static": static_stamp(env)}
    return {step: value for step, value in steps.items() if not is_stamped(*value)}


def wants_demo_data(env):
    return env["POVERTYWATCH_MODE"] == "demo" and env.get("DEMO_DATA", "yes") != "no"


def database_name(env):
    """Two databases have two names, and no name tells a password."""
    return fingerprint([], env["DATABASE_URL"].rpartition("@")[2])[:12]


def database_stamp(env):
    """Out of date after a new migration and after a change of the demo data's command."""
    files = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/management/commands/load_demo.py")]
    return f"database-{database_name(env)}", fingerprint(files, wants_demo_data(env))


def static_stamp(env):
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    files += [ROOT / name for name in ("frontend/package-lock.json", "requirements.txt")]
    return "static", fingerprint([*files, ROOT / "povertywatch" / "vendor.py"], env["STATIC_ROOT"])


def accounts_file(env):
    return STATE / f"accounts-{database_name(env)}.txt"


def demo_accounts(env):
    path = accounts_file(env)
    return path.read_text().rstrip() if path.exists() else ""
