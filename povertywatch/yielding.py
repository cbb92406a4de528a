"""Background work gives way to people: at a lower priority, and the database's work for it too.

Nothing is slower on a machine where nobody waits. Where the database is another machine's, another
user's or in another container, only our own process gives way. Decision 113.
"""

import atexit
import os
import socket
import time
from contextlib import suppress
from pathlib import Path

from django.db.backends.signals import connection_created

NICE = 10  # about a ninth of what a click gets, so that no lock is held for ever
# They work for minutes.
LONG_COMMANDS = {
    "import_national", "load_divisions", "monthly_review", "open_tier_round", "quarterly_bulletin",
    "red_flag_report",
}  # fmt: skip


def give_way(**_sender):
    """From now on, with all connections that this process opens and all its children. A terminal
    that it was typed in is lower as long as it runs."""
    own = os.getpid()
    _lower(own)
    atexit.register(_weigh_session, own, _weight_of_session(own))
    _weigh_session(own, NICE)
    connection_created.connect(_lower_backend)


def _lower_backend(connection, **_sender):
    """The server's process for a connection says of itself whose it is; here another program may
    have its number."""
    with suppress(OSError):
        pid = connection.connection.info.backend_pid
        with socket.socket(fileno=os.dup(connection.connection.fileno())) as link:
            ours = link.family != socket.AF_UNIX and b"(%d) " % link.getsockname()[1]
        title = Path(f"/proc/{pid}/cmdline").read_bytes()
        if ours and title.startswith(b"postgres: ") and ours in title:
            _lower(pid)
            _weigh_session(pid, NICE)  # each process of the server is one of its own


def _lower(pid):
    with suppress(OSError):
        if os.getpriority(os.PRIO_PROCESS, pid) < NICE:
            os.setpriority(os.PRIO_PROCESS, pid, NICE)


def _weight_of_session(pid):
    """Of "/autogroup-12 nice 0" the 0."""
    try:
        return int(Path(f"/proc/{pid}/autogroup").read_text().split()[-1])
    except OSError:
        return 0


def _weigh_session(pid, nice):
    """Debian's kernel weighs sessions against each other, and processes only within one. It lets
    an ordinary user change one of them in a tenth of a second."""
    for _time in range(5):
        try:
            Path(f"/proc/{pid}/autogroup").write_text(str(nice))
            return
        except BlockingIOError:
            time.sleep(0.1)
        except OSError:
            return
