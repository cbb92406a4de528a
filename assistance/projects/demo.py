"""Assets in every state, a collective with books, leases, and the store of a county."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.demo import DEMO_VILLAGE
from accounts.models import Division
from assistance.models import Asset
from assistance.projects.assets import ask_write_off, register_asset
from assistance.projects.collective import earn, use
from assistance.projects.helping import name_households
from assistance.projects.leases import follow_rents, make_lease
from assistance.projects.store import adjust_out, finish, pass_on, propose, start
from assistance.projects.upkeep import ask_repair, inspect, note_upkeep
from households.models import Household

NEXT_VILLAGE = "341524105201"
# Name, kind, what it serves, where, years ago, money by source, keeper and its name.
ASSETS = (
    ("村级光伏电站（60千瓦）", "plant", "productive", "村部屋顶和后山", 4,
     {"special": 320000, "social": 60000}, "village", "豹迹岩村村委会"),
    ("茶叶加工扶贫车间", "workshop", "productive", "汤家汇镇豹迹岩村大湾组", 3,
     {"special": 450000}, "cooperative", "豹迹岩茶叶专业合作社"),
    ("村内饮水管网", "water", "public", "三个村民组", 5,
     {"fiscal": 680000}, "village", "豹迹岩村村委会"),
    ("黑毛猪养殖圈舍", "farm", "productive", "河西组", 6,
     {"special": 150000}, "village", "豹迹岩村村委会"),
    ("通组公路便民桥", "road", "public", "大湾组河口", 2,
     {"fiscal": 260000, "collective": 10000}, "village", "豹迹岩村村委会"),
)  # fmt: skip
INCOMES = (
    ("power", 22600, "国网金寨供电公司", "电费结算01", 150),
    ("power", 19800, "国网金寨供电公司", "电费结算02", 60),
    ("service", 3200, "徽商茶业公司", "收字012号", 45),
    ("subsidy", 20000, "金寨县财政局", "补字004号", 90),
)
USES = (
    ("reserve", 8000, "留作扩大再生产", 40),
    ("posts", 12000, "保洁员、护路员岗位补贴", 35),
    ("works", 6500, "修补大湾组水沟", 25),
)
# Name, kind, what, how it helps, priority, money, how far it came.
PROJECTS = (
    ("高山茶园低产改造", "industry", "改造茶园 220 亩，配套作业道", "入股分红和采茶务工",
     "income", {"special": 380000, "social": 40000}, "started"),
    ("村卫生室防疫物资储备间", "services", "改建储备间一间", "保障全村防疫物资",
     "control", {"fiscal": 45000}, "in_store"),
    ("扶贫车间二期", "employment", "增建加工车间 300 平方米", "新增二十个就业岗位",
     "illness", {"special": 290000}, "reviewed"),
    ("河西组灌溉水渠", "roads", "衬砌水渠 1.2 公里", "改善七十户灌溉", "", {"fiscal": 120000},
     "proposed"),
    ("村部光伏增容", "industry", "增容 40 千瓦", "增加集体收入", "", {"special": 210000},
     "finished"),
    ("民宿示范点", "industry", "改造闲置房屋四栋", "带动旅游就业", "", {"social": 160000}, "out"),
)  # fmt: skip


def make_projects(posts, *, today, at):
    """``posts``: those of the demo by the officer's username."""
    if Asset.objects.exists():
        return
    village = Division.objects.get(code=DEMO_VILLAGE)
    assets = [_asset(posts, village, row, today, at) for row in ASSETS]
    _looked_after(posts, assets, today, at)
    _books(posts, village, assets, today, at)
    _store(posts, village, today, at)
    follow_rents(at=at)


def _asset(posts, village, row, today, at):
    name, kind, nature, place, ago, money, keeper, keeper_name = row
    return register_asset(
        at_division=village, name=name, kind=kind, nature=nature, place=place,
        built_year=today.year - ago, owner="collective", owner_name="豹迹岩村集体经济合作社",
        keeper=keeper, keeper_name=keeper_name, supervisor="汤家汇镇扶贫办", use="in_use",
        upkeep=Decimal(3000), upkeep_source="collective",
        money={source: Decimal(yuan) for source, yuan in money.items()},
        by=posts["township"], at=at - timedelta(days=120),
    )[0]  # fmt: skip


