import time
from datetime import date, timedelta

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from households.population.making import NoVillages, make_population


class Command(BaseCommand):
    help = "Makes believable, clearly synthetic households, the same ones for the same seed."

    def add_arguments(self, parser):
        parser.add_argument("--households", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--division", default="34", help="first digits of a code, 3415")
        parser.add_argument("--months", type=int, default=2, help="months of change and visits")
        parser.add_argument("--until", type=date.fromisoformat, help="default: last month's end")
        parser.add_argument("--visits", action="store_true", default=True, help="the default")
        parser.add_argument("--clean", action="store_true", help="no faults of the data in it")
        parser.add_argument("--no-visits", action="store_false", dest="visits")

    def handle(self, *, households, seed, division, months, until, visits, clean, **options):
        if households < 1 or not 1 <= months <= 60:
            raise CommandError("Wanted: at least one household, and 1 to 60 months.")
        until = until or timezone.localdate().replace(day=1) - timedelta(days=1)
        began = time.monotonic()
        try:
            counts = make_population(
                households=households,
                seed=seed,
                until=until,
                division=division.rstrip("0") if len(division) == 12 else division,
                months=months,
                visits=visits,
                clean=clean,
            )
        except NoVillages as nowhere:
            raise CommandError(f"{nowhere} Run load_divisions first.") from None
        seconds = time.monotonic() - began
        rows = ", ".join(f"{name} {count}" for name, count in counts.items() if count)
        self.stdout.write(f"{rows}; {seconds:.1f} s, {households / seconds:.0f} households/s")
