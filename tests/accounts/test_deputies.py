"""Deputies: who may be named, by whom, for how long; what ends them; who stands behind an act."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.acting import open_posts
from accounts.deputies import end_deputy, name_deputy, persons_behind
from accounts.deputy_rules import MOST_DAYS
from accounts.models import AccountAct, Officer, Post
from accounts.officers import close_post, officers_of
from accounts.refusals import Refused
from accounts.successors import move_posts
from accounts.tokens import issue_token
from households.models import Household
from tests.cast import NOW, TODAY

VILLAGE, TOWNSHIP, COUNTY = "341524105207", "341524105000", "341524000000"
BACK = TODAY + timedelta(days=10)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture
def colleague(cast):
    """A second officer of the county's office."""
    return cast.post("county", COUNTY, name="徐兰")


def name(post, officer, *, by=None, **given):
    given = {"since": TODAY, "until": BACK, "because": "出差学习", "at": NOW} | given
    return name_deputy(post=post, officer=officer, by=by or post, **given)


class TestNaming:
    def test_the_deputy_gets_the_post_for_the_period(self, cast, colleague):
        deputy = name(cast.county, colleague.officer)
        same = ("role", "division", "department")
        assert [getattr(deputy, field) for field in same] == [
            getattr(cast.county, field) for field in same
        ]
        assert (deputy.since, deputy.until, deputy.deputy_of) == (TODAY, BACK, cast.county)
        assert deputy in Post.objects.open_on(BACK - timedelta(days=1))
        assert deputy not in Post.objects.open_on(BACK)

    def test_the_name_says_for_whom(self, cast, colleague):
        Officer.objects.filter(pk=cast.county.officer_id).update(name="周敏")
        deputy = Post.objects.get(pk=name(cast.county, colleague.officer).pk)
        assert deputy.signature == "徐兰 (deputy for 周敏)"
        assert "deputy for 周敏" in deputy.label
        assert colleague.signature == "徐兰"
        with override("zh-hans"):
            assert deputy.signature == "徐兰（代周敏）"

    def test_it_is_written_down_with_the_reason(self, cast, colleague):
        name(cast.county, colleague.officer)
        act = AccountAct.objects.get()
        assert (act.what, act.post, act.officer) == (
            "deputy_named",
            cast.county,
            colleague.officer,
        )
        assert act.division == cast.county.division
        assert "出差学习" in act.about

    def test_an_administrator_of_the_division_names_one_for_who_is_away(self, cast, colleague):
        assert name(cast.county, colleague.officer, by=cast.administrator).deputy_of == cast.county

    def test_the_own_posts_come_first_where_one_enters(self, cast):
        village = cast.village
        deputy = name(cast.post("assigned", VILLAGE), village.officer, until=date(2020, 6, 26))
        Post.objects.filter(pk=deputy.pk).update(until=timezone.localdate() + timedelta(days=1))
        assert [post.id for post in open_posts(village.officer)] == [village.id, deputy.id]

    def test_a_township_colleague_of_another_role_may_stand_in(self, cast):
        assigned = cast.post("assigned", TOWNSHIP)
        assert name(cast.township, assigned.officer).role == "township"

    def test_the_same_department_one_level_up_may_stand_in(self, cast):
        above = cast.post("department", "341500000000", department="education")
        assert name(cast.education, above.officer).department == "education"

    def test_one_officer_may_stand_in_for_two(self, cast, colleague):
        third = cast.post("county", COUNTY)
        assert name(cast.county, third.officer) != name(colleague, third.officer)

    def test_one_after_the_other(self, cast, colleague):
        third = cast.post("county", COUNTY)
        name(cast.county, colleague.officer)
        name(cast.county, third.officer, since=BACK, until=BACK + timedelta(days=5))

    def test_the_longest_time(self, cast, colleague):
        name(cast.county, colleague.officer, until=TODAY + timedelta(days=MOST_DAYS))


