"""Two officers at once: never more promised than needed or offered, never more delivered than was
promised; points never below nothing, the shop never gives what it has not."""

from decimal import Decimal

import pytest
from django.db.models import Sum

from accounts.refusals import Refused
from assistance.models import (
    Measure,
    PointAccount,
    ShopGood,
    SocialDelivery,
    SocialMatch,
    SocialNeed,
    SocialOffer,
)
from assistance.points.booking import books_agree, earn, spend
from assistance.social.matching import deliver, give_up, match
from tests.assistance.helping import accepted, good_of, matched, published, rule_of
from tests.assistance.test_funds_at_once import each_at_once
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def tried(act):
    def once(what):
        try:
            return bool(act(what))
        except Refused:
            return False

    return once


def total(rows, field):
    return rows.aggregate(total=Sum(field))["total"] or 0


def test_matched_from_both_sides_no_more_than_there_is(cast):
    """Four needs of 5 and four offers of 4: each pair tried twice at once, a piece at a time."""
    officers = [cast.township, cast.county]
    needs = [published(cast, amount=5) for _n in range(4)]
    offers = [accepted(cast, amount=4) for _n in range(4)]
    pairs = [(need, given, by) for need in needs for given in offers for by in officers] * 2

    def act(pair):
        need, given, by = pair
        return match(need, given, amount=Decimal(1), by=by, at=NOW)

    answers = each_at_once(pairs, tried(act))
    assert answers.count(True) == SocialMatch.objects.count() == Measure.objects.count() == 16
    for row in [*SocialNeed.objects.all(), *SocialOffer.objects.all()]:
        assert row.promised == total(row.matches, "amount") <= row.amount
    assert total(SocialOffer.objects, "promised") == 16, "all that is offered, and no more"


def test_delivered_twice_at_once_and_given_up_meanwhile(cast):
    found = matched(cast, amount=6)

    def act(n):
        if n == 7:
            return give_up(found, because="不再送", by=cast.township, at=NOW)
        said = {"on": TODAY, "proof": f"收条{n}号", "by": cast.village, "at": NOW}
        return deliver(found, amount=Decimal(1), **said)[0]

    each_at_once(list(range(16)), tried(act))
    came = total(SocialDelivery.objects, "amount")
    for row in (SocialNeed.objects.get(), SocialOffer.objects.get(), SocialMatch.objects.get()):
        assert row.delivered == came <= 6
    assert SocialNeed.objects.get().promised == came, "what did not come is free again"
    assert Measure.objects.get().ended_on == TODAY


def test_points_spent_at_once_end_at_nothing(cast):
    home, good = cast.family(), good_of(cast, points=1, stock=12)
    earn(home, rule=rule_of(cast, points=10), on=TODAY, by=cast.village, at=NOW)
    officers = [cast.village, cast.township] * 12

    def act(by):
        return spend(home, good=good, count=1, on=TODAY, by=by, at=NOW)[0]

    assert each_at_once(officers, tried(act)).count(True) == 10
    assert (PointAccount.objects.get().balance, ShopGood.objects.get().stock) == (0, 2)
    assert books_agree(home)
