from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.division_file import DivisionFileRefused
from accounts.loading import SHIPPED, load_divisions

SHOWN = 50


class Command(BaseCommand):
    help = "Loads the divisions of a province; without FILE those of Anhui, which are shipped."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED)

    def handle(self, *, file, **options):
        try:
            counts = load_divisions(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except DivisionFileRefused as refusal:
            lines = [str(fault) for fault in refusal.faults[:SHOWN]]
            if len(refusal.faults) > SHOWN:
                more = len(refusal.faults) - SHOWN
                lines.append(_("and %(more)s more") % {"more": more})
            head = _("Nothing was loaded, the file has faults:")
            raise CommandError("\n".join([head, *lines])) from None
        words = _("Divisions: %(new)s new, %(changed)s changed, %(unchanged)s as they were.")
        self.stdout.write(words % counts)
