from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.demo_officers import make_demo_deputy, make_demo_officers
from accounts.loading import SHIPPED, load_divisions
from accounts.models import Division, Officer
from assistance.demo import make_measures
from assistance.demo_plans import make_plans
from assistance.funds.demo import make_funds
from assistance.insurance.demo import make_insurance
from assistance.points.demo import make_points
from assistance.projects.demo import make_projects
from assistance.social.demo import make_social
from duties.demo import make_tasks
from feeds.demo import make_feeds
from households.demo.register import make_register
from households.population.months import month_of
from monitoring.clues.demo import make_clues
from monitoring.comparison.running import compare
from monitoring.demo import make_cases, strangers
from monitoring.demo_campaigns import make_campaigns
from monitoring.demo_round import make_round
from monitoring.models import Run
from monitoring.policy.parameters import figures_on, set_parameter
from monitoring.review import review_month
from reports.bulletin.acts import compose
from reports.figures.rolling import roll_up

DEMO_LINE = Decimal(5000)
DEMO_AVERAGE = Decimal(16000)
AVERAGE_REASON = "演示数值，不是公布的平均水平"
LINE_REASON = "演示数值：沿用2020年的标准，不是公布的标准"


class Command(BaseCommand):
    help = "Loads the demo once: divisions, officers, households, visits and reviews."

    def handle(self, **options):
        if settings.MODE == "production":
            raise CommandError(_("The demo does not belong into production."))
        if Officer.objects.filter(username="village").exists():
            self.stdout.write(_("The demo is there already."))
            return
        with transaction.atomic():
            self.load(timezone.localdate(), timezone.now())

    def load(self, today, now):
        self.stdout.write(_("Loading the demo: divisions, officers, households, reviews."))
        load_divisions(SHIPPED.read_bytes())
        posts = make_demo_officers(since=month_of(today, 18))
        by_name = {post.officer.username: post for post in posts}
        cadre, province = by_name["village"], by_name["province"]
        people = [
            (post.officer.name, post.officer.phone.open(), post.officer)
            for post in (by_name["responsible"], by_name["two-posts"])
        ]
        make_register(today=today, people=people, by=cadre, at=now)
        make_measures(today=today, by=cadre, at=now)
        make_funds(by_name, today=today, at=now)
        make_projects(by_name, today=today, at=now)
        reviewed = months_since_last_quarter(today)
        months = [month_of(today, back) for back in range(reviewed, -1, -1)]
        self.enter_line(months, province, now)
        strangers(today=today)
        for back in range(reviewed, 0, -1):
            month = month_of(today, back)
            frozen_at = now - (today - month_of(today, back - 1)) + timedelta(minutes=5)
            run = review_month(province=province.division, month=month, by=None, at=frozen_at)
            self.stdout.write(f"{run}: {run.counts}")
        self.enter_average(province, now)
        make_cases(today=today)
        make_plans(today=today, village=cadre, township=by_name["township"], at=now)
        make_round(today=today, at=now)
        make_demo_deputy(by_name=by_name, today=today, at=now)
        make_tasks(today=today, by=by_name["township"], cadre=cadre, at=now)
        make_feeds(
            today=today,
            insurance=by_name["insurance"],
            civil_affairs=by_name["civil-affairs"],
            at=now,
        )
        make_clues(at=now)
        compare(province.division, at=now)
        make_campaigns(posts=by_name, today=today, at=now)
        make_social(by_name, at=now)
        make_points(by_name, today=today, at=now)
        make_insurance(by_name, today=today, at=now)
        self.tell(province.division, quarter=months[0], at=now)

    def tell(self, province, *, quarter, at):
        """When all is there: what the demo dates back is counted as if it had been there."""
        for run in Run.objects.frozen().regular().filter(province=province).order_by("month"):
            roll_up(run)
        compose(province=province, quarter=quarter, by=None, at=at)

    def enter_average(self, province, now):
        set_parameter(
            name="rural_average",
            territory=province.division,
            since=month_of(timezone.localdate(now)),
            value=DEMO_AVERAGE,
            because=AVERAGE_REASON,
            by=province,
            at=now,
        )

    def enter_line(self, months, province, now):
        """Where no line is published for a month, the demo enters one that says what it is."""
        counties = list(Division.objects.filter(level=3, province=province.division)[:1])
        for day in months:
            if figures_on(day, counties)[counties[0].id]["line"] is None:
                set_parameter(
                    name="line",
                    territory=province.division,
                    since=day,
                    value=DEMO_LINE,
                    because=LINE_REASON,
                    by=province,
                    at=now,
                )


def months_since_last_quarter(today):
    """How many months before this one the last whole quarter began: three to five."""
    return (today.month - 1) % 3 + 3
