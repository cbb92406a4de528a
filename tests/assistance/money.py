"""What the tests of funds begin with: a county's relief fund, officers, grants ready to be paid."""

from datetime import date
from decimal import Decimal

from assistance.funds.booking import deposit, open_fund
from assistance.funds.granting import apply_for_grant, sign_grant
from tests.cast import NOW, TODAY

VILLAGE, TOWNSHIP, COUNTY = "341524105207", "341524105000", "341524000000"


def fund_of(cast, cash=0, code=COUNTY, by=None, on=date(2020, 1, 2)):
    by = by or cast.county
    fund = open_fund(division=cast.divisions[code], name="救助基金", on=on, by=by, at=NOW)
    if cash:
        give(fund, by, cash)
    return fund


def give(fund, by, amount, **said):
    said = {"source": "social", "donor": "茶叶协会", "paper": "收字1号", "on": TODAY} | said
    return deposit(fund, amount=Decimal(amount), by=by, at=NOW, **said)[0]


def asked(household, fund, by, amount=500, **said):
    said = {"need": "illness", "words": "住院自付费用大"} | said
    amount = Decimal(amount)
    return apply_for_grant(household, fund=fund, amount=amount, by=by, at=NOW, **said)[0]


def approved(household, fund, cast, amount=500, **said):
    """Applied for by the assigned person, signed by village and township."""
    grant = asked(household, fund, cast.assigned, amount, **said)
    for post in (cast.village, cast.township, cast.county)[: 3 if grant.large else 2]:
        grant = sign_grant(grant, seen_version=grant.version, by=post, at=NOW)
    return grant


def in_charge(cast, **facts):
    return cast.household(in_charge=cast.assigned.officer, **facts)
