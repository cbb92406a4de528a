from datetime import date

from django.core.management import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.successors import move_posts
from assistance.projects.successors import follow_places
from households.successors import follow_successors

SHOWN = 20


class Command(BaseCommand):
    help = "Moves households, assets, projects and posts out of divisions that were given up."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, help="default: today")

    def handle(self, *, on, **options):
        on, now = on or timezone.localdate(), timezone.now()
        with transaction.atomic():
            households, stuck = follow_successors(on=on, by=None, at=now)
            moved, villages = follow_places(on=on, at=now)
            posts = move_posts(on=on)
        words = _("%(households)s households and %(posts)s posts moved to the successor.")
        self.stdout.write(words % {"households": households, "posts": posts})
        words = _("%(assets)s assets, %(projects)s projects and %(books)s books moved along.")
        self.stdout.write(words % moved)
        if stuck:
            words = _("%(count)s stay, their number is taken in the new county: %(numbers)s")
            numbers = ", ".join(stuck[:SHOWN])
            self.stdout.write(words % {"count": len(stuck), "numbers": numbers})
        if villages:
            words = _("Books that stay, their village has no village for a successor: %(names)s")
            self.stdout.write(words % {"names": ", ".join(villages[:SHOWN])})
