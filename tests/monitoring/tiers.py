"""Tier rounds in tests: a round of the cast's county in April 2020, and its officers."""

from datetime import date, datetime

from monitoring.models import TierLine, TierRound
from monitoring.tiers.acts import Chosen, decide, suggest
from monitoring.tiers.rounds import open_tier_rounds
from tests.cast import SHANGHAI
from tests.monitoring.chains import visit

APRIL = date(2020, 4, 1)
AT = datetime(2020, 4, 20, 9, 0, tzinfo=SHANGHAI)
VISITED = date(2020, 4, 18)
EARLY = {"since": date(2020, 1, 5), "tier": "blue"}


def home(cast, code="341524105207", visited=VISITED, **facts):
    made = cast.household(code, **(EARLY | facts))
    if visited:
        visit(cast, made, on=visited)
    return made


def opened(cast, at=AT, by=None):
    open_tier_rounds(division=cast.county.division, month=APRIL, by=by, at=at)
    return TierRound.objects.get(county=cast.county.division, month=APRIL)


def line_of(household):
    return TierLine.objects.get(household=household)


def judged(line, tier):
    """As if the month's review had judged the household so."""
    TierLine.objects.filter(pk=line.pk).update(analysis=tier)


def suggested(cast, household, tier, by=None, words="", at=AT):
    line = line_of(household)
    chosen = Chosen(line.id, line.version, tier, words)
    done = suggest(line.round, [chosen], by=by or cast.village, at=at)
    return done.refused.get(line.id, "")


def decided(cast, household, by, act="pass", words="", at=AT):
    line = line_of(household)
    chosen = Chosen(line.id, line.version, words=words, act=act)
    return decide(line.round, [chosen], by=by, at=at).refused.get(line.id, "")


def to_review(cast, household, tier):
    assert suggested(cast, household, tier) == ""


def to_file(cast, household, tier, words="入户核实"):
    to_review(cast, household, tier)
    assert decided(cast, household, cast.township, words=words) == ""


def filed(cast, household, tier):
    to_file(cast, household, tier)
    assert decided(cast, household, cast.county) == ""