class TestRefusals:
    def refused(self, words, *args, **given):
        before = Post.objects.count(), AccountAct.objects.count()
        with pytest.raises(Refused, match=words):
            name(*args, **given)
        assert (Post.objects.count(), AccountAct.objects.count()) == before

    @pytest.mark.parametrize("by", ["township", "city", "province", "auditor"])
    def test_by_others(self, cast, colleague, by):
        words = "Only the officer himself"
        self.refused(words, cast.county, colleague.officer, by=getattr(cast, by))

    def test_by_an_administrator_of_another_division(self, cast, colleague):
        stranger = cast.post("administrator", "341525000000")
        self.refused("Only the officer himself", cast.county, colleague.officer, by=stranger)

    def test_by_a_colleague_for_the_absent_one(self, cast, colleague):
        self.refused("Only the officer himself", cast.county, colleague.officer, by=colleague)

    def test_by_a_deputy(self, cast, colleague):
        third = cast.post("county", COUNTY)
        deputy = name(cast.county, colleague.officer)
        self.refused("A deputy cannot name a deputy", deputy, third.officer)

    def test_by_a_deputy_in_the_name_of_the_absent_one(self, cast, colleague):
        third = cast.post("county", COUNTY)
        deputy = name(cast.county, colleague.officer)
        late = {"since": BACK, "until": BACK + timedelta(days=3)}
        self.refused("Only the officer", cast.county, third.officer, by=deputy, **late)

    def test_oneself(self, cast):
        self.refused("Nobody is his own deputy", cast.county, cast.county.officer)

    def test_an_administrator_himself(self, cast):
        administrator = cast.post("administrator", COUNTY)
        own = {"role": "county", "division": administrator.division, "since": date(2020, 1, 1)}
        Post.objects.create(officer=administrator.officer, **own)
        words = "Nobody gives himself a post"
        self.refused(words, cast.county, administrator.officer, by=administrator)

    @pytest.mark.parametrize("role", ["auditor", "administrator"])
    def test_auditors_and_administrators_have_none(self, cast, colleague, role):
        post = cast.post(role, COUNTY)
        self.refused("have no deputies", post, colleague.officer)

    @pytest.mark.parametrize("role", ["auditor", "administrator"])
    def test_auditors_and_administrators_are_none(self, cast, role):
        self.refused("cannot stand in", cast.county, cast.post(role, COUNTY).officer)

    @pytest.mark.parametrize("other", ["stranger", "township", "city", "village"])
    def test_officers_of_other_divisions(self, cast, other):
        self.refused("cannot stand in", cast.county, getattr(cast, other).officer)

    def test_another_department_one_level_up(self, cast):
        above = cast.post("department", "341500000000", department="water")
        self.refused("cannot stand in", cast.education, above.officer)

    def test_the_same_department_two_levels_up(self, cast):
        above = cast.post("department", "340000000000", department="education")
        self.refused("cannot stand in", cast.education, above.officer)

    def test_an_officer_whose_own_post_ends_within_the_time(self, cast, colleague):
        Post.objects.filter(pk=colleague.pk).update(until=BACK - timedelta(days=1))
        self.refused("cannot stand in", cast.county, colleague.officer)

    def test_an_officer_whose_account_is_closed(self, cast, colleague):
        Officer.objects.filter(pk=colleague.officer_id).update(is_active=False)
        self.refused("cannot stand in", cast.county, colleague.officer)

    def test_an_officer_who_is_here_as_a_deputy_only(self, cast, colleague):
        """Who stands in for a colleague holds no post of his own there."""
        above = cast.post("department", "341500000000", department="education")
        name(cast.education, above.officer)
        self.refused("cannot stand in", cast.county, above.officer)

    def test_days_past(self, cast, colleague):
        yesterday = TODAY - timedelta(days=1)
        self.refused("today at the earliest", cast.county, colleague.officer, since=yesterday)

    def test_a_return_before_the_first_day(self, cast, colleague):
        self.refused("comes after", cast.county, colleague.officer, until=TODAY)

    def test_too_long(self, cast, colleague):
        until = TODAY + timedelta(days=MOST_DAYS + 1)
        self.refused("at most 60 days", cast.county, colleague.officer, until=until)

    def test_longer_than_the_post_is_held(self, cast, colleague):
        Post.objects.filter(pk=cast.county.pk).update(until=BACK - timedelta(days=1))
        self.refused("not held for the whole time", cast.county, colleague.officer)

    def test_without_a_reason(self, cast, colleague):
        self.refused("Say why", cast.county, colleague.officer, because="  ")

    def test_two_at_a_time(self, cast, colleague):
        name(cast.county, colleague.officer)
        third = cast.post("county", COUNTY)
        late = {"since": BACK - timedelta(days=1), "until": BACK + timedelta(days=2)}
        self.refused("徐兰 is the deputy from", cast.county, third.officer, **late)

    def test_the_database_knows_too(self, cast, colleague):
        given = {"role": "county", "division": cast.county.division, "since": TODAY}
        for wrong in ({"until": None}, {"until": BACK}):
            if wrong["until"]:
                name(cast.county, colleague.officer)
            with pytest.raises(IntegrityError), transaction.atomic():
                officer = cast.post("county", COUNTY).officer
                Post.objects.create(officer=officer, deputy_of=cast.county, **given, **wrong)


