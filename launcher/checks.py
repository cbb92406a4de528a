"""./run check: everything that can be judged without running the tests."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

from launcher import preparing, services
from launcher.environment import PYTHON
from launcher.state import ROOT

MANAGE = [PYTHON, "manage.py"]
STEPS = {
    "style": [PYTHON, "-m", "ruff", "check", "."],
    "formatting": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "layers": [PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
    "templates": [PYTHON, "-m", "djlint", "templates", "--lint", "--quiet"],
    "Django": [*MANAGE, "check"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "API schema": [*MANAGE, "spectacular", "--validate", "--fail-on-warn", "--file", os.devnull],
    "translations": [PYTHON, "-m", "launcher.translations", "check"],
}
DOCS = [*MANAGE, "draw_docs", "--check"]


def check(_arguments):
    with services.in_use():
        env = preparing.surroundings(mode="test")
        failed = [name for name, fine in run_all(steps(), env) if not fine]
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nAll checks passed.", flush=True)
    return 1 if failed else 0


def steps():
    drawn = any(ROOT.glob("*/management/commands/draw_docs.py"))
    return {**STEPS, "docs drawn from code": DOCS} if drawn else STEPS


def run_all(steps, env):
    """Two at a time, told in order."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = {name: pool.submit(run_one, step, env) for name, step in steps.items()}
        for name, result in results.items():
            code, said, seconds = result.result()
            print(f"{'ok  ' if code == 0 else 'FAIL'}  {name} ({seconds:.1f} s)", flush=True)
            if code:
                print(said.rstrip(), flush=True)
            yield name, code == 0


def run_one(step, env):
    began = time.monotonic()
    done = subprocess.run(
        step, cwd=ROOT, env=env, text=True, errors="replace",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.returncode, done.stdout, time.monotonic() - began
