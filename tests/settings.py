"""The settings, and for each process of pytest-xdist ("gw0", "gw1" …) a broker database of its own.

pytest-django does the same for the database. What a test starts (a worker, a server) finds both
in its environment, and this may be read there again.
"""

import os
from urllib.parse import urlsplit

if lane := os.environ.get("PYTEST_XDIST_WORKER"):
    broker = urlsplit(os.environ.get("REDIS_URL", "redis://127.0.0.1:56379/0"))
    path = f"/{1 + int(lane.removeprefix('gw'))}"
    os.environ["REDIS_URL"] = broker._replace(path=path).geturl()

from povertywatch.settings import *  # noqa: E402, F403

# Tests make their scenes without requests; tests/accounts/test_menu.py tries what is kept.
MENU_COUNTS_SECONDS = 0