class TestEnding:
    @pytest.fixture
    def deputy(self, cast, colleague):
        return name(cast.county, colleague.officer)

    def ended(self, deputy):
        return deputy not in Post.objects.open_on(TODAY)

    def test_the_officer_comes_back_early(self, cast, deputy):
        end_deputy(deputy=deputy, by=cast.county, at=NOW)
        assert self.ended(deputy)
        assert AccountAct.objects.first().what == "deputy_ended"

    def test_the_deputy_lays_it_down(self, colleague, deputy):
        end_deputy(deputy=deputy, by=colleague, at=NOW)
        assert self.ended(deputy)

    def test_the_administrator_ends_it(self, cast, deputy):
        end_deputy(deputy=deputy, by=cast.administrator, at=NOW)
        assert self.ended(deputy)

    @pytest.mark.parametrize("by", ["township", "city", "province", "auditor"])
    def test_others_do_not(self, cast, deputy, by):
        with pytest.raises(Refused, match="Only the officer, the deputy"):
            end_deputy(deputy=deputy, by=getattr(cast, by), at=NOW)
        assert not self.ended(deputy)

    def test_an_own_post_is_not_ended_so(self, cast):
        with pytest.raises(Refused, match="Only the officer, the deputy"):
            end_deputy(deputy=cast.county, by=cast.administrator, at=NOW)

    def test_twice_is_told(self, cast, deputy):
        end_deputy(deputy=deputy, by=cast.county, at=NOW)
        with pytest.raises(Refused, match="ended already"):
            end_deputy(deputy=deputy, by=cast.county, at=NOW)
        assert AccountAct.objects.filter(what="deputy_ended").count() == 1

    def test_one_that_has_not_begun_never_begins(self, cast, colleague):
        late = {"since": BACK, "until": BACK + timedelta(days=5)}
        deputy = name(cast.county, colleague.officer, **late)
        end_deputy(deputy=deputy, by=cast.county, at=NOW)
        assert deputy not in Post.objects.open_on(BACK)
        name(cast.county, cast.post("county", COUNTY).officer, **late)

    def close(self, post, cast, until=TODAY):
        close_post(post=post, until=until, by=cast.administrator, at=NOW)

    def test_the_end_of_the_post_ends_its_deputy(self, cast, deputy):
        self.close(cast.county, cast)
        assert self.ended(deputy)
        assert AccountAct.objects.filter(what="deputy_ended", officer=deputy.officer).exists()

    def test_the_end_of_the_deputys_own_post_ends_it(self, cast, colleague, deputy):
        self.close(colleague, cast, until=TODAY + timedelta(days=3))
        deputy.refresh_from_db()
        assert deputy.until == TODAY + timedelta(days=3)

    def test_who_still_holds_another_post_there_goes_on(self, cast, colleague, deputy):
        second = {"role": "assigned", "division": colleague.division, "since": date(2020, 1, 1)}
        Post.objects.create(officer=colleague.officer, **second)
        self.close(colleague, cast)
        assert not self.ended(deputy)


