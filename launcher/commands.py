"""The words after ``./run``."""

import os
import shutil
import signal
import sys

from launcher import app, debian, environment, preparing, services, unprivileged
from launcher.checks import check
from launcher.state import ROOT, STATE, Failure, folder, lock, say

HELP = """\
usage: ./run [command]

  ./run                 set up what is missing, then start povertywatch: web, worker and beat.
                        Prints the address and the demo accounts. Ctrl-C stops everything.
  ./run test [...]      all tests; what follows goes to pytest: ./run test tests/jobs -k sweep
  ./run check           style, layers, templates, migrations, translations, API schema, docs
  ./run manage ...      any management command: ./run manage import_national FILE --dry-run
                        (leaves PostgreSQL and Valkey running for the next one)
  ./run bench [...]     benchmarks; what follows goes to them: ./run bench review
  ./run stop            stop everything that ./run started
  ./run reset [--yes]   throw away the database and all files made so far
  ./run doctor          what this machine has, what is missing and what waits for it

environment:
  PORT                  port of the web pages (8000)
  HOST_ADDRESS          address they listen on (127.0.0.1: this machine only)
  DATABASE_URL          a PostgreSQL of your own (15 or newer) instead of the one in .run/
  REDIS_URL             a Redis or Valkey of your own instead of the one in .run/
  DEMO_DATA=no          start with an empty database
  POVERTYWATCH_STATE    another folder than .run/ for database, files and logs

The first start takes a minute or two, the next ones seconds. More: docs/operations.md
"""

# Given to pytest when nothing else is: two processes where there are two processors.
PYTEST_DEFAULTS = ("-n", str(min(2, os.cpu_count() or 1)), "--dist", "worksteal")
# They look at the code or change tables themselves: no tables are made for them.
BEFORE_TABLES = {
    "check", "help", "makemessages", "makemigrations", "migrate", "prepare",
    "showmigrations", "spectacular", "sqlmigrate", "--help", "--version",
}  # fmt: skip


def main(arguments):
    name, rest = (arguments[0], arguments[1:]) if arguments else ("start", [])
    if name in ("-h", "--help", "help"):
        print(HELP, end="")
        return 0
    command = COMMANDS.get(name)
    if not command:
        say(f"./run does not know {name!r}. ./run --help lists what it knows.")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return command(rest)
    except Failure as failure:
        say(str(failure))
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130


def start(_arguments):
    app.check_that_nothing_is_in_the_way()
    with services.in_use():
        env = preparing.surroundings()
        preparing.prepare(env)
        return app.serve(env, preparing.demo_accounts(env))


def test(arguments):
    with lock("test", waiting="Another ./run test is running; waiting for it."):
        with services.in_use():
            env = preparing.surroundings(mode="test")
            return pytest(list(arguments) or list(PYTEST_DEFAULTS), env)


def pytest(arguments, env):
    """Its own queue and files; the test database survives no crash, so it need not wait for
    the disk."""
    files = STATE / "test" / "files"
    shutil.rmtree(files, ignore_errors=True)
    env = {**env, "FILES_ROOT": str(folder("test", "files"))}
    env["STATIC_ROOT"] = str(folder("test", "static"))
    env["PGOPTIONS"] = f"{env.get('PGOPTIONS', '')} -c synchronous_commit=off".strip()
    if "REDIS_URL" not in os.environ:
        env["REDIS_URL"] = env["REDIS_URL"].removesuffix("/0") + "/1"
    return run_to_the_end(["-m", "pytest", *arguments], env)


def manage(arguments):
    with services.in_use(leave_running=True):
        env = preparing.surroundings()
        if arguments and arguments[0] not in BEFORE_TABLES and "--help" not in arguments:
            preparing.prepare(env)
        # Where the person is: a FILE is meant from there.
        return run_to_the_end([ROOT / "manage.py", *arguments], env, cwd=os.getcwd())


def bench(arguments):
    with services.in_use():
        env = preparing.surroundings()
        preparing.prepare(env)
        return run_to_the_end(["-m", "benchmarks", *arguments], env)


def run_to_the_end(arguments, env, **options):
    """Ctrl-C is for the program; we wait for it to tidy up."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        options["preexec_fn"] = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
        code = environment.run_python(arguments, env, **options).returncode
    finally:
        signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code


def stop(_arguments):
    stopped = []
    if environment.PYTHON.exists():
        if app.stop_running_app():
            stopped.append("povertywatch")
        with lock("services", wait=False) as alone:
            if not alone:
                say("Another ./run command is at work with the database; it stays up.")
                return 1
            stopped += services.stop()
    say(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")
    return 0


def reset(arguments):
    if os.environ.get("DATABASE_URL"):
        raise Failure("DATABASE_URL names a database that ./run did not make; it is not touched.")
    if "--yes" not in arguments and not confirmed():
        say("Nothing was changed.")
        return 1
    if stop([]):
        return 1
    for name in ("postgres", "valkey", "files", "beat", "test", "stamps/database-*", "accounts-*"):
        for path in STATE.glob(name):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    say("The database and all files are gone; the next ./run makes new ones.")
    return 0


def confirmed():
    if not sys.stdin.isatty():
        say("Say ./run reset --yes where nobody can be asked.")
        return False
    question = f"Throw away the database and all files in {STATE}? Type yes: "
    return input(question).strip() == "yes"


def doctor(_arguments):
    rows = [*environment.describe(), *describe_services()]
    lacking = debian.missing()
    for package, use in debian.PACKAGES.items():
        there = "installed" if package not in lacking else f"missing: {use} cannot be done here"
        rows.append((package, there, True))
    for name, text, fine in rows:
        print(f"{'' if fine else '!':1} {name:22} {text}")
    if lacking:
        print(f"\n  As root: apt-get install {' '.join(lacking)}")
    return 0 if all(fine for _, _, fine in rows) else 1


def describe_services():
    if os.geteuid() == 0:
        ways = unprivileged.ways()
        yield "PostgreSQL as root", ways[0] if ways else "neither unshare nor setpriv", bool(ways)
    for name in ("DATABASE_URL", "REDIS_URL"):
        if os.environ.get(name):
            yield name, "taken from the environment", True
    if environment.PYTHON.exists():
        try:
            for service in services.wanted().values():
                place = f"runs at {service.url.rpartition('@')[2]}"
                yield service.title, place if service.running() else "stopped", True
        except Failure as failure:
            yield "services", str(failure), True
    with lock("app", wait=False) as alone:
        if not alone:
            yield "povertywatch", f"runs at {app.running_app().get('address')}", True
            return
    free = app.is_free(app.host(), app.port())
    yield f"port {app.port()}", "free" if free else "taken: use PORT=8001 ./run", free


COMMANDS = {
    "start": start,
    "test": test,
    "check": check,
    "manage": manage,
    "bench": bench,
    "stop": stop,
    "reset": reset,
    "doctor": doctor,
}
