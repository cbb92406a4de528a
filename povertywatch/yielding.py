"""Background work gives way to people: at a lower priority, and the database's work for it too.

Nothing is slower on a machine where nobody waits. Where the database is another machine's, another
user's or in another container, only our own process gives way. Decision 113.
"""

import os
import socket
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
    """From now on, with all connections that this process opens and all its children."""
    _lower(os.getpid())
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


def _lower(pid):
    with suppress(OSError):
        if os.getpriority(os.PRIO_PROCESS, pid) < NICE:
            os.setpriority(os.PRIO_PROCESS, pid, NICE)
    # Debian's kernel weighs sessions against each other, and processes only within one.
    with suppress(OSError):
        if os.getsid(pid) == pid:
            Path(f"/proc/{pid}/autogroup").write_text(str(NICE))
