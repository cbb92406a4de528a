from django.core.management.base import BaseCommand
from django.utils import timezone

from monitoring.inbox.chasing import chase


class Command(BaseCommand):
    help = "Reminds of deadlines that come near, and tells the level above what is late."

    def handle(self, **options):
        chased = chase(at=timezone.now())
        self.stdout.write(f"reminded {chased.reminded}, told the level above {chased.escalated}")