class TestWhatADeputyIs:
    def test_an_act_of_a_deputy_counts_for_both(self, cast, colleague):
        deputy = name(cast.county, colleague.officer)
        assert persons_behind(deputy) == {colleague.officer_id, cast.county.officer_id}
        assert persons_behind(colleague) == {colleague.officer_id}

    def test_the_households_of_the_absent_person_are_seen(self, cast):
        assigned = cast.assigned
        household = cast.household(in_charge=assigned.officer)
        cast.household()
        deputy = name(assigned, cast.village.officer)
        assert list(Household.objects.visible_to(deputy)) == [household]

    def test_a_deputy_issues_no_tokens(self, cast, colleague):
        deputy = name(cast.county, colleague.officer)
        with pytest.raises(Refused, match="no tokens"):
            issue_token(post=deputy, name="exchange")

    def test_an_administrator_below_does_not_get_the_account(self, cast):
        """A city's officer who stood in at a county stays with the city's administrator."""
        above = cast.post("department", "341500000000", department="education")
        deputy = name(cast.education, above.officer)
        end_deputy(deputy=deputy, by=cast.education, at=NOW)
        Post.objects.filter(pk=above.pk).update(until=TODAY)
        county = cast.post("administrator", COUNTY)
        assert above.officer not in officers_of(county)
        assert above.officer in officers_of(cast.administrator)

    def test_a_deputy_moves_with_the_post_to_the_successor(self, cast):
        principal, colleague = cast.village, cast.post("assigned", VILLAGE)
        deputy = name(principal, colleague.officer)
        old, new = cast.divisions[VILLAGE], cast.divisions["341524105201"]
        old.valid_to, old.successor = TODAY + timedelta(days=3), new
        old.save()
        assert move_posts(on=TODAY + timedelta(days=3)) == 3
        deputy.refresh_from_db()
        moved = Post.objects.get(deputy_of__division=new)
        assert (deputy.until, moved.since, moved.until) == (old.valid_to, old.valid_to, BACK)
        assert (moved.officer, moved.deputy_of.officer) == (colleague.officer, principal.officer)
        assert move_posts(on=TODAY + timedelta(days=3)) == 0


class TestPages:
    @pytest.fixture
    def enter(self, client):
        def enter(post):
            client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
            client.cookies["django_language"] = "en"
            return client

        return enter

    def asked(self, officer, **given):
        today = timezone.localdate()
        return {
            "officer": officer.id,
            "since": today.isoformat(),
            "until": (today + timedelta(days=5)).isoformat(),
            "because": "leave",
        } | given

    def test_naming_switching_and_ending(self, enter, cast, colleague):
        client, address = enter(cast.county), reverse("name_deputy", args=[cast.county.id])
        assert "徐兰" in client.get(address).text
        assert client.post(address, self.asked(colleague.officer)).url == reverse("deputies")
        assert "End the deputy" in client.get(reverse("deputies")).text
        deputy = cast.county.deputies.get()
        client = enter(colleague)
        assert "deputy for county" in client.get(reverse("me")).text
        client.post(reverse("switch_post"), {"post": deputy.id})
        page = client.get(reverse("me"))
        assert page.context["post"] == deputy
        assert reverse("new_token") not in page.text
        client.post(reverse("end_deputy", args=[deputy.id]))
        assert client.get(reverse("me")).context["post"] == colleague

    def test_a_refusal_is_told_on_the_form(self, enter, cast, colleague):
        address = reverse("name_deputy", args=[cast.county.id])
        far = timezone.localdate() + timedelta(days=MOST_DAYS + 1)
        answer = enter(cast.county).post(address, self.asked(colleague.officer, until=far))
        assert "at most 60 days" in answer.text
        assert not cast.county.deputies.exists()

    def test_only_who_may_stand_in_is_offered(self, enter, cast, colleague):
        cast.auditor, cast.stranger, cast.township
        answer = enter(cast.county).get(reverse("name_deputy", args=[cast.county.id]))
        assert list(answer.context["form"].fields["officer"].queryset) == [colleague.officer]

    def test_the_list_is_of_the_own_division_and_those_above(self, enter, cast, colleague):
        today = timezone.localdate()
        made = name(
            cast.county,
            colleague.officer,
            since=today,
            until=today + timedelta(days=5),
            at=timezone.now(),
        )
        for post, seen in ((cast.village, True), (cast.province, True), (cast.stranger, False)):
            page = enter(post).get(reverse("deputies")).context["page"]
            assert (made in page.rows) is seen
            assert not any(row.may_end for row in page.rows)
