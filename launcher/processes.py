"""Small questions to the operating system: processes, ports, quiet runs."""

import os
import socket
import subprocess
from pathlib import Path

from launcher.state import Failure, folder


def quietly(argv, purpose, **options):
    """Runs a set-up step; its output goes to a log and is shown only when it fails."""
    log = folder("log") / "setup.log"
    with log.open("a+b") as out:
        start = out.seek(0, os.SEEK_END)
        out.write(f"\n$ {' '.join(map(str, argv))}\n".encode())
        out.flush()
        options = {"stdin": subprocess.DEVNULL, **options}
        try:
            code = subprocess.run(argv, stdout=out, stderr=out, **options).returncode
        except OSError as error:
            raise Failure(f"{purpose} failed: {error}") from error
        if code:
            out.seek(start)
            tail = out.read().decode(errors="replace").strip().splitlines()[-25:]
            raise Failure("\n".join([*tail, "", f"{purpose} failed (all of it: {log})."]))


def works(argv):
    try:
        return subprocess.run(argv, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def output(argv):
    """What a program prints, or an empty text when it cannot be run."""
    try:
        return subprocess.run(argv, capture_output=True, text=True, timeout=60).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""


def command_of(pid):
    """The command line of a living process; empty for a dead one and for a zombie."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, UnicodeDecodeError):
            return ""
    return output(["ps", "-o", "command=", "-p", str(pid)])


def free_port(host, wanted=0):
    """``wanted`` when it is free, else another one; only a hint, the caller tries again."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise Failure(f"No free port on {host}.")


def is_free(host, port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True
