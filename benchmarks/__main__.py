"""``./run bench [NAME …] [--households N]``: what is measured, each beside its floor.

A floor is the least that any program would have to do, measured in the same run: ratios can be
compared between machines, seconds cannot. Prints ``name ratio floor_s ours_s`` for each, and
writes the table to ``.run/benchmarks.md``.
"""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

import django

# On one made-up province, in this order: people at work write to it.
NAMES = ("review", "figures", "workbook", "lists", "ledgers", "quality", "comparison", "people")
# Each in a database of its own, with the option that says how much.
APART = {"import_csv": "rows", "feed": "rows", "population": "households"}


def main():
    arguments = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    every = [*NAMES, *APART]
    arguments.add_argument("names", nargs="*", default=every, help=", ".join(every))
    arguments.add_argument("--households", type=int, default=200_000)
    arguments.add_argument("--rows", type=int, default=200_000, help="of a file that is loaded")
    given = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertywatch.settings")
    lines = []
    if set(given.names) & set(NAMES):
        lines += _on_a_province(given)
    for name, option in APART.items():
        if name in given.names:
            sys.argv = [name, f"--{option}", str(getattr(given, option))]
            lines += import_module(f"benchmarks.{name}").main()
    _write_table(lines)


def _on_a_province(given):
    os.environ["TEST_DATABASE_NAME"] = "bench_province"
    django.setup()
    from benchmarks import province

    lines = []
    with province.of(given.households):
        for name in NAMES:
            if name in given.names:
                for line in import_module(f"benchmarks.{name}").measure():
                    print("{} {:.1f} {:.3f} {:.3f}".format(*line), flush=True)
                    lines.append(line)
    return lines


def _write_table(lines):
    from django.conf import settings

    rows = ["| what | ratio | floor, s | ours, s |", "| --- | --- | --- | --- |"]
    rows += ["| {} | {:.1f} | {:.3f} | {:.3f} |".format(*line) for line in lines]
    path = Path(settings.BASE_DIR) / ".run" / "benchmarks.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
