from datetime import date

from django.core.management import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.successors import move_posts
from households.successors import follow_successors

SHOWN = 20


class Command(BaseCommand):
    help = "Moves households and posts out of divisions whose codes were given up."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, help="default: today")

    def handle(self, *, on, **options):
        on = on or timezone.localdate()
        with transaction.atomic():
            households, stuck = follow_successors(on=on, by=None, at=timezone.now())
            posts = move_posts(on=on)
        words = _("%(households)s households and %(posts)s posts moved to the successor.")
        self.stdout.write(words % {"households": households, "posts": posts})
        if stuck:
            words = _("%(count)s stay, their number is taken in the new county: %(numbers)s")
            numbers = ", ".join(stuck[:SHOWN])
            self.stdout.write(words % {"count": len(stuck), "numbers": numbers})
