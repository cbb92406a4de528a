"""Web, worker and beat under one Ctrl-C. When one of them ends, all do, and it is said which."""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

from launcher.environment import PYTHON
from launcher.processes import is_free
from launcher.state import ROOT, STATE, Failure, folder, lock, say

COLOURS = {"web": 34, "worker": 32, "beat": 35}
GRACE = 15  # seconds for a worker to finish what it is doing
# Celery says it on every start of root; it holds for pickled messages, which are not accepted.
NO_ROOT_WARNING = "ignore:You're running the worker with superuser"


def host():
    return os.environ.get("HOST_ADDRESS", "127.0.0.1")


def port():
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Failure(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def address():
    shown = "127.0.0.1" if host() == "0.0.0.0" else host()
    return f"http://{shown}:{port()}"


def commands():
    python = str(PYTHON)
    celery = [python, "-m", "celery", "--quiet", "-A", "povertywatch"]
    return {
        "web": [
            python, "-m", "gunicorn", "povertywatch.wsgi", "--bind", f"{host()}:{port()}",
            "--workers", "2", "--threads", "4", "--preload", "--log-level", "warning",
            "--no-control-socket",
        ],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"],
        "beat": [
            *celery, "beat", "--loglevel", "WARNING", "--pidfile=",
            "--schedule", str(folder("beat") / "schedule"),
        ],
    }  # fmt: skip


def check_that_nothing_is_in_the_way():
    """Before minutes of set-up, not after them."""
    with lock("app", wait=False) as alone:
        if not alone:
            raise Failure(f"povertywatch already runs at {running_app().get('address')}.")
    if not is_free(host(), port()):
        raise Failure(f"Port {port()} is taken by another program. Try: PORT=8001 ./run")


def running_app():
    try:
        return json.loads((STATE / "app.json").read_text())
    except (OSError, ValueError):
        return {}


def stop_running_app():
    """Asks the ./run that holds the lock to end; says whether there was one."""
    with lock("app", wait=False) as alone:
        if alone:
            return False
    os.kill(running_app()["pid"], signal.SIGTERM)
    with lock("app"):
        return True


def serve(env, accounts):
    with lock("app", wait=False) as alone:
        if not alone:
            raise Failure(f"povertywatch already runs at {running_app().get('address')}.")
        (STATE / "app.json").write_text(json.dumps({"pid": os.getpid(), "address": address()}))
        return App(env, accounts).run()


class App:
    def __init__(self, env, accounts):
        self.env = {**env, "PYTHONWARNINGS": NO_ROOT_WARNING}
        self.accounts = accounts
        self.asked_to_stop = threading.Event()
        self.processes = {}
        self.printing = threading.Lock()

    def run(self):
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, lambda *_: self.asked_to_stop.set())
        try:
            for name, command in commands().items():
                self.processes[name] = self.launch(command)
            for name, process in self.processes.items():
                threading.Thread(target=self.relay, args=(name, process), daemon=True).start()
            return self.watch()
        finally:
            self.end_all()

    def launch(self, command):
        """A session of its own: Ctrl-C reaches only us, and we end the others in order."""
        return subprocess.Popen(
            command, cwd=ROOT, env=self.env, start_new_session=True, preexec_fn=die_with_parent,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace",
        )  # fmt: skip

    def relay(self, name, process):
        label = f"{name:6} | "
        if sys.stdout.isatty():
            label = f"\033[{COLOURS[name]}m{label}\033[0m"
        for line in process.stdout:
            with self.printing:
                print(label + line.rstrip("\n"), flush=True)

    def watch(self):
        told = False
        while not self.asked_to_stop.wait(0.2):
            for name, process in self.processes.items():
                if process.poll() is not None:
                    say(f"{name} ended by itself (exit code {process.returncode}); stopping all.")
                    return 1
            if not told and answers():
                told = True
                self.tell()
        say("\nStopping.")
        return 0

    def tell(self):
        lines = ["", f"povertywatch runs at {address()}   (Ctrl-C stops it)", ""]
        if self.accounts:
            lines += [self.accounts, ""]
        with self.printing:
            print("\n".join(lines), flush=True)

    def end_all(self):
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE
        for name, process in self.processes.items():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                say(f"{name} is still busy after {GRACE} s; it is ended hard.")
            kill_group(process)


def kill_group(process):
    """Also the children of one that has already ended."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def answers():
    """Asked directly, also where a proxy is set for the rest of the world."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        direct.open(f"{address()}/healthz", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def die_with_parent():
    """Linux ends the children also when ./run itself is killed hard."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
