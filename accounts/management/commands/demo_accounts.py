from unicodedata import east_asian_width

from django.core.management import BaseCommand
from django.utils.translation import gettext as _

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from accounts.models import Post


class Command(BaseCommand):
    help = "Prints the accounts of the demo: who they are and what to try."

    def handle(self, **options):
        posts = Post.objects.filter(officer__username__in={row.username for row in DEMO_ACCOUNTS})
        places = {
            (post.officer.username, post.division.code): post.division
            for post in posts.select_related("officer", "division")
        }
        rows = [(_("Account"), _("Name"), _("Post"), _("Try this"))]
        for row in DEMO_ACCOUNTS:
            place = places.get((row.username, row.division_code))
            if place:
                rows.append((row.username, row.name, f"{place.name} {row.title}", str(row.hint)))
        if len(rows) == 1:
            self.stdout.write(_("There are no demo accounts yet: run load_demo."))
            return
        widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = zip(row, widths, strict=True)
            line = "  ".join(cell + " " * (width - _width(cell)) for cell, width in cells)
            self.stdout.write(line.rstrip())
        words = _("The password of all of them: %(password)s")
        self.stdout.write(words % {"password": DEMO_PASSWORD})


def _width(text):
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
