"""What the tests of assets, projects and collectives begin with."""

from datetime import date
from decimal import Decimal

from assistance.projects.assets import register_asset
from assistance.projects.collective import earn
from assistance.projects.leases import make_lease
from assistance.projects.store import pass_on, propose
from tests.cast import NOW, TODAY

PLACE = "341524105207"


def asset_of(cast, by=None, code=PLACE, money=None, **facts):
    said = {
        "name": "茶叶加工车间", "kind": "workshop", "nature": "productive",
        "place": "村部东侧", "built_year": 2019, "owner": "collective", "owner_name": "",
        "keeper": "village", "keeper_name": "豹迹岩村委会", "supervisor": "镇扶贫办",
        "use": "in_use",
    } | facts  # fmt: skip
    money = money or {"special": Decimal(300000), "social": Decimal(20000)}
    at = cast.divisions[code]
    return register_asset(at_division=at, money=money, by=by or cast.township, at=NOW, **said)[0]


def leased(cast, asset, **facts):
    said = {
        "lessee": "徽春茶业公司", "paper": "租2019-1", "since": date(2019, 6, 1),
        "until": date(2024, 5, 31), "rent": Decimal(12000), "first_due_on": date(2019, 6, 10),
    } | facts  # fmt: skip
    return make_lease(asset, by=cast.village, at=NOW, **said)[0]


def income(cast, amount, village=PLACE, by=None, **facts):
    said = {"what": "business", "on": TODAY, "party": "茶厂", "paper": "收1"} | facts
    village = cast.divisions[village]
    return earn(village, amount=Decimal(amount), by=by or cast.village, at=NOW, **said)[0]


def project_of(cast, by=None, code=PLACE, money=None, **facts):
    said = {
        "name": "茶园提升", "kind": "industry", "year": 2020, "words": "改造茶园一百亩",
        "benefit": "二十户入股分红", "priority": "",
    } | facts  # fmt: skip
    money = money or {"social": Decimal(50000)}
    at = cast.divisions[code]
    return propose(at_division=at, money=money, by=by or cast.village, at=NOW, **said)[0]


def stored(cast, **facts):
    """Proposed by the village, reviewed by the township, in the store."""
    project = project_of(cast, **facts)
    project = pass_on(project, by=cast.township, at=NOW)
    return pass_on(project, by=cast.county, at=NOW)
