import sys
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.acting import acting_as, open_posts
from accounts.models import Division, Officer
from households import importing
from households.models import ImportState
from households.national import errors_workbook


class Command(BaseCommand):
    help = (
        "Loads an export of the national system (.xlsx, .csv). Ends with 2 if none of it went in."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, write nothing"
        )
        parser.add_argument(
            "--errors", type=Path, metavar="OUT.xlsx", help="write the refused rows here"
        )
        parser.add_argument("--as", dest="username", help="the account in whose post it is loaded")
        parser.add_argument("--exported-on", type=date.fromisoformat, metavar="YYYY-MM-DD")

    def handle(self, *, file, dry_run, errors, username, exported_on, **options):
        if not file.is_file():
            raise CommandError(f"There is no file {file}.", returncode=2)
        post = self.post_of(username) if username else None
        at = timezone.now()
        with acting_as(post):
            with file.open("rb") as opened:
                imported = importing.keep_file(
                    file=opened,
                    name=file.name,
                    division=post.division if post else self.province(),
                    exported_on=exported_on,
                    by=post,
                    at=at,
                )
            act = {"progress": self.progress, "at": at}
            if dry_run:
                importing.check_import(imported, **act)
            else:
                importing.load_import(imported, by=post.officer if post else None, **act)
        if imported.state == ImportState.REFUSED:
            self.stderr.write(imported.problem)
            sys.exit(2)
        self.tell(imported)
        if errors and imported.counts["cells_refused"]:
            errors_workbook.write(imported, errors)
            self.stdout.write(_("Refused rows: %(path)s") % {"path": errors})
        if imported.counts["rows_refused"] == imported.counts["rows"]:
            self.stderr.write(_("No row could go in."))
            sys.exit(2)

    def post_of(self, username):
        officer = Officer.objects.filter(username=username).first()
        posts = (
            [post for post in open_posts(officer) if post.may("import_register")] if officer else []
        )
        if not posts:
            raise CommandError(
                f"{username} has no post that may load the national export.", returncode=2
            )
        return posts[0]

    def province(self):
        province = Division.objects.filter(level=1).order_by("code").first()
        if province is None:
            raise CommandError("There are no divisions yet: load_divisions first.", returncode=2)
        return province

    def progress(self, share, rows, stage):
        if self.stderr.isatty():
            self.stderr.write(f"\r{stage} {rows} ({share:.0%})", ending="")

    def tell(self, imported):
        counts = imported.counts
        self.stdout.write(
            _("%(rows)s rows of %(file)s, exported on %(day)s")
            % {"rows": counts["rows"], "file": imported.file_name, "day": imported.exported_on}
        )
        for name, words in (
            ("households", _("households")), ("members", _("members")), ("incomes", _("incomes")),
        ):  # fmt: skip
            found = counts[name]
            self.stdout.write(
                _("%(what)s: %(new)s new, %(changed)s changed, %(unchanged)s unchanged, "
                  "%(older)s older than what is known, %(refused)s refused")
                % {"what": words, **found}
            )  # fmt: skip
        self.stdout.write(
            _("refused: %(cells)s cells in %(rows)s rows; %(whole)s rows did not go in")
            % {
                "cells": counts["cells_refused"],
                "rows": counts["rows_marked"],
                "whole": counts["rows_refused"],
            }
        )
        for reason, number in sorted(counts["reasons"].items(), key=lambda pair: -pair[1]):
            self.stdout.write(f"  {number}  {reason}")
        if imported.dry_run:
            self.stdout.write(_("A dry run: nothing was written."))
