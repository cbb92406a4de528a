"""Corrections of the register: each a version with its reason, none over another's work."""

from datetime import date

import pytest
from django.urls import reverse

from households import correcting
from households.models import Household, HouseholdPast, MemberPast
from households.register import Outdated, RegisterRefusal
from tests.cast import NOW, TODAY

BECAUSE = "入户核实后更正"


@pytest.fixture
def enter(client):
    def login(post):
        client.force_login(post.officer)
        return client

    return login


def by(post):
    return {"because": BECAUSE, "by": post.officer, "at": NOW}


def filled(client, name, *args):
    """The fields of a form as the page shows them, ready to be changed and sent."""
    form = client.get(reverse(name, args=args)).context["form"]
    values = {}
    for bound in form:
        value = bound.value()
        values[bound.name] = "" if value is None else value
    return values


class TestFacts:
    def test_the_page_writes_what_was_changed_and_nothing_else(self, cast, enter):
        household = cast.household(phone="13866496171", causes=["因病"])
        client = enter(cast.township)
        sent = filled(client, "household_correct", household.id)
        sent |= {"house_grade": "C", "causes": "因病，缺劳力", "because": BECAUSE}
        answer = client.post(reverse("household_correct", args=[household.id]), sent)
        assert answer.status_code == 302
        household.refresh_from_db()
        assert (household.house_grade, household.causes) == ("C", ["因病", "缺劳力"])
        assert household.phone.open() == "13866496171"
        assert (household.because, household.origin) == (BECAUSE, "correction")
        assert household.recorded_by == cast.township.officer
        assert HouseholdPast.objects.get(household=household).house_grade == "A"

    def test_sent_unchanged_it_makes_no_version(self, cast, enter):
        household = cast.household(phone="13866496171", exited_year=2018)
        client = enter(cast.county)
        sent = filled(client, "household_correct", household.id) | {"because": BECAUSE}
        client.post(reverse("household_correct", args=[household.id]), sent)
        assert not HouseholdPast.objects.exists()

    def test_the_masked_value_is_shown_and_a_new_one_is_sealed(self, cast, enter):
        household = cast.household(phone="13866496171")
        client = enter(cast.county)
        page = client.get(reverse("household_correct", args=[household.id])).content.decode()
        assert "138****6171" in page and "13866496171" not in page
        sent = filled(client, "household_correct", household.id)
        sent |= {"phone": "139 0000 0000", "because": BECAUSE}
        client.post(reverse("household_correct", args=[household.id]), sent)
        household.refresh_from_db()
        assert household.phone.open() == "13900000000"

    @pytest.mark.parametrize(
        ("field", "value"), [("phone", "12345"), ("bank_account", "6217794971895478441")]
    )
    def test_a_false_number_is_refused(self, cast, enter, field, value):
        household = cast.household()
        client = enter(cast.county)
        sent = filled(client, "household_correct", household.id)
        sent |= {field: value, "because": BECAUSE}
        answer = client.post(reverse("household_correct", args=[household.id]), sent)
        assert answer.status_code == 200 and field in answer.context["form"].errors

    def test_without_a_reason_nothing_is_written(self, cast, enter):
        household = cast.household()
        client = enter(cast.county)
        sent = filled(client, "household_correct", household.id) | {"house_grade": "C"}
        answer = client.post(reverse("household_correct", args=[household.id]), sent)
        assert "because" in answer.context["form"].errors
        assert not HouseholdPast.objects.exists()

    def test_status_and_class_have_procedures_of_their_own(self, cast, enter):
        household = cast.household()
        form = filled(enter(cast.county), "household_correct", household.id)
        assert not {"status", "exited_class", "tier", "listed_on", "head_name"} & set(form)


class TestTwoAtOnce:
    def test_the_second_sees_the_change_of_the_first_and_keeps_the_own(self, cast, enter):
        household = cast.household(house_grade="A")
        client = enter(cast.county)
        sent = filled(client, "household_correct", household.id)
        sent |= {"house_grade": "D", "because": BECAUSE}
        correcting.correct_household(
            household, changes={"water_safe": False}, seen_version=1, **by(cast.township)
        )
        answer = client.post(reverse("household_correct", args=[household.id]), sent)
        assert answer.status_code == 200
        page, form = answer.content.decode(), answer.context["form"]
        assert cast.township.officer.name in page
        assert len(answer.context["others"]) == 1
        # What was typed is there; what the other changed is there as well.
        assert form["house_grade"].value() == "D" and form["water_safe"].value() == "no"
        again = {bound.name: bound.value() or "" for bound in form}
        assert client.post(reverse("household_correct", args=[household.id]), again)
        household.refresh_from_db()
        assert (household.house_grade, household.water_safe) == ("D", False)

    def test_of_a_member_too(self, cast):
        household = cast.household()
        member = cast.member(household)
        seen = correcting.version_of(member)
        correcting.correct_member(
            member, changes={"labour": "weak"}, seen_version=seen, **by(cast.county)
        )
        with pytest.raises(Outdated):
            correcting.correct_member(
                member, changes={"labour": "lost"}, seen_version=seen, **by(cast.county)
            )


