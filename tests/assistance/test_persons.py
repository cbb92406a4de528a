"""Responsible and contact persons: nobody without one, handing over, load, monthly contact."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Post
from assistance.models import MeasureChange
from assistance.persons.handing import HandingRefusal, hand_over
from assistance.persons.load import loads_in, of_person
from assistance.persons.missing import follow_missing_persons, want_person, without_person
from duties.doing import open_task
from duties.models import Task
from households.models import Household, HouseholdPast, Visit
from tests.cast import NOW, TODAY


def looked_after_by(cast, officer, **facts):
    given = {"in_charge": officer, "responsible_name": officer.name} | facts
    return cast.household(**given)


def handed(cast, homes, to=None, by=None, **said):
    said = {"why": "work", "because": "调到县里工作"} | said
    return hand_over(homes, to_post=to or cast.village, by=by or cast.township, at=NOW, **said)


@pytest.fixture
def leaver(cast):
    return cast.post("assigned", "341524105207", name="陈永福")


def visit(household, day, method="phone"):
    return Visit.objects.create(
        client_id=uuid.uuid4(), household=household, visited_on=day, made_at=NOW,
        received_at=NOW, method=method,
    )  # fmt: skip


class TestMissing:
    def test_nobody_named_or_the_one_named_has_left(self, cast, leaver):
        kept = looked_after_by(cast, cast.assigned.officer)
        alone = cast.household()
        by_name_only = cast.household(responsible_name="李传明")
        left = looked_after_by(cast, leaver.officer)
        Post.objects.filter(pk=leaver.pk).update(until=TODAY)
        general = cast.household(status="general")
        found = set(without_person(Household.objects.all(), TODAY))
        assert found == {alone, left} and not {kept, by_name_only, general} & found

    def test_a_post_elsewhere_does_not_look_after_them(self, cast):
        other = cast.post("assigned", "341525100201")
        household = looked_after_by(cast, other.officer)
        assert list(without_person(Household.objects.all(), TODAY)) == [household]

    def test_the_township_has_a_task_until_somebody_is_named(self, cast):
        household = cast.household()
        follow_missing_persons(today=TODAY, at=NOW)
        task = Task.objects.get(kind="person_missing")
        assert (task.at, task.role, task.household) == (
            cast.township.division, "township", household,
        )  # fmt: skip
        handed(cast, [household], why="first")
        task.refresh_from_db()
        assert task.outcome == "mended"

    def test_whoever_is_newly_listed_gets_one_at_once(self, cast):
        household = cast.household(status="newly_poor")
        want_person(household, by=cast.county, at=NOW)
        assert Task.objects.get(kind="person_missing").household == household
        follow_missing_persons(today=TODAY, at=NOW)
        assert Task.objects.filter(kind="person_missing", ended_at=None).count() == 1


class TestHandingOver:
    def test_open_measures_move_and_the_reason_is_kept(self, cast, leaver):
        homes = [looked_after_by(cast, leaver.officer) for _n in range(2)]
        moved = cast.measure(homes[0], "water_supply", responsible="陈永福")
        ended = cast.measure(
            homes[0], "house_repair", responsible="陈永福", ended_on=TODAY, result="done"
        )
        others = cast.measure(homes[1], "house_repair", responsible="镇建筑队")
        done = handed(cast, homes, to=cast.assigned)
        assert done.households == 2
        for row in (moved, ended, others):
            row.refresh_from_db()
        assert moved.responsible == cast.assigned.officer.name
        assert (ended.responsible, others.responsible) == ("陈永福", "镇建筑队")
        change = MeasureChange.objects.get()
        assert change.changes == {"responsible": ["陈永福", "assigned"]}
        homes[0].refresh_from_db()
        assert homes[0].in_charge == cast.assigned.officer
        assert "调到县里工作" in homes[0].because
        assert HouseholdPast.objects.filter(responsible_name="陈永福").count() == 2

    def test_open_tasks_lie_with_the_new_person(self, cast, leaver):
        home = looked_after_by(cast, leaver.officer)
        open_task(
            "request", key=1, at_division=cast.village.division, household=home, words="x",
            by=cast.township, at=NOW,
        )  # fmt: skip
        assert handed(cast, [home], to=cast.assigned).tasks == 1
        assert Task.objects.visible_to(cast.assigned).waiting_for(cast.assigned).count() == 1
        assert not Task.objects.visible_to(leaver).exists()

    def test_all_or_none(self, cast, leaver):
        home = looked_after_by(cast, leaver.officer)
        far = cast.household("341524106210")
        with pytest.raises(HandingRefusal):
            handed(cast, [home, far], by=cast.county)  # the village's officer has no post there
        home.refresh_from_db()
        assert home.in_charge == leaver.officer

    @pytest.mark.parametrize("role", ["village", "next_township", "city", "assigned"])
    def test_only_who_may_assign_in_the_division(self, cast, leaver, role):
        home = looked_after_by(cast, leaver.officer)
        with pytest.raises(HandingRefusal):
            handed(cast, [home], by=getattr(cast, role))


class TestLoad:
    def test_households_and_contacts_of_the_month(self, cast, leaver):
        one = looked_after_by(cast, cast.assigned.officer, status="edge")
        looked_after_by(cast, cast.assigned.officer, exited_class="supported")
        looked_after_by(cast, leaver.officer)
        cast.household(responsible_name="李传明")
        visit(one, TODAY, "wechat")
        visit(one, TODAY - timedelta(days=1), "phone")
        visit(one, TODAY - timedelta(days=40), "in_person")
        cast.measure(one)
        rows = {load.name: load for load in loads_in(Household.objects.all(), TODAY)}
        mine = rows["assigned"]
        assert (mine.households, mine.listed, mine.monthly, mine.contacted) == (2, 1, 1, 1)
        assert mine.methods == {"wechat": 1, "phone": 1} and mine.measures == 1
        assert rows["李传明"].officer_id is None
        assert rows["陈永福"].left == 0

    def test_an_address_names_an_officer_or_a_bare_name(self, cast):
        mine = looked_after_by(cast, cast.assigned.officer)
        named = cast.household(contact_name="李传明", status="edge")
        homes = Household.objects.all()
        assert list(of_person(homes, str(cast.assigned.officer_id))) == [mine]
        assert list(of_person(homes, "李传明")) == [named]


class TestPages:
    def test_ticked_and_handed_over_in_one_act(self, cast, leaver, client):
        homes = [looked_after_by(cast, leaver.officer) for _n in range(3)]
        Post.objects.filter(pk=leaver.pk).update(until=date(2020, 7, 1))
        client.force_login(cast.township.officer)
        page = client.get(reverse("persons"))
        assert page.context["left"] == 3
        assert timezone.localdate() > date(2020, 7, 1)
        address = f"{reverse('persons_households')}?which=left"
        assert len(client.get(address).context["page"]) == 3
        sent = {"pick": [home.pk for home in homes], "to_post": cast.assigned.pk}
        answer = client.post(address, sent | {"why": "work", "because": "调到县里工作"})
        assert answer.status_code == 302, answer.context["form"].errors
        assert Household.objects.filter(in_charge=cast.assigned.officer).count() == 3
        assert not client.get(reverse("persons")).context["left"]

    def test_who_may_not_assign_reads_only(self, cast, client):
        looked_after_by(cast, cast.assigned.officer)
        client.force_login(cast.village.officer)
        address = f"{reverse('persons_households')}?person={cast.assigned.officer_id}"
        assert client.get(address).context["form"] is None
        assert client.post(address, {}).status_code == 403

    def test_a_province_chooses_a_county_first(self, cast, client):
        client.force_login(cast.province.officer)
        assert client.get(reverse("persons")).context["wide"]
        page = client.get(reverse("persons"), {"division": "341524000000"})
        assert not page.context["wide"]


def test_a_foreign_officers_id_tells_no_name(cast, client):
    """The address names an account; only one in charge of a household that is seen has a name."""
    client.force_login(cast.township.officer, backend="django.contrib.auth.backends.ModelBackend")
    stranger = cast.post("assigned", "341525100201", name="何外县").officer
    looked_after_by(cast, cast.assigned.officer)
    foreign = client.get("/persons/households/", {"person": stranger.pk})
    assert foreign.status_code == 200 and "何外县" not in foreign.text
    own = client.get("/persons/households/", {"person": cast.assigned.officer.pk})
    assert own.context["name"] == cast.assigned.officer.name
