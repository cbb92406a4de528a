"""What the tests of social help and points begin with."""

from datetime import timedelta
from decimal import Decimal

from accounts.receipts import new_receipt
from assistance.models import PointAccount, PointEntry, PointRule, SocialNeed, SocialOffer
from assistance.points.rules import add_good, set_rule
from assistance.social.matching import match
from assistance.social.needs import note_need, publish_need
from assistance.social.offers import accept_offer, offer
from tests.cast import NOW, TODAY

PUBLIC = "一户家庭的孩子上学需要一台学习桌"
LATER = NOW + timedelta(days=1)


def noted(cast, home=None, kind="goods", amount=10, by=None, at=NOW):
    home = home or cast.family()
    said = {"words": "汪小妹上学没有书桌", "agreed": True, "public_words": PUBLIC}
    amount = Decimal(amount)
    return note_need(home, kind=kind, amount=amount, **said, by=by or cast.village, at=at)[0]


def published(cast, home=None, **said):
    need = noted(cast, home, **said)
    at = said.get("at", NOW)
    return publish_need(need, public_words=PUBLIC, seen_version=1, by=cast.township, at=at)


def offered(cast, kind="goods", amount=10, division=None, need=None, at=NOW, **said):
    given = {"giver": "company", "name": "金寨茶业公司", "contact": "李经理", "words": "书桌"}
    phone = f"139{SocialOffer.objects.count():04d}5678"
    given |= {"phone": phone, "kind": kind, "amount": Decimal(amount)} | said
    offer(division=division or cast.township.division, need=need, at=at, **given)
    return SocialOffer.objects.order_by("-id").first()


def accepted(cast, **said):
    found = offered(cast, **said)
    return accept_offer(found, seen_version=1, by=cast.township, at=said.get("at", NOW))


def matched(cast, amount=10, **said):
    need = published(cast, amount=amount, **said)
    given = accepted(cast, amount=amount, kind=need.kind)
    said = {"by": cast.township, "at": said.get("at", NOW)}
    return match(need, given, amount=Decimal(amount), **said)[0]


def rule_of(cast, points=10, most=None, since=TODAY - timedelta(days=40), place=None):
    place = place or cast.village.division
    said = {"division": place, "words": "庭院整洁", "points": points, "most": most}
    return set_rule(**said, since=since, by=cast.township, at=NOW)


def good_of(cast, points=5, stock=10, place=None, name="毛巾"):
    place = place or cast.village.division
    return add_good(division=place, name=name, points=points, stock=stock, by=cast.township, at=NOW)


def in_ledgers(cast, home):
    """A need, an offer and points, as they stand in the ledgers; made without any act."""
    SocialNeed.objects.create(
        household=home, kind="goods", amount=2, words="缺书桌", agreed=True,
        recorded_by=cast.village, recorded_at=NOW,
    )  # fmt: skip
    SocialOffer.objects.create(
        division=cast.township.division, kind="goods", amount=2, giver="company", name="书桌厂",
        receipt=new_receipt(), made_at=NOW,
    )  # fmt: skip
    rule = PointRule.objects.first() or PointRule.objects.create(
        division=cast.village.division, words="庭院整洁", points=10, since=TODAY,
        set_by=cast.village, set_at=NOW,
    )  # fmt: skip
    PointAccount.objects.create(household=home, balance=10)
    PointEntry.objects.create(
        household=home, kind="earned", points=10, balance_after=10, rule=rule, words=rule.words,
        on=TODAY, recorded_by=cast.village, recorded_at=NOW,
    )  # fmt: skip
