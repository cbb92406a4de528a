"""A county's relief fund and a township's emergency fund, with grants in every state."""

from datetime import timedelta
from decimal import Decimal

from accounts.demo import DEMO_VILLAGE
from assistance.funds.booking import deposit, open_fund
from assistance.funds.budgets import enter_budget
from assistance.funds.granting import apply_for_grant, refuse_grant, sign_grant, withdraw_grant
from assistance.funds.paying import pay_grant, reverse_grant
from assistance.funds.urgent import file_relief, relieve_at_once
from assistance.models import Fund
from households.models import Household

# Source, from whom, yuan, paper, days ago.
COUNTY_DEPOSITS = (
    ("social", "县茶叶行业协会", 60000, "捐收字001号", 150),
    ("social", "县工商联会员企业", 85000, "捐收字007号", 96),
    ("collective", "汤家汇镇各村集体经济组织", 40000, "村集字015号", 65),
)
TOWNSHIP_DEPOSITS = (
    ("collective", "豹迹岩村集体经济合作社", 12000, "村集字003号", 120),
    ("social", "在外乡友", 5000, "捐收字011号", 75),
)
BUDGETS = (("special", 8600000, "财农〔12〕号"), ("fiscal", 2400000, "财农〔15〕号"))
# Head, need, yuan, what for, days ago, and how far it came.
GRANTS = (
    ("汪秀兰", "illness", 2800, "丈夫透析自付费用", 60, "paid"),
    ("徐本", "illness", 6800, "妻子手术自付 18,600 元", 34, "paid"),
    ("吴道明", "living", 1500, "园区复工推迟，家中断收入", 30, "reversed"),
    ("漆仲华", "water", 1600, "接入自来水管网", 12, "approved"),
    ("胡长贵", "housing", 4800, "集镇租房安置", 9, "township"),
    ("汪秀兰", "illness", 1200, "住院护理", 2, "applied"),
    ("徐本", "schooling", 900, "学费已由教育资助解决", 20, "refused"),
    ("吴道明", "living", 800, "与上次重复", 15, "withdrawn"),
)


def make_funds(posts, *, today, at):
    """``posts``: those of the demo by the officer's username."""
    if Fund.objects.exists():
        return
    county, township = posts["county"], posts["township"]
    opened = today - timedelta(days=200)
    said = {"on": opened, "at": at}
    fund = open_fund(division=county.division, name="金寨县防贫救助基金", by=county, **said)
    place = township.division
    small = open_fund(division=place, name=f"{place.name}救急救难基金", by=township, **said)
    for kept, by, rows in ((fund, county, COUNTY_DEPOSITS), (small, township, TOWNSHIP_DEPOSITS)):
        for source, donor, yuan, paper, ago in rows:
            day = today - timedelta(days=ago)
            deposit(kept, source=source, donor=donor, amount=Decimal(yuan), paper=paper, on=day,
                    by=by, at=at - timedelta(days=ago))  # fmt: skip
    homes = Household.objects.filter(village__code=DEMO_VILLAGE, number__startswith="SYN3415249")
    homes = {home.head_name: home for home in homes.select_related("county", "village")}
    for head, need, yuan, words, ago, came in GRANTS:
        _grant(posts, homes[head], fund, need, Decimal(yuan), words, at - timedelta(days=ago), came)
    _relief(posts, small, homes, at)
    for source, yuan, paper in BUDGETS:
        enter_budget(year=today.year, source=source, amount=Decimal(yuan), paper=paper, by=county,
                     at=at)  # fmt: skip


def _grant(posts, home, fund, need, yuan, words, at, came):
    grant = apply_for_grant(
        home, fund=fund, amount=yuan, need=need, words=words, by=posts["village3"], at=at
    )[0]
    said = {"at": at + timedelta(hours=5)}
    if came == "refused":
        refuse_grant(grant, because=words, seen_version=1, by=posts["village2"], **said)
        return
    if came == "withdrawn":
        withdraw_grant(grant, because=words, seen_version=1, by=posts["village3"], **said)
        return
    signers = [] if came == "applied" else ["village2", "township", "county2"]
    signers = signers[: 1 if came == "township" else 3 if grant.large else 2]
    for name in signers:
        grant = sign_grant(grant, seen_version=grant.version, by=posts[name], **said)
    if came in ("paid", "reversed"):
        grant = pay_grant(grant, by=posts["county"], at=at + timedelta(hours=6))
    if came == "reversed":
        reverse_grant(
            grant, because="账号有误，银行退回", seen_version=grant.version, by=posts["county"],
            at=at + timedelta(days=2),
        )  # fmt: skip


def _relief(posts, fund, homes, at):
    """One filed, one still to be filed."""
    by = posts["township2"]
    for head, need, yuan, words, ago, filed in (
        ("胡长贵", "disaster", 1500, "滑坡当日转移安置", 70, True),
        ("徐本", "accident", 1000, "摔伤送医，家中无现金", 9, False),
    ):
        given_at = at - timedelta(days=ago)
        grant, _new = relieve_at_once(
            homes[head], fund=fund, amount=Decimal(yuan), need=need, words=words, by=by,
            at=given_at,
        )  # fmt: skip
        if filed:
            file_relief(
                grant, paper="汤救备3号", seen_version=grant.version, by=by,
                at=given_at + timedelta(days=6),
            )  # fmt: skip
