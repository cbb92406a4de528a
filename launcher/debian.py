"""What only the operating system has. Nothing of the core needs it; what does says so."""

import os
import shutil
import subprocess
import time

from launcher.processes import output
from launcher.state import folder, is_stamped, say, stamp

# package: what waits for it
PACKAGES = {
    "chromium": "tests in a browser",
    "fonts-noto-cjk": "Chinese letters in screenshots and PDF",
    "libpango-1.0-0": "PDF",
    "libpangoft2-1.0-0": "PDF",
    "libharfbuzz-subset0": "PDF",
    "gettext": "the check of the translations",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# One file or program shows that a package is there, also where there is no dpkg.
PROGRAMS = {"chromium": BROWSERS, "gettext": ("msgfmt",)}


def missing():
    return [name for name in PACKAGES if not is_there(name)]


def is_there(package):
    programs = PROGRAMS.get(package, ())
    if any(shutil.which(program) for program in programs):
        return True
    if package == "fonts-noto-cjk" and "Noto" in output(["fc-list", ":lang=zh-cn", "family"]):
        return True
    state = output(["dpkg-query", "-W", "-f", "${db:Status-Status}", package])
    return state == "installed"


def ensure_packages():
    """Tries once a day; a machine without them still runs, only less of it."""
    lacking = missing()
    if not lacking:
        return
    today = f"{time.strftime('%Y-%m-%d')} {' '.join(lacking)}"
    if can_install() and not is_stamped("apt", today):
        say(f"Installing with apt-get: {', '.join(lacking)}.")
        install(lacking)
        lacking = missing()
        stamp("apt", f"{time.strftime('%Y-%m-%d')} {' '.join(lacking)}")
    if lacking:
        say(tell_missing(lacking))


def tell_missing(lacking):
    waiting = dict.fromkeys(PACKAGES[name] for name in lacking)
    return f"Not on this machine: {', '.join(lacking)}. Waiting for it: {', '.join(waiting)}."


def install_venv_module():
    if can_install():
        say("Installing python3-venv with apt-get.")
        install(["python3-venv"])


def can_install():
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages):
    """At once with the lists of packages that are there; after fetching them if that fails."""
    if not apt_get("install", "-y", "--no-install-recommends", *packages):
        apt_get("update")
        if not apt_get("install", "-y", "--no-install-recommends", *packages):
            for package in packages:  # one that is unknown here must not keep out the others
                apt_get("install", "-y", "--no-install-recommends", package)


def apt_get(*arguments):
    patience = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=2"]
    with (folder("log") / "apt.log").open("ab") as log:
        done = subprocess.run(
            ["apt-get", "-q", *patience, *arguments],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )  # fmt: skip
    return done.returncode == 0
