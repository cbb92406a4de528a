"""``./run bench [NAME …] [--households N]``: what is measured, each beside its floor.

A floor is the least that any program would have to do, measured in the same run: ratios can be
compared between machines, seconds cannot. Prints ``name ratio floor_s ours_s`` for each, and
writes the table to ``.run/benchmarks.md``.
"""

import argparse
import os
import sys
from pathlib import Path

import django

NAMES = ("review", "figures", "workbook", "lists", "quality")


def main():
    arguments = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    arguments.add_argument("names", nargs="*", default=[], help=", ".join((*NAMES, "import_csv")))
    arguments.add_argument("--households", type=int, default=200_000)
    arguments.add_argument("--rows", type=int, default=200_000, help="rows of import_csv")
    given = arguments.parse_args()
    names = given.names or [*NAMES, "import_csv"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertywatch.settings")
    lines = []
    if set(names) & set(NAMES):
        lines += _on_a_province(given, names)
    if "import_csv" in names:
        sys.argv = ["import_csv", "--rows", str(given.rows)]
        from benchmarks import import_csv

        import_csv.main()
    _write_table(lines)


def _on_a_province(given, names):
    os.environ["TEST_DATABASE_NAME"] = "bench_province"
    django.setup()
    from benchmarks import figures, lists, province, quality, review, workbook

    modules = {
        "review": review,
        "figures": figures,
        "workbook": workbook,
        "lists": lists,
        "quality": quality,
    }
    lines = []
    with province.of(given.households):
        for name in NAMES:
            if name in names:
                for line in modules[name].measure():
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
