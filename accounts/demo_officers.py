"""Makes the officers and posts of the demo's table."""

from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from accounts.deputies import name_deputy
from accounts.models import Division, Officer, Post


@transaction.atomic
def make_demo_officers(*, since: date):
    """The posts of ``DEMO_ACCOUNTS`` in its order; made where they are missing."""
    hashed = make_password(DEMO_PASSWORD)
    posts = []
    for place, account in enumerate(DEMO_ACCOUNTS):
        officer, _made = Officer.objects.get_or_create(
            username=account.username,
            defaults={
                "name": account.name,
                "password": hashed,
                "phone": f"1000800{place:04d}",
            },
        )
        post, _made = Post.objects.get_or_create(
            officer=officer,
            role=account.role,
            division=Division.objects.get(code=account.division_code),
            department=account.department,
            defaults={"title": account.title, "since": since},
        )
        posts.append(post)
    return posts


def make_demo_deputy(*, by_name, today, at):
    """The second township officer stands in for the first, who is away for two weeks."""
    name_deputy(
        post=by_name["township"],
        officer=by_name["township2"].officer,
        since=today,
        until=today + timedelta(days=14),
        because="参加县里集中培训",
        by=by_name["township"],
        at=at,
    )
