"""PostgreSQL and Valkey together: who uses them, and with which addresses."""

import contextlib
import os

from launcher.postgres import Postgres
from launcher.state import STATE, forget, lock, say
from launcher.valkey import Valkey


def wanted():
    """Those which the environment does not name already."""
    chosen = {}
    if not os.environ.get("DATABASE_URL"):
        chosen["DATABASE_URL"] = Postgres(STATE / "postgres")
    if not os.environ.get("REDIS_URL"):
        chosen["REDIS_URL"] = Valkey(STATE / "valkey")
    return chosen


def start():
    """Starts what is not running and returns the addresses."""
    addresses = {}
    for name, service in wanted().items():
        if isinstance(service, Postgres) and not service.data.exists():
            forget("database-*")
        service.start()
        addresses[name] = service.url
    return addresses


def stop():
    return [service.title for service in wanted().values() if service.stop()]


@contextlib.contextmanager
def in_use(*, leave_running=False):
    """While at least one ./run is inside, no other one stops the services; the last one out
    does, unless it shall leave them for the next call."""
    try:
        with lock("services", shared=True):
            yield
    finally:
        if not leave_running:
            stop_if_unused()


def stop_if_unused():
    with lock("services", wait=False) as alone:
        if alone:
            stop()
        elif any(service.running() for service in wanted().values()):
            say("The database stays up: another ./run is using it.")
