"""PostgreSQL refuses to run as root. These are the ways round it, none of which changes the
rights of any folder outside ``.run`` or makes a user."""

import os
import pwd
import shutil
from pathlib import Path

from launcher.processes import works

# Root of this machine appears as an ordinary user inside; files go on belonging to root.
OWN_NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]


def another_user(uid):
    """Where namespaces are off (most containers): another user, who may still pass through
    folders of root, as the clone may lie in root's home."""
    gid = pwd.getpwuid(uid).pw_gid
    plain = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups"]
    # The last one: else access(2) goes by the user alone, and initdb asks by it.
    passing = [*plain, "--inh-caps=+dac_override", "--ambient-caps=+dac_override",
               "--securebits=+no_setuid_fixup"]  # fmt: skip
    return passing if works([*passing, "true"]) else plain


def ways():
    found = []
    if shutil.which("unshare") and works([*OWN_NAMESPACE, "true"]):
        found.append("namespace")
    if shutil.which("setpriv"):
        found.append("nobody")
    return found


def prefix(folder, way=None):
    """The words before a command that works on ``folder``, so that it does not run as root."""
    if os.geteuid() != 0:
        return []
    owner = Path(folder).stat().st_uid
    if owner != 0:
        return another_user(owner)
    way = way or next(iter(ways()), None)
    if way == "namespace":
        return OWN_NAMESPACE
    nobody = pwd.getpwnam("nobody")
    for path in [Path(folder), *Path(folder).rglob("*")]:
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    return another_user(nobody.pw_uid)
