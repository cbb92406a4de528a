"""The API gives what the pages give: the same rows, sections and refusals."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.tokens import issue_token

ID = "341524197204262619"


@pytest.fixture
def ask(client):
    """``ask(post, address, **params)`` with a token of the post."""

    def get(post, address, **params):
        headers = {"authorization": f"Bearer {issue_token(post=post, name='test')}"}
        return client.get(f"/api/{address}", params, headers=headers)

    return get


@pytest.fixture
def household(cast):
    household = cast.family(phone="13866496171", bank_account="6217794971895478440", tier="red")
    cast.member(household, name="诸葛小妹", resident_id=ID, school="primary")
    return household


def test_the_schema_is_whole():
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null")


@pytest.mark.parametrize("address", ["schema/", "docs/"])
def test_the_schema_and_its_page_need_no_outside_file(client, db, address):
    answer = client.get(f"/api/{address}")
    assert answer.status_code == 200
    assert b"https://" not in answer.content.replace(b"https://tools.ietf.org", b"")


class TestDoor:
    def test_without_a_token_401_in_the_language_asked(self, client, db):
        answer = client.get("/api/households/", headers={"accept-language": "zh-hans"})
        assert answer.status_code == 401 and answer["WWW-Authenticate"] == "Bearer"
        assert "凭" in answer.json()["detail"] or "认证" in answer.json()["detail"]

    def test_a_false_token_401(self, client, db):
        answer = client.get("/api/households/", headers={"authorization": "Bearer x"})
        assert answer.status_code == 401

    def test_a_closed_post_ends_its_token(self, cast, ask):
        post = cast.county
        post.until = date(2020, 1, 2)
        post.save()
        assert ask(post, "households/").status_code == 401

    def test_a_session_serves_as_well(self, cast, client, household):
        client.force_login(cast.county.officer)
        assert len(client.get("/api/households/").json()["results"]) == 1

    @pytest.mark.parametrize("address", ["households/", "incomes/", "visits/"])
    def test_administrators_see_no_household(self, cast, ask, address):
        assert ask(cast.administrator, address).status_code == 403

    def test_foreign_and_missing_are_one_answer(self, cast, ask, household):
        foreign = ask(cast.stranger, f"households/{household.id}/")
        missing = ask(cast.stranger, "households/987654321/")
        nowhere = ask(cast.stranger, "nothing/")
        assert foreign.status_code == missing.status_code == nowhere.status_code == 404
        assert foreign.content == missing.content == nowhere.content


class TestHouseholds:
    def test_the_list_has_no_identifier_and_official_codes(self, cast, ask, household):
        (row,) = ask(cast.county, "households/").json()["results"]
        assert row["village"] == "341524105207" and row["tier"] == "red"
        assert not {"phone", "bank_account"} & set(row)

    def test_one_household_with_members_incomes_and_masked_identifiers(self, cast, ask, household):
        answer = ask(cast.county, f"households/{household.id}/")
        found = answer.json()
        assert found["phone"] == "138****6171" and found["bank_account"] == "****8440"
        girl = next(member for member in found["members"] if member["name"] == "诸葛小妹")
        assert girl["resident_id"] == "341524********2619"
        assert found["incomes"][0]["net"] == "48400.00"
        for secret in (ID, "13866496171", "6217794971895478440"):
            assert secret not in answer.content.decode()

    def test_a_department_gets_the_sections_of_its_line(self, cast, ask, household):
        found = ask(cast.education, f"households/{household.id}/").json()
        assert found["members"] and "resident_id" not in found["members"][0]
        hidden = {"incomes", "house_grade", "water_safe", "phone", "last_visited_on", "extra"}
        assert not hidden & set(found)
        assert ask(cast.education, "incomes/").status_code == 403
        assert ask(cast.education, "visits/").status_code == 403

    def test_the_filters_are_those_of_the_page(self, cast, ask, household):
        cast.household(tier="blue")
        assert len(ask(cast.county, "households/", tier="red").json()["results"]) == 1
        assert len(ask(cast.county, "households/", q="诸葛").json()["results"]) == 1
        assert ask(cast.county, "households/", tier="green").status_code == 400

    def test_a_full_number_in_an_address_is_refused_and_not_said_again(self, cast, ask):
        answer = ask(cast.county, "households/", q=ID)
        assert answer.status_code == 400 and ID not in answer.content.decode()

    def test_a_foreign_division_is_no_choice(self, cast, ask, household):
        assert ask(cast.stranger, "households/", division="341524000000").status_code == 400

    def test_pages_by_key(self, cast, ask, client):
        for _ in range(5):
            cast.household()
        first = ask(cast.county, "households/", page_size=3).json()
        headers = {"authorization": f"Bearer {issue_token(post=cast.county, name='more')}"}
        rest = client.get(first["next"], headers=headers).json()
        ids = [row["id"] for row in first["results"] + rest["results"]]
        assert len(ids) == 5 == len(set(ids)) and rest["next"] is None

    def test_as_many_queries_for_many_rows_as_for_few(self, cast, ask):
        queries = []
        ask(cast.county, "households/")
        for number in (2, 8):
            for _ in range(number):
                cast.family()
            with CaptureQueriesContext(connection) as captured:
                ask(cast.county, "households/")
            queries.append(len(captured))
        assert queries[0] == queries[1]


class TestDivisions:
    def test_what_lies_within_and_the_line_above(self, cast, ask):
        found = {row["code"] for row in ask(cast.township, "divisions/").json()["results"]}
        assert found == {
            *("340000000000", "341500000000", "341524000000", "341524105000"),
            *("341524105207", "341524105201"),
        }

    def test_children_of_one(self, cast, ask):
        rows = ask(cast.city, "divisions/", parent="341524000000").json()["results"]
        assert [row["name"] for row in rows] == ["汤家汇镇", "斑竹园镇"]

    def test_a_foreign_one_is_not_there(self, cast, ask):
        assert ask(cast.county, "divisions/341525000000/").status_code == 404


def test_incomes_of_one_household(cast, ask, household):
    cast.family()
    rows = ask(cast.county, "incomes/", household=household.id).json()["results"]
    assert len(rows) == 2 and rows[0]["household"] == household.id