def _looked_after(posts, assets, today, at):
    plant, workshop, water, sty, bridge = assets
    for asset, ago, found, words in (
        (plant, 30, "in_use", "组件完好，本月发电正常"),
        (workshop, 22, "in_use", "设备运转正常，用工十四人"),
        (water, 18, "in_use", "水压正常，水质已检测"),
        (sty, 15, "idle", "无人承包，圈舍闲置"),
    ):
        said = {"on": today - timedelta(days=ago), "words": words, "found": found}
        inspect(asset, **said, by=posts["village"], at=at - timedelta(days=ago))
    ask_repair(
        bridge, words="桥台护坡被冲毁一处", days=20, by=posts["county"],
        at=at - timedelta(days=12),
    )  # fmt: skip
    ask_write_off(
        sty, because="选址在生态红线内，多年无人承包", by=posts["village"],
        at=at - timedelta(days=5),
    )  # fmt: skip


def _books(posts, village, assets, today, at):
    by, cadre = posts["township"], posts["village"]
    lease, _new = make_lease(
        assets[1], lessee="徽春茶业有限公司", paper="租字2019-03号", rent=Decimal(24000),
        since=_day(today, 500), until=_day(today, -700), first_due_on=_day(today, 380),
        by=by, at=at - timedelta(days=100),
    )  # fmt: skip
    for rent in lease.rents.order_by("due_on")[:1]:
        earn(
            village, what="rent", amount=rent.amount, on=today - timedelta(days=80),
            party=lease.lessee, paper="收字021号", rent=rent, by=by, at=at - timedelta(days=80),
        )  # fmt: skip
    for what, yuan, party, paper, ago in INCOMES:
        earn(
            village, what=what, amount=Decimal(yuan), on=today - timedelta(days=ago), party=party,
            paper=paper, by=by, at=at - timedelta(days=ago),
        )  # fmt: skip
    for what, yuan, words, ago in USES:
        use(
            village, what=what, amount=Decimal(yuan), on=today - timedelta(days=ago),
            words=words, by=cadre, at=at - timedelta(days=ago),
        )  # fmt: skip
    home = Household.objects.filter(village=village, head_name="汪秀兰").first()
    use(
        village, what="aid", amount=Decimal(1500), on=today - timedelta(days=20),
        words="大病住院救助", household=home, by=cadre, at=at - timedelta(days=20),
    )  # fmt: skip
    note_upkeep(
        assets[0], on=today - timedelta(days=10), words="清洗组件，更换逆变器保险",
        amount=Decimal(1200), source="collective", by=cadre, at=at - timedelta(days=10),
    )  # fmt: skip
    beside = Division.objects.filter(parent=village.parent).exclude(pk=village.pk).first()
    if beside:
        earn(
            beside, what="business", amount=Decimal(31800), on=today - timedelta(days=70),
            party="村集体经济合作社", paper="收字002号", by=by, at=at - timedelta(days=70),
        )  # fmt: skip


def _day(today, ago):
    return date.fromordinal(today.toordinal() - ago)


def _store(posts, village, today, at):
    homes = Household.objects.filter(village=village, status="exited", exited_class="monitored")
    homes = list(homes.select_related("village").order_by("id")[:6])
    for n, (name, kind, words, benefit, priority, money, came) in enumerate(PROJECTS):
        when = at - timedelta(days=90 - 10 * n)
        project, _new = propose(
            at_division=village, name=name, kind=kind, year=today.year, words=words,
            benefit=benefit, priority=priority, by=posts["village"], at=when,
            money={source: Decimal(yuan) for source, yuan in money.items()},
        )  # fmt: skip
        name_households(project, households=homes[: 6 - n], by=posts["village"], at=when)
        _bring(project, came, posts, when)


def _bring(project, came, posts, when):
    def later(days):
        return when + timedelta(days=days)

    def on(days):
        return later(days).date()

    if came == "proposed":
        return
    project = pass_on(project, because="情况属实", by=posts["township"], at=later(2))
    if came == "reviewed":
        return
    project = pass_on(project, because="符合规划", by=posts["county"], at=later(5))
    if came in ("started", "finished"):
        project = start(project, on=on(9), by=posts["township"], at=later(10))
    if came == "finished":
        finish(project, on=on(25), by=posts["township"], at=later(26))
    if came == "out":
        adjust_out(project, because="房屋产权未理清，暂缓实施", by=posts["county"], at=later(20))
