"""The household list and the page of one household, as the cast sees them."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Reveal
from households.models import Household, NationalImport
from households.register import record_household, record_member
from tests.cast import NOW, TODAY

ID = "341524197204262619"


@pytest.fixture
def enter(client):
    """``enter(post)`` is a client logged in as the officer of the post."""

    def login(post):
        client.force_login(post.officer)
        return client

    return login


def text(answer):
    return answer.content.decode()


def page(client, name, *args, **params):
    return client.get(reverse(name, args=args), params)


def shown(client, **params):
    """The numbers of the households on the list page."""
    return [household.number for household in page(client, "households", **params).context["page"]]


class TestSearch:
    @pytest.fixture(autouse=True)
    def people(self, cast, enter):
        self.household = cast.household(
            number="34152400000077",
            head_name="欧阳大山",
            phone="13866496171",
            head_pinyin="ouyangdashan",
            head_initials="oyds",
        )
        self.member = cast.member(self.household, name="诸葛小妹", resident_id=ID)
        self.other = cast.household(number="34152400000099", head_name="王五")
        self.client = enter(cast.county)

    @pytest.mark.parametrize(
        "words",
        [
            "欧",
            "欧阳大",
            "阳大山",
            "诸葛",
            "ouyang",
            "OY",
            "oyds",
            "34152400000077",
            "３４１５２４００００００７７",
        ]
        + ["341524********2619", "341524**2619"],
    )
    def test_what_is_known_finds_the_household(self, words):
        assert shown(self.client, q=words) == ["34152400000077"]

    def test_a_member_who_left_is_not_found(self):
        self.member.left_on = date(2020, 6, 1)
        self.member.save()
        assert shown(self.client, q="诸葛") == []

    @pytest.mark.parametrize("secret", [ID, "341524 19720426 2619", "13866496171"])
    def test_a_full_number_is_never_in_an_address(self, secret):
        answer = page(self.client, "households", q=secret)
        assert answer.status_code == 302 and answer["Location"] == reverse("households")
        assert secret not in text(self.client.get(answer["Location"]))

    @pytest.mark.parametrize("secret", [ID, "３４１５２４19720426 2619", "138 6649 6171"])
    def test_a_full_number_is_found_from_the_body(self, secret):
        answer = self.client.post(reverse("household_search"), {"q": secret})
        assert answer["Location"] == reverse("household", args=[self.household.id])

    def test_a_number_of_nobody_is_answered_without_it(self):
        answer = self.client.post(reverse("household_search"), {"q": "341524197204262627"})
        assert answer.status_code == 200 and "341524197204262627" not in text(answer)
        assert "no-store" in answer["Cache-Control"]

    def test_a_number_in_two_households_shows_both(self, cast):
        cast.member(self.other, name="诸葛小妹", resident_id=ID)
        answer = self.client.post(reverse("household_search"), {"q": ID})
        assert {row.id for row in answer.context["households"]} == {
            self.household.id,
            self.other.id,
        }
        assert ID not in text(answer)

    def test_words_typed_into_the_field_become_an_address(self):
        answer = self.client.post(reverse("household_search"), {"q": " 欧阳 "})
        assert answer["Location"].endswith("?q=%E6%AC%A7%E9%98%B3")

    def test_the_stranger_finds_nobody(self, cast, enter):
        client = enter(cast.stranger)
        assert shown(client, q="欧阳") == []
        assert client.post(reverse("household_search"), {"q": ID}).status_code == 200

    def test_a_department_does_not_learn_who_bears_a_number(self, cast, enter):
        cast.member(self.household, name="小小", born_on=date(2012, 1, 1), school="primary")
        client = enter(cast.education)
        assert shown(client) == ["34152400000077"]
        answer = client.post(reverse("household_search"), {"q": ID})
        assert answer.status_code == 200 and not answer.context["households"]
        assert shown(client, q="341524********2619") == []


class TestFilters:
    @pytest.mark.parametrize(
        ("facts", "params"),
        [
            ({"status": "edge"}, {"status": "edge"}),
            ({"exited_class": "supported"}, {"exited_class": "supported"}),
            ({"tier": "red"}, {"tier": "red"}),
            ({"relocated": True}, {"relocated": "yes"}),
            ({"house_grade": "C"}, {"house_grade": "C"}),
            ({"house_grade": ""}, {"house_grade": "unknown"}),
            ({"group_name": "东畈组"}, {"group": "东畈"}),
            ({"responsible_name": ""}, {"no_person": "yes"}),
            ({"last_visited_on": date(2020, 1, 1)}, {"unvisited_since": "2020-03-01"}),
            ({"last_visited_on": None}, {"unvisited_since": "2020-03-01"}),
            ({"code": "341524106210"}, {"division": "341524106000"}),
        ],
    )
    def test_a_filter_keeps_what_fits(self, cast, enter, facts, params):
        usual = {"tier": "blue", "responsible_name": "李", "last_visited_on": TODAY}
        cast.household(**usual, number="34152400000001")
        cast.household(**{**usual, "number": "34152400000002", **facts})
        assert shown(enter(cast.county), **params) == ["34152400000002"]

    def test_listed_are_monitored_and_edge(self, cast, enter):
        cast.household(number="34152400000001", exited_class="monitored")
        cast.household(number="34152400000002", status="edge")
        cast.household(number="34152400000003", exited_class="independent")
        assert shown(enter(cast.county), listed="yes") == ["34152400000001", "34152400000002"]

    def test_a_foreign_division_is_no_choice(self, cast, enter):
        cast.household()
        answer = page(enter(cast.county), "households", division="341525000000")
        assert answer.context["page"].rows == []
        assert "霍山" not in text(answer)

    def test_a_department_cannot_ask_what_it_may_not_see(self, cast, enter):
        grade_d = cast.household(house_grade="D")
        cast.member(grade_d, school="primary")
        filters = page(enter(cast.education), "households", house_grade="A").context["filter"]
        assert "house_grade" not in filters.filters
        assert list(filters.qs) == [grade_d]


class TestPages:
    def test_fifty_to_a_page_in_order_without_gaps(self, cast, enter):
        for number in range(120):
            cast.household(number=f"341524{number:08d}")
        client, seen, params = enter(cast.county), [], {}
        while True:
            rows = page(client, "households", **params).context["page"]
            seen += [household.number for household in rows]
            if not rows.older:
                break
            params = {"after": rows.older}
        assert seen == [f"341524{number:08d}" for number in range(120)]

    def test_sorted_by_the_last_visit_never_visited_first(self, cast, enter):
        cast.household(number="34152400000001", last_visited_on=date(2020, 5, 1))
        cast.household(number="34152400000002", last_visited_on=None)
        cast.household(number="34152400000003", last_visited_on=date(2020, 4, 1))
        assert [number[-1] for number in shown(enter(cast.county), sort="visited")] == list("231")
        assert [number[-1] for number in shown(enter(cast.county), sort="-visited")] == list("132")

    def test_a_province_is_in_the_order_of_its_numbers(self, cast, enter):
        cast.household(number="34152400000001", last_visited_on=date(2020, 5, 1))
        cast.household(number="34152400000002", last_visited_on=date(2020, 4, 1))
        client = enter(cast.province)
        assert [number[-1] for number in shown(client, sort="visited")] == list("12")
        narrowed = shown(client, sort="visited", division="341524000000")
        assert [number[-1] for number in narrowed] == list("21")

    def test_more_than_a_thousand_is_not_counted_out(self, cast):
        from households import lists

        one = cast.household()
        fields = [field for field in Household._meta.concrete_fields if field.name != "id"]
        values = {field.attname: getattr(one, field.attname) for field in fields}
        Household.objects.bulk_create(
            Household(**{**values, "number": f"x{number}"}) for number in range(1000)
        )
        assert lists.counted(Household.objects.all()) == "1000+"
        assert lists.counted(Household.objects.exclude(pk=one.pk)) == "1000"

    def test_as_many_queries_for_fifty_rows_as_for_five(self, cast, enter):
        client = enter(cast.county)
        queries = []
        for number in (5, 45):
            for _ in range(number):
                cast.family()
            page(client, "households")
            with CaptureQueriesContext(connection) as captured:
                assert len(page(client, "households").context["page"]) in (5, 50)
            queries.append(len(captured))
        assert queries[0] == queries[1]
        assert queries[0] <= 18


class TestHousehold:
    def test_as_many_queries_for_eight_members_as_for_one(self, cast, enter):
        household, client, queries = cast.household(), enter(cast.county), []
        cast.income(household)
        for number in (1, 7):
            for _ in range(number):
                cast.member(household)
            with CaptureQueriesContext(connection) as captured:
                for name in ("household", "household_members", "household_income"):
                    assert page(client, name, household.id).status_code == 200
                page(client, "household_history", household.id)
            queries.append(len(captured))
        assert queries[0] == queries[1]

    def test_a_fact_says_where_it_comes_from_and_since_when(self, cast, enter):
        loaded = NationalImport.objects.create(
            file_name="x.xlsx",
            digest="0",
            exported_on=date(2020, 5, 20),
            division=cast.county.division,
            asked_at=NOW,
        )
        household = cast.household(house_grade="B", origin_id=loaded.id, water_quality=True)
        record_household(
            household,
            on=date(2020, 6, 20),
            origin="correction",
            by=cast.county.officer,
            at=NOW,
            house_grade="C",
        )
        sheets = page(enter(cast.county), "household", household.id).context["sheets"]
        facts = {fact.name: fact for fact in sheets["housing"].facts}
        assert facts["house_grade"].value == "C"
        assert facts["house_grade"].source.since == date(2020, 6, 20)
        assert "2020年5月20日" in sheets["housing"].source.words
        assert sheets["housing"].source.since == date(2020, 6, 1)

    def test_missing_is_said_in_words(self, cast, enter):
        household = cast.household(house_material="")
        body = text(page(enter(cast.county), "household", household.id))
        assert len(re.findall("badge-wait", body)) > 3
        assert "None" not in body

    def test_nobody_in_charge_is_said(self, cast, enter):
        household = cast.household()
        care = page(enter(cast.county), "household", household.id).context["sheets"]["care"]
        assert [(fact.name, fact.value) for fact in care.facts] == [("responsible_name", "")]

    def test_our_income_and_the_national_one_are_held_side_by_side(self, cast, enter):
        household = cast.household()
        cast.member(household, relation="head")
        cast.member(household)
        cast.income(household, stated_per_capita=16133)
        income = page(enter(cast.county), "household", household.id).context["income"]
        assert income.per_head == 24200
        assert income.difference == 24200 - 16133

    def test_the_history_says_old_and_new_who_and_why(self, cast, enter):
        household = cast.household(phone="13866496171")
        member = cast.member(household, name="陈小妹", labour="ordinary")
        change = {"on": TODAY, "by": cast.county.officer, "at": NOW, "because": "入户核实"}
        record_household(household, origin="correction", **change, phone="13900000000")
        record_member(member, origin="correction", **change, labour="lost")
        body = text(page(enter(cast.county), "household_history", household.id))
        assert "138****6171" in body and "139****0000" in body
        assert "13866496171" not in body and "13900000000" not in body
        assert "陈小妹" in body and "入户核实" in body and cast.county.officer.name in body

    def test_unknown_columns_of_the_export_are_shown(self, cast, enter):
        household = cast.household(extra={"入户路类型": "水泥路"})
        body = text(page(enter(cast.county), "household", household.id))
        assert "入户路类型" in body and "水泥路" in body


class TestReveal:
    @pytest.fixture(autouse=True)
    def people(self, cast):
        self.household = cast.household(phone="13866496171")
        self.member = cast.member(self.household, resident_id=ID)

    def test_a_value_is_shown_once_for_a_reason_that_is_kept(self, cast, enter):
        client = enter(cast.village)
        url = reverse("member_reveal", args=[self.household.id, self.member.id, "resident_id"])
        assert ID not in text(client.get(url))
        answer = client.post(url, {"because": "核对身份证信息"})
        assert ID in text(answer) and "no-store" in answer["Cache-Control"]
        row = Reveal.objects.get()
        assert (row.post, row.field, row.because) == (cast.village, "resident_id", "核对身份证信息")
        assert ID not in text(client.get(url))

    def test_without_a_reason_nothing_is_shown(self, cast, enter):
        url = reverse("household_reveal", args=[self.household.id, "phone"])
        answer = enter(cast.village).post(url, {"because": " "})
        assert "13866496171" not in text(answer) and not Reveal.objects.exists()

    def test_a_contact_person_sees_the_phone_of_an_assigned_household_only(self, cast, enter):
        assigned = cast.assigned
        Household.objects.filter(pk=self.household.pk).update(in_charge=assigned.officer)
        stranger = cast.household(phone="13912345678")
        client, reason = enter(assigned), {"because": "电话走访"}
        address = reverse("household_reveal", args=[self.household.id, "phone"])
        assert address in text(client.get(reverse("household", args=[self.household.id])))
        assert "13866496171" in text(client.post(address, reason))
        assert Reveal.objects.get().post == assigned
        closed = reverse("member_reveal", args=[self.household.id, self.member.id, "resident_id"])
        assert closed not in text(client.get(reverse("household", args=[self.household.id])))
        assert client.post(closed, reason).status_code == 403
        foreign = reverse("household_reveal", args=[stranger.id, "phone"])
        assert client.post(foreign, reason).status_code == 404
        assert Reveal.objects.count() == 1

    @pytest.mark.parametrize("role", ["auditor", "education"])
    def test_who_may_not_is_refused(self, cast, enter, role):
        url = reverse("household_reveal", args=[self.household.id, "phone"])
        answer = enter(getattr(cast, role)).post(url, {"because": "核对身份证信息"})
        assert answer.status_code == 403 and not Reveal.objects.exists()

    def test_only_protected_values_are_revealed(self, cast, enter):
        url = reverse("household_reveal", args=[self.household.id, "head_name"])
        assert enter(cast.village).get(url).status_code == 404
