"""When a division's code is given up, households and posts follow, and the history stays."""

from datetime import date

from accounts.models import Division, Post
from accounts.successors import move_posts
from households.models import Household, HouseholdPast
from households.successors import follow_successors
from tests.cast import NOW

DAY = date(2020, 6, 20)


def given_up(cast, old, new, on=DAY):
    Division.objects.filter(pk=cast.divisions[old].pk).update(
        valid_to=on, successor=cast.divisions[new]
    )


def follow(on=date(2020, 6, 30)):
    return follow_successors(on=on, by=None, at=NOW)


OLD, NEW = "341524105207", "341525100201"  # from one county to the next


def test_a_household_moves_with_its_village_and_its_past_is_kept(cast):
    household = cast.household(OLD)
    given_up(cast, OLD, NEW)
    assert follow() == (1, [])
    moved = Household.objects.get()
    assert [moved.village.code, moved.county.code] == [NEW, "341525000000"]
    assert (moved.since, moved.origin, moved.version) == (DAY, "code_change", 2)
    past = HouseholdPast.objects.get(household=household)
    assert (past.village.code, past.since, past.until) == (OLD, household.since, DAY)
    assert past.origin == "import" and past.head_name == household.head_name


def test_following_twice_moves_nothing_again(cast):
    cast.household(OLD)
    given_up(cast, OLD, NEW)
    follow()
    assert follow() == (0, [])
    assert HouseholdPast.objects.count() == 1


def test_nobody_moves_before_the_day(cast):
    cast.household(OLD)
    given_up(cast, OLD, NEW)
    assert follow(on=date(2020, 6, 19)) == (0, [])


def test_where_only_the_county_changed_the_village_stays(cast):
    cast.household(OLD)
    given_up(cast, "341524000000", "341525000000")
    follow()
    moved = Household.objects.get()
    assert (moved.county.code, moved.village.code) == ("341525000000", OLD)


def test_codes_that_changed_twice_lead_to_the_last(cast):
    cast.household("341524105201")
    given_up(cast, "341524105201", OLD)
    given_up(cast, OLD, NEW, on=date(2020, 6, 25))
    assert follow() == (1, [])
    assert Household.objects.get().village.code == NEW


def test_a_number_taken_in_the_new_county_is_told_and_stays(cast):
    cast.household(OLD, number="0001")
    cast.household(NEW, number="0001")
    other = cast.household(OLD, number="0002")
    given_up(cast, OLD, NEW)
    assert follow() == (1, ["0001"])
    assert Household.objects.get(pk=other.pk).village.code == NEW
    assert Household.objects.filter(village__code=OLD).count() == 1


def test_a_household_known_only_later_moves_on_the_day_it_is_known(cast):
    household = cast.household(OLD, since=date(2020, 6, 25))
    given_up(cast, OLD, NEW)
    follow()
    household.refresh_from_db()
    assert household.since == date(2020, 6, 25)


def test_posts_end_and_go_on_in_the_successor(cast):
    post = cast.village
    given_up(cast, OLD, NEW)
    assert move_posts(on=date(2020, 6, 30)) == 1
    post.refresh_from_db()
    new = Post.objects.get(officer=post.officer, until=None)
    assert (post.until, new.since, new.division.code, new.role) == (DAY, DAY, NEW, "village")
    assert move_posts(on=date(2020, 6, 30)) == 0


def test_of_two_posts_that_become_one_one_goes_on(cast):
    post = cast.village
    second = "341524105201"
    Post.objects.create(
        officer=post.officer,
        role="village",
        division=cast.divisions[second],
        since=date(2020, 1, 1),
    )
    given_up(cast, OLD, NEW)
    given_up(cast, second, NEW)
    assert move_posts(on=date(2020, 6, 30)) == 2
    assert Post.objects.filter(officer=post.officer, until=None).count() == 1
