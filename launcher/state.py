"""What the launcher remembers between two calls: the ``.run`` folder, stamps and locks."""

import contextlib
import fcntl
import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = Path(os.environ.get("POVERTYWATCH_STATE") or ROOT / ".run").absolute()
VENV = ROOT / ".venv"


class Failure(Exception):
    """Something the person at the keyboard has to know; the message says what to do."""


def say(text):
    """Set-up talks on standard error, so that a command's own output stays clean."""
    print(text, file=sys.stderr, flush=True)


def folder(*parts):
    path = STATE.joinpath(*parts)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except PermissionError as error:
        raise Failure(f"{error.filename} cannot be written: it belongs to another user.") from error
    return path


def write_secret(path, text):
    """Readable by nobody else from its first moment on."""
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def fingerprint(paths, *words):
    """Changes when the content or the name of one of the files changes, or one of the words."""
    digest = hashlib.sha256()
    for path in sorted(Path(path) for path in paths):
        digest.update(str(path).encode() + b"\0")
        if path.is_file():
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    digest.update("\0".join(map(str, words)).encode())
    return digest.hexdigest()


def is_stamped(name, value):
    path = STATE / "stamps" / name
    return path.is_file() and path.read_text() == value


def stamp(name, value):
    (folder("stamps") / name).write_text(value)


def forget(pattern):
    for path in (STATE / "stamps").glob(pattern):
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def lock(name, *, shared=False, wait=True, waiting=None):
    """Holds ``.run/locks/name``; yields False when it is taken and ``wait`` is off.

    The system frees it when the process ends, however it ends.
    """
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        handle = open(folder("locks") / name, "a+")  # noqa: SIM115
    except PermissionError as error:
        raise Failure(f"{error.filename} cannot be written: it belongs to another user.") from error
    with handle:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                yield False
                return
            if waiting:
                say(waiting)
            fcntl.flock(handle, kind)
        yield True
