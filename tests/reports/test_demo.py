"""The demo: loaded once, alive today, with something to do for every role."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from accounts.models import Division, Officer, Post
from accounts.roles import ROLES
from duties.models import Task
from households.models import Household, HouseholdPast, Visit
from monitoring.models import RedFlag, Run, TierLine
from reports.management.commands.load_demo import months_since_last_quarter
from reports.models import Bulletin, Rollup


def posts_of(username):
    return Post.objects.of(Officer.objects.get(username=username)).open_on(timezone.localdate())


def seen_by(username):
    return Household.objects.visible_to(posts_of(username).first())


@pytest.mark.django_db
def test_the_demo_is_loaded_once_and_gives_every_role_something_to_do():
    call_command("load_demo", stdout=StringIO())
    today = timezone.localdate()

    assert {account.role for account in DEMO_ACCOUNTS} == set(ROLES)
    assert all(
        Officer.objects.get(username=account.username).check_password(DEMO_PASSWORD)
        for account in DEMO_ACCOUNTS[:2]
    )
    assert posts_of("two-posts").count() == 2
    assert (
        posts_of("township2").exclude(deputy_of=None).get().deputy_of.officer.username == "township"
    )
    states = set(
        TierLine.objects.visible_to(posts_of("township").first()).values_list("state", flat=True)
    )
    assert states >= {"submit", "review", "file"}, "a round with work on every desk"
    assert seen_by("village").filter(status="general").count() == 2, "they can be listed by hand"
    assert Division.objects.filter(level=5).count() == 18334

    assert seen_by("village").count() == 38
    assert 0 < seen_by("responsible").count() < 38
    assert seen_by("county").count() > 550 and seen_by("neighbour").count() == 150
    assert not seen_by("neighbour").filter(head_name="汪秀兰").exists()
    assert seen_by("city").count() == seen_by("county").count() + 150
    for department in ("education", "insurance", "water"):
        assert 0 < seen_by(department).count() < seen_by("county").count()
    assert not seen_by("administrator").exists()

    done = Visit.objects.filter(visited_on__gte=today.replace(day=1))
    assert done.exists() and not done.filter(visited_on__gt=today).exists()
    assert seen_by("village").filter(last_visited_on__lt=today - timedelta(days=31)).exists()
    assert HouseholdPast.objects.exists()

    runs = Run.objects.frozen().order_by("month")
    assert runs.count() == months_since_last_quarter(today)
    assert runs.last().as_of == today.replace(day=1) - timedelta(days=1)
    assert Bulletin.objects.get().figures["months"][0] == f"{runs.first().month}"
    assert Rollup.objects.filter(month=runs.last().month).exists()
    assert Task.objects.filter(kind="request").count() == 3
    flags = RedFlag.objects.filter(household__in=seen_by("village"))
    told = {flag.household.head_name: flag.ended_on for flag in flags}
    assert told["漆仲华"], "the water came and the flag ended"
    assert {name for name, ended in told.items() if not ended} >= {"汪秀兰", "胡长贵", "廖传贵"}

    before = (Household.objects.count(), Visit.objects.count(), RedFlag.objects.count())
    call_command("load_demo", stdout=StringIO())
    assert (Household.objects.count(), Visit.objects.count(), RedFlag.objects.count()) == before

    table = StringIO()
    call_command("demo_accounts", stdout=table)
    assert all(account.username in table.getvalue() for account in DEMO_ACCOUNTS)
    assert DEMO_PASSWORD in table.getvalue()


@pytest.mark.django_db
def test_no_demo_in_production(settings):
    settings.MODE = "production"
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert not Officer.objects.exists()


@pytest.mark.parametrize(("day", "back"), [((1, 31), 3), ((2, 1), 4), ((3, 9), 5), ((4, 1), 3)])
def test_the_demo_reaches_back_to_the_last_whole_quarter(day, back):
    assert months_since_last_quarter(date(2026, *day)) == back