class TestMembers:
    def test_the_head_corrected_is_the_head_of_the_household(self, cast):
        household = cast.household(head_name="汪大山")
        head = cast.member(household, name="汪大山", relation="head")
        correcting.correct_member(
            head, changes={"name": "汪大川"}, seen_version=1, **by(cast.county)
        )
        household.refresh_from_db()
        assert (household.head_name, household.head_pinyin) == ("汪大川", "wangdachuan")

    def test_a_false_identity_is_refused(self, cast, enter):
        household = cast.household()
        member = cast.member(household)
        client = enter(cast.county)
        sent = filled(client, "member_correct", household.id, member.id)
        sent |= {"resident_id": "341524197204262610", "because": BECAUSE}
        address = reverse("member_correct", args=[household.id, member.id])
        assert "resident_id" in client.post(address, sent).context["form"].errors
        assert client.post(address, sent | {"resident_id": "341524197204262619"}).status_code == 302
        member.refresh_from_db()
        assert member.resident_id.open() == "341524197204262619"

    def test_who_leaves_is_not_counted_and_not_lost(self, cast, enter):
        household = cast.household()
        member = cast.member(household)
        sent = {"on": "2020-06-01", "because": BECAUSE}
        answer = enter(cast.township).post(
            reverse("member_leaves", args=[household.id, member.id]), sent
        )
        assert answer.status_code == 302
        member.refresh_from_db()
        assert member.left_on == date(2020, 6, 1)
        assert MemberPast.objects.get(member=member).left_on is None

    def test_the_head_cannot_leave_as_head(self, cast):
        head = cast.member(cast.household(), relation="head")
        with pytest.raises(RegisterRefusal):
            correcting.member_leaves(head, on=TODAY, **by(cast.county))

    def test_nobody_leaves_tomorrow(self, cast):
        member = cast.member(cast.household())
        with pytest.raises(RegisterRefusal):
            correcting.member_leaves(member, on=date(2020, 6, 26), **by(cast.county))


class TestHead:
    @pytest.fixture
    def family(self, cast):
        household = cast.household(head_name="汪大山")
        members = {
            relation: cast.member(household, name=name, relation=relation)
            for relation, name in (("head", "汪大山"), ("spouse", "陈秀兰"), ("child", "汪小山"))
        }
        return household, members

    def test_the_new_head_and_what_the_others_are(self, cast, enter, family):
        household, members = family
        client = enter(cast.county)
        sent = filled(client, "household_head", household.id) | {
            "head": members["child"].id,
            f"relation_{members['head'].id}": "parent",
            f"relation_{members['spouse'].id}": "parent",
            "because": "户主年老，由长子接任",
        }
        answer = client.post(reverse("household_head", args=[household.id]), sent)
        assert answer.status_code == 302
        household.refresh_from_db()
        assert (household.head_name, household.head_initials) == ("汪小山", "wxs")
        relations = dict(household.members.values_list("name", "relation"))
        assert relations == {"汪大山": "parent", "陈秀兰": "parent", "汪小山": "head"}

    def test_everybody_else_needs_a_relation(self, cast, enter, family):
        household, members = family
        client = enter(cast.county)
        sent = filled(client, "household_head", household.id)
        sent |= {"head": members["child"].id, "because": BECAUSE}
        answer = client.post(reverse("household_head", args=[household.id]), sent)
        assert len(answer.context["form"].errors) == 2

    def test_a_stranger_to_the_household_is_no_head(self, cast, family):
        household, _members = family
        other = cast.member(cast.household())
        with pytest.raises(RegisterRefusal):
            correcting.change_head(
                household, head=other, relations={}, seen_version=1, **by(cast.county)
            )


class TestMove:
    def test_to_a_village_of_the_own_division(self, cast, enter):
        household = cast.household()
        client = enter(cast.county)
        sent = filled(client, "household_move", household.id)
        sent |= {"village": "341524106210", "group_name": "东畈组", "because": "易地搬迁入住"}
        client.post(reverse("household_move", args=[household.id]), sent)
        household.refresh_from_db()
        assert (household.township.name, household.village.name) == ("斑竹园镇", "漆店村委会")
        assert Household.objects.visible_to(cast.next_township).exists()
        assert not Household.objects.visible_to(cast.village).exists()

    def test_a_foreign_village_is_no_choice(self, cast, enter):
        household = cast.household()
        client = enter(cast.township)
        sent = filled(client, "household_move", household.id)
        sent |= {"village": "341524106210", "because": BECAUSE}
        answer = client.post(reverse("household_move", args=[household.id]), sent)
        assert "village" in answer.context["form"].errors

    def test_a_number_is_there_once_in_a_county(self, cast):
        household = cast.household(number="34152400000001")
        cast.household("341525100201", number="34152400000001")
        with pytest.raises(RegisterRefusal):
            correcting.move_household(
                household,
                village=cast.divisions["341525100201"],
                group_name="",
                seen_version=1,
                **by(cast.city),
            )


class TestPersonInCharge:
    @pytest.mark.parametrize(
        ("status", "field"), [("exited", "responsible_name"), ("edge", "contact_name")]
    )
    def test_is_named_and_sees_the_household(self, cast, enter, status, field):
        household = cast.household(status=status)
        client = enter(cast.township)
        cast.assigned
        sent = filled(client, "household_person", household.id)
        sent |= {"post": cast.assigned.id, "because": "帮扶力量调整"}
        client.post(reverse("household_person", args=[household.id]), sent)
        household.refresh_from_db()
        assert getattr(household, field) == cast.assigned.officer.name
        assert list(Household.objects.visible_to(cast.assigned)) == [household]

    def test_only_posts_where_the_household_lives(self, cast):
        household = cast.household()
        cast.next_village, cast.stranger, cast.village
        candidates = correcting.candidates_for(household, cast.county)
        assert set(candidates) == {cast.village, cast.county}
        with pytest.raises(RegisterRefusal):
            correcting.name_person_in_charge(
                household, post=cast.stranger, seen_version=1, **by(cast.county)
            )

    def test_the_one_before_stays_in_the_history(self, cast):
        household = cast.household(responsible_name="李前任")
        correcting.name_person_in_charge(
            household, post=cast.village, seen_version=1, **by(cast.county)
        )
        assert HouseholdPast.objects.get(household=household).responsible_name == "李前任"
