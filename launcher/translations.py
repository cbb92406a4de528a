"""Runs inside .venv (needs polib): compiles translations, and checks that none is missing.

python -m launcher.translations compile FILE...
python -m launcher.translations check
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", ".run", "node_modules", "__pycache__", "tests", "benchmarks", "docs"}


def main(arguments):
    if arguments[:1] == ["compile"]:
        for path in arguments[1:]:
            compile_one(Path(path))
        return 0
    problems = [problem for path in files() for problem in problems_of(path)]
    if not files():
        problems = ["locale/ holds no translation at all"]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def files():
    return sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))


def compile_one(path):
    """Under another name first: a web server may be reading the old one."""
    new = path.with_suffix(".mo.new")
    polib.pofile(str(path)).save_as_mofile(str(new))
    new.replace(path.with_suffix(".mo"))


def problems_of(path):
    """Missing, left over, unsure or empty: each by its English text."""
    name = path.relative_to(ROOT)
    if not shutil.which("xgettext"):
        yield f"{name}: cannot be checked without gettext (apt-get install gettext)"
        return
    entries = list(polib.pofile(str(path)))
    ours = {key(entry) for entry in entries if not entry.obsolete}
    wanted = {key(entry): entry for entry in found_in_code(path.stem)}
    for missing in sorted(wanted.keys() - ours):
        yield f"{name}: no translation of {missing[1]!r} ({places(wanted[missing])})"
    for entry in entries:
        if entry.obsolete or key(entry) not in wanted:
            yield f"{name}: {entry.msgid!r} is in no template or code any more"
        elif entry.fuzzy:
            yield f"{name}: {entry.msgid!r} is marked fuzzy"
        elif not entry.translated():
            yield f"{name}: {entry.msgid!r} is not translated"
    done = subprocess.run(
        ["msgfmt", "--check-format", "-o", "/dev/null", path], capture_output=True, text=True
    )
    if done.returncode:
        yield done.stderr.strip()


def key(entry):
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def places(entry):
    return ", ".join(f"{path}:{line}" for path, line in entry.occurrences[:2])


def found_in_code(domain):
    """What ``makemessages`` finds in a copy, so that the files here stay as they are."""
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "copy"
        shutil.copytree(ROOT, copy, symlinks=True, ignore=ignored)
        (copy / "locale" / "zh_Hans").mkdir(parents=True)
        subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "--locale", "zh_Hans", "--keep-pot",
             "--domain", domain, "--verbosity", "0"],
            cwd=copy, check=True, env=without_settings(),
        )  # fmt: skip
        template = copy / "locale" / f"{domain}.pot"
        return list(polib.pofile(str(template))) if template.exists() else []


def ignored(folder, names):
    return {name for name in names if name in NOT_OURS or name == "locale"}


def without_settings():
    return {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
