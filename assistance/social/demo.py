"""Needs of the demo village in every state, offers of a company, an association and a person."""

from datetime import timedelta
from decimal import Decimal

from accounts.demo import DEMO_VILLAGE
from assistance.models import SocialNeed, SocialOffer
from assistance.social.matching import answer, deliver, match
from assistance.social.needs import note_need, publish_need
from assistance.social.offers import accept_offer, offer
from households.models import Household

# Head, what, how much, for the office, for everybody, days ago, published.
NEEDS = (
    ("汪秀兰", "money", 3000, "丈夫透析，每月往返交通和护理费用大",
     "家中有人长期透析，缺往返交通和护理费用", 60, True),
    ("徐本", "goods", 2, "两个孩子上网课，家里没有桌椅", "两个孩子学习，缺两套书桌椅", 45, True),
    ("吴道明", "work", 1, "园区复工推迟，想在家附近找一份工",
     "一名有技术的劳动力，求本地岗位一个", 30, True),
    ("漆仲华", "sale", 400, "今年茶叶卖不出去，还有四百斤", "一户茶农有优质绿茶待销", 14, True),
    ("胡长贵", "time", 4, "独居，盼有人每周来说说话", "", 3, False),
)  # fmt: skip
# Who, name, what, how much, words, days ago, checked, for the need of.
OFFERS = (
    ("organisation", "金寨县慈善协会", "money", 10000, "定向帮扶大病家庭", 58, True, "汪秀兰"),
    ("company", "六安市恒兴家具有限公司", "goods", 20, "学生书桌椅，可送货上门", 40, True, "徐本"),
    ("company", "金寨县光伏园区管理公司", "work", 3, "设备巡检员，月薪 3,200 元", 12, True, None),
    ("person", "陈女士", "sale", 50, "愿意长期购买茶叶", 2, False, "漆仲华"),
)  # fmt: skip


def make_social(posts, *, at):
    """``posts``: those of the demo by the officer's username."""
    if SocialNeed.objects.exists():
        return
    homes = Household.objects.filter(village__code=DEMO_VILLAGE, number__startswith="SYN3415249")
    homes = {home.head_name: home for home in homes.select_related("village__township")}
    needs = {head: _need(posts, homes[head], *said, at=at) for head, *said in NEEDS}
    for giver, name, kind, amount, words, ago, checked, head in OFFERS:
        when = at - timedelta(days=ago)
        given = {"giver": giver, "name": name, "kind": kind, "amount": Decimal(amount)}
        given |= {"words": words, "contact": "", "phone": "13800138000"}
        offer(division=posts["township"].division, need=needs.get(head), at=when, **given)
        made = SocialOffer.objects.order_by("-id").first()
        if checked:
            made = accept_offer(made, because="电话核实，资质已看", seen_version=1,
                                by=posts["township"], at=when + timedelta(hours=6))  # fmt: skip
            _match(posts, needs, made, head, when + timedelta(days=1))


def _need(posts, home, kind, amount, words, public, ago, published, *, at):
    when = at - timedelta(days=ago)
    said = {"words": words, "public_words": public, "agreed": True, "amount": Decimal(amount)}
    need, _new = note_need(home, kind=kind, **said, by=posts["village3"], at=when)
    if not published:
        return need
    by = posts["township"]
    said = {"public_words": public, "seen_version": 1}
    return publish_need(need, **said, by=by, at=when + timedelta(hours=8))


def _match(posts, needs, made, head, at):
    """The first is delivered and thanked for, the second half of it."""
    if head is None:
        return
    said = {"by": posts["township"], "at": at}
    need = needs[head]
    found, _new = match(need, made, amount=need.amount, **said)
    came = need.amount if head == "汪秀兰" else need.amount / 2
    later = at + timedelta(days=3)
    said = {"by": posts["village3"], "at": later}
    deliver(found, amount=came, on=later.date(), proof="捐收字021号", **said)
    if head == "汪秀兰":
        words = {"result_words": "三个月的交通和护理有了着落", "thanks": "谢谢，家里心里踏实了"}
        answer(found, **words, by=posts["village3"], at=later + timedelta(days=2))
