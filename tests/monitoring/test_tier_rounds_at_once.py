"""Two officers at one line at the same moment: one effect, and the other reads what happened."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.refusals import Refused
from households.models import HouseholdPast
from monitoring.models import Case, TierAct
from monitoring.tiers.acts import Chosen, decide, suggest
from tests.monitoring import chains
from tests.monitoring.tiers import AT, home, line_of, opened, to_file, to_review

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


def at_once(*acts):
    """Runs each act in a thread of its own; returns what came of each, a refusal included."""
    barrier, results = Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait()
            results[place] = act()
        except Refused as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_of_a_village_suggest_differently(cast):
    other = cast.post("village", "341524105207")
    both = cast.village, other
    for _n in range(ROUNDS):
        household = home(cast)
        made = opened(cast)
        line = line_of(household)
        results = at_once(
            *(
                lambda by=by, tier=tier: suggest(
                    made, [Chosen(line.id, line.version, tier)], by=by, at=AT
                )
                for by, tier in zip(both, ("red", "blue"), strict=True)
            )
        )
        assert sorted(len(done.moved) for done in results) == [0, 1]
        loser = next(done for done in results if not done.moved)
        assert loser.refused[line.id]
        assert TierAct.objects.filter(line=line).count() == 1


def test_filing_against_returning_and_filing_twice(cast):
    other = cast.post("county", "341524000000")
    for back in ("return", "pass"):
        for _n in range(ROUNDS):
            household = home(cast)
            made = opened(cast)
            to_file(cast, household, "yellow")
            line = line_of(household)
            results = at_once(
                lambda: decide(made, [Chosen(line.id, line.version)], by=cast.county, at=AT),
                lambda: decide(
                    made, [Chosen(line.id, line.version, words="复核", act=back)], by=other, at=AT
                ),
            )
            assert sorted(len(done.moved) for done in results) == [0, 1]
            filed = line_of(household).state == "done"
            assert HouseholdPast.objects.filter(household=household).count() == filed
            household.refresh_from_db()
            assert household.tier == ("yellow" if filed else "blue")


def test_a_case_is_opened_while_the_village_suggests(cast):
    for _n in range(ROUNDS):
        household = home(cast)
        made = opened(cast)
        line = line_of(household)
        at_once(
            lambda: suggest(made, [Chosen(line.id, 1, "yellow")], by=cast.village, at=AT),
            lambda: chains.opened(cast, "tier", household=household, by=cast.village, at=AT),
        )
        under_way = line_of(household).state == "review"
        assert Case.objects.filter(household=household).exists() is not under_way


def test_the_village_changes_its_mind_while_the_township_reviews(cast):
    for _n in range(ROUNDS):
        household = home(cast)
        made = opened(cast)
        to_review(cast, household, "yellow")
        line = line_of(household)
        at_once(
            lambda: suggest(made, [Chosen(line.id, line.version, "red")], by=cast.village, at=AT),
            lambda: decide(made, [Chosen(line.id, line.version)], by=cast.township, at=AT),
        )
        line = line_of(household)
        assert (line.state, line.suggested) in (("review", "red"), ("file", "yellow"))
