"""Who sees which rows and which sections of a household (domain.md 1)."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import ROLES, SECTIONS
from households.models import Event, Household, IncomeStatement, Member, Visit
from tests.cast import NOW, TODAY, Cast

ABOVE = "village township county city province auditor".split()
BESIDE = "next_village next_township stranger other_city other_province administrator".split()


@pytest.fixture
def household(cast):
    household = cast.family()
    visit = Visit.objects.create(
        client_id="00000000-0000-4000-8000-000000000001",
        household=household,
        visited_on=TODAY,
        made_at=NOW,
        received_at=NOW,
        method="in_person",
    )
    Event.objects.create(
        household=household, kind="disaster", happened_on=TODAY, recorded_at=NOW, visit=visit
    )
    return household


MODELS = (Household, Member, IncomeStatement, Visit, Event)


@pytest.mark.parametrize("role", ABOVE)
def test_whose_division_holds_the_household_sees_all_of_it(cast, household, role):
    for model in MODELS:
        assert model.objects.visible_to(getattr(cast, role)).exists(), model


@pytest.mark.parametrize("role", BESIDE)
def test_to_everybody_else_it_does_not_exist(cast, household, role):
    for model in MODELS:
        assert not model.objects.visible_to(getattr(cast, role)).exists(), model


def test_without_a_post_nothing_is_seen_superusers_included(household):
    for model in MODELS:
        assert not model.objects.visible_to(None).exists(), model


def test_every_role_of_the_table_plays_in_the_cast(cast):
    assert {getattr(cast, name).role for name in Cast.ROLES} == set(ROLES)


class TestAssigned:
    """Responsible and contact persons see what was given into their hands."""

    def test_own_households_alone(self, cast, household):
        own = cast.household(in_charge=cast.assigned.officer)
        assert list(Household.objects.visible_to(cast.assigned)) == [own]

    def test_not_outside_the_division_of_the_post(self, cast):
        cast.household("341524106210", in_charge=cast.assigned.officer)
        assert not Household.objects.visible_to(cast.assigned).exists()

    def test_handed_over_is_out_of_sight(self, cast):
        own = cast.household(in_charge=cast.assigned.officer)
        own.in_charge = cast.village.officer
        own.save()
        assert not Household.objects.visible_to(cast.assigned).exists()


LINES = {
    "civil_affairs": ({}, {"low_income_allowance": True}),
    "health": ({}, {"chronic_illness": True}),
    "medical_insurance": ({}, {"medical_insurance": False}),
    "education": ({}, {"school": "junior"}),
    "housing": ({"house_grade": "C"}, {}),
    "water": ({"water_safe": False}, {}),
    "human_resources": ({}, {"labour": "weak"}),
    "disabled_persons": ({}, {"disabled": True}),
    "public_security": ({}, {}),
    "emergency": ({"hazard_spot": True}, {}),
    "agriculture": ({"cropland_mu": 2}, {}),
    "insurance": ({}, {"major_illness": True}),
}
NOTHING = {"labour": "none", "born_on": date(1950, 1, 1)}


class TestDepartments:
    @pytest.mark.parametrize("department", LINES)
    def test_the_line_of_work_and_nothing_else(self, cast, department):
        facts, member = LINES[department]
        inside = cast.household(**{"cropland_mu": None, **facts})
        cast.member(inside, **(NOTHING | member))
        outside = cast.household(cropland_mu=None)
        cast.member(outside, **NOTHING)
        post = cast.post("department", "341524000000", department=department)
        seen = set(Household.objects.visible_to(post))
        assert inside in seen
        assert (outside in seen) == (department == "public_security")

    def test_only_listed_and_exited_households(self, cast):
        cast.household(status="general", water_safe=False)
        assert not Household.objects.visible_to(cast.water).exists()

    def test_a_member_who_left_opens_nothing(self, cast):
        household = cast.household()
        cast.member(household, school="junior", left_on=TODAY)
        assert not Household.objects.visible_to(cast.education).exists()

    @pytest.mark.parametrize(
        ("role", "sections"),
        [
            ("education", {"members", "assessment", "measures"}),
            ("water", {"living", "assessment", "measures"}),
        ],
    )
    def test_a_page_holds_the_sections_of_the_line(self, cast, client, role, sections):
        household = cast.household(
            water_safe=False,
            phone="13866496171",
            responsible_name="李帮扶",
            extra={"入户路类型": "水泥路"},
        )
        cast.member(household, name="诸葛小妹", school="junior")
        cast.income(household, wage=38123)
        post = getattr(cast, role)
        assert {name for name in SECTIONS if post.sees_section(name)} == sections
        client.force_login(post.officer)
        body = client.get(reverse("household", args=[household.id])).content.decode()
        shown = {
            "members": "诸葛小妹" in body,
            "living": "pw-sec" in body
            and reverse("household", args=[household.id]) in body
            and any(word in body for word in ("饮水", "Drinking water")),
        }
        assert {name for name, is_there in shown.items() if is_there} == sections - {
            "assessment",
            "measures",
        }
        for hidden in ("138****6171", "李帮扶", "水泥路", "24,"):
            assert hidden not in body
