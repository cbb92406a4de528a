"""What the tests of insurance begin with: a county's policy, a claim on any step of its way."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile

from assistance.insurance.claims import add_claim_paper, check_home, open_claim, submit_claim
from assistance.insurance.deciding import accept_claim, pay_claim
from assistance.insurance.policies import enter_policy
from assistance.insurance.reviewing import pass_on_claim
from assistance.models import Peril
from tests.cast import NOW, TODAY

COUNTY = "341524000000"
HAPPENED = date(2020, 6, 15)
FACTS = {
    "year": 2020,
    "number": "防贫2020-1",
    "insurer": "金寨县财产保险",
    "starts_on": date(2020, 1, 1),
    "ends_on": date(2020, 12, 31),
    "farm_population": 500_000,
    "persons": 50_000,
    "premium_per_head": Decimal(100),
    "city_percent": Decimal(30),
    "cap": Decimal(30_000),
    "perils": [peril for peril in Peril.values if peril != "business"],
    "words": "",
}


def policy_of(cast, **facts):
    by, at = facts.pop("by", None) or cast.county, facts.pop("at", NOW)
    return enter_policy(**(FACTS | facts), by=by, at=at)[0]


def opened(household, by, **facts):
    said = {"peril": "accident", "happened_on": HAPPENED, "words": "从屋顶摔下，县医院手术"}
    said |= {"loss": Decimal(18_600)} | facts
    return open_claim(household, **said, by=by, at=NOW)[0]


def with_bill(claim, by, kind="bill", content=b"%PDF-1.4 %%EOF"):
    file = ContentFile(content, name="bill.pdf")
    said = {"kind": kind, "file": file, "name": "住院发票.pdf", "digest": content.hex()[:64]}
    return add_claim_paper(claim, **said, by=by, at=NOW)[0]


def ready(household, by, **facts):
    """Opened, proved and checked: only to be sent."""
    claim = opened(household, by, **facts)
    with_bill(claim, by)
    return check_home(claim, on=TODAY, words="情况属实", seen_version=1, by=by, at=NOW)


def brought(cast, household, state, **facts):
    """A claim in ``state``: prepared, township, county, insurer, accepted or paid."""
    amount = facts.pop("amount", Decimal(12_000))
    claim = ready(household, cast.village, **facts)
    steps = [
        ("township", lambda c: submit_claim(c, seen_version=c.version, by=cast.village, at=NOW)),
        ("county", lambda c: pass_on_claim(c, seen_version=c.version, by=cast.township, at=NOW)),
        ("insurer", lambda c: pass_on_claim(c, seen_version=c.version, by=cast.county, at=NOW)),
        ("accepted", lambda c: accepted(cast, c, amount)),
        ("paid", lambda c: paid(cast, c)),
    ]
    for name, step in steps:
        if claim.state == state:
            break
        claim = step(claim)
        assert claim.state == name
    return claim


def accepted(cast, claim, amount=12_000, **said):
    said = {"on": TODAY, "paper": "核赔1号", "seen_version": claim.version} | said
    by = said.pop("by", None) or cast.county
    return accept_claim(claim, amount=Decimal(amount), **said, by=by, at=NOW)


def paid(cast, claim, **said):
    said = {"on": TODAY, "paper": "赔付1号", "seen_version": claim.version} | said
    by = said.pop("by", None) or cast.county
    return pay_claim(claim, **said, by=by, at=NOW)


def later(days):
    return NOW + timedelta(days=days)
