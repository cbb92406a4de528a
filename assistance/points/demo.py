"""The charity shop of the demo township: rules, goods, points of a dozen households, a list."""

from datetime import timedelta

from accounts.demo import DEMO_VILLAGE
from accounts.models import Division
from assistance.models import PointRule
from assistance.points.booking import earn, spend
from assistance.points.forms import months_over
from assistance.points.posting import publish_list
from assistance.points.rules import add_good, set_rule
from households.models import Household

RULES = (
    ("庭院整洁，入户走访时评定", 10, 1),
    ("参加公益劳动半天", 8, None),
    ("参加扶贫夜校或技能培训一次", 5, None),
    ("孝老爱亲，获评当月典型", 20, 1),
)
GOODS = (("毛巾", 5, 60), ("洗衣液 2 kg", 15, 24), ("食用油 5 L", 40, 12), ("学生文具套装", 10, 30))


def make_points(posts, *, today, at):
    if PointRule.objects.exists():
        return
    said = {"by": posts["township"], "at": at - timedelta(days=100)}
    place = posts["township"].division
    rules = [
        set_rule(division=place, words=words, points=points, most=most,
                 since=today - timedelta(days=100), **said)
        for words, points, most in RULES
    ]  # fmt: skip
    goods = [add_good(division=place, name=n, points=p, stock=s, **said) for n, p, s in GOODS]
    village = Division.objects.get(code=DEMO_VILLAGE)
    homes = Household.objects.filter(village=village).exclude(status="general").order_by("id")[:12]
    by = posts["village3"]
    for n, home in enumerate(homes.select_related("village")):
        for ago in (48, 33, 18, 4):
            day, when = today - timedelta(days=ago), at - timedelta(days=ago)
            earn(home, rule=rules[1 + (n + ago) % 2], on=day, by=by, at=when)
        if n % 3 == 0:
            spend(home, good=goods[n % 2], count=1, on=today - timedelta(days=2), by=by, at=at)
    month = months_over(1)[0]
    publish_list(village=village, month=month, by=by, at=at)
