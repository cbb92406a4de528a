"""A household that a village registered meets its row of the national export (decision 96)."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from households import importing
from households.models import FormerNumber, Household, HouseholdPast, Member
from households.registering import register_household
from households.search import found_by_words
from households.timeline import timeline
from households.wording_imports import notes
from tests.cast import NOW
from tests.households.faults import ID, NAME, NUMBER, PERSON, RELATION, Export, load, refusals

pytestmark = pytest.mark.django_db
BEFORE = NOW - timedelta(days=30)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with override("en"):
        yield


def registered(cast, export, index=0, post=None):
    post = post or cast.village
    row = export.rows[index]
    return register_household(
        village=post.division, head_name=row[NAME], resident_id=row[ID], by=post, at=BEFORE
    )


def everything():
    counted = {"version", "head_pinyin", "head_initials"}
    rows = Household.objects.order_by("id").values()
    return (
        [{k: v for k, v in row.items() if k not in counted} for row in rows],
        list(Member.objects.order_by("id").values()),
        list(HouseholdPast.objects.order_by("id").values()),
    )


def test_it_takes_the_national_number_and_stays_itself(cast):
    export = Export(1)
    ours = registered(cast, export)
    head = ours.members.get()
    imported = load(cast, export)
    home = Household.objects.get()
    assert (home.pk, home.number, home.status) == (ours.pk, export.rows[0][NUMBER], "exited")
    head.refresh_from_db()
    assert (head.household, head.number) == (home, export.rows[0][PERSON])
    assert home.members.count() == 3 and not refusals(imported)
    assert imported.counts["households"]["changed"] == 1
    former = FormerNumber.objects.get()
    assert (former.household, former.number, former.of_import) == (home, ours.number, imported)
    assert former.members == {str(head.pk): f"{ours.number}01"}


def test_the_check_proposes_it_and_writes_nothing(cast):
    export = Export(2)
    ours = registered(cast, export)
    before = everything()
    imported = load(cast, export, dry=True)
    assert imported.notes["renumbered"]["some"] == [[export.rows[0][NUMBER], ours.number]]
    said = notes(imported.notes)
    assert any("takes the national number" in note["sentence"] for note in said)
    assert everything() == before and not FormerNumber.objects.exists()


def test_its_history_and_the_search_know_the_former_number(cast):
    export = Export(1)
    ours = registered(cast, export)
    load(cast, export)
    home = Household.objects.get()
    told = [entry.words for entry in timeline(home, cast.village)]
    assert any(ours.number in words for words in told)
    rows = Household.objects.visible_to(cast.village)
    assert found_by_words(rows, ours.number, cast.village).get() == home


def test_taking_the_import_back_gives_both_numbers_back(cast):
    export = Export(2)
    ours = registered(cast, export)
    before = everything()
    imported = load(cast, export)
    importing.undo_import(imported, because="传错了文件", by=cast.county, at=NOW)
    assert everything() == before and not FormerNumber.objects.exists()
    assert Household.objects.get().number == ours.number
    load(cast, export)
    assert Household.objects.get(pk=ours.pk).number == export.rows[0][NUMBER]


def test_the_next_export_knows_it_by_its_national_number(cast):
    export = Export(1)
    registered(cast, export)
    load(cast, export)
    again = load(cast, export, name="b.csv", at=NOW + timedelta(days=1))
    assert again.counts["households"]["unchanged"] == 1 and "renumbered" not in again.notes
    assert FormerNumber.objects.count() == 1


def test_in_another_village_it_is_not_taken_for_the_same(cast):
    export = Export(1)
    ours = registered(cast, export, post=cast.next_village)
    imported = load(cast, export)
    ours.refresh_from_db()
    assert ours.number.startswith("N") and not FormerNumber.objects.exists()
    assert [reason for _row, _column, reason in refusals(imported)] == ["person_elsewhere"]


def test_who_is_no_head_in_the_export_is_not_taken_for_one(cast):
    export = Export(1)
    ours = registered(cast, export, index=1)
    load(cast, export)
    ours.refresh_from_db()
    assert ours.number.startswith("N") and not FormerNumber.objects.exists()


def test_two_households_of_ours_are_named_and_neither_is_taken(cast):
    export = Export(2)
    first = registered(cast, export)
    other = cast.household()
    Household.objects.filter(pk=other.pk).update(number=f"{first.number[:-1]}9")
    cast.member(other, name="同名人", relation="head", resident_id=export.rows[0][ID])
    imported = load(cast, export)
    reasons = {reason for _row, _column, reason in refusals(imported)}
    assert reasons == {"own_number_unclear"}
    sentence = imported.refusals.first().sentence
    assert first.number in sentence and f"{first.number[:-1]}9" in sentence
    assert Household.objects.filter(number__startswith="N").count() == 2
    assert not Household.objects.filter(number=export.rows[0][NUMBER]).exists()
    assert Household.objects.filter(number=export.rows[3][NUMBER]).exists(), "the rest goes in"


def test_two_households_of_the_file_are_named_and_neither_takes_it(cast):
    export = Export(2)
    ours = registered(cast, export)
    export.rows[3][ID], export.rows[3][NAME] = export.rows[0][ID], export.rows[0][NAME]
    assert export.rows[3][RELATION] == export.rows[0][RELATION]
    imported = load(cast, export)
    assert {reason for _r, _c, reason in refusals(imported)} == {"own_number_unclear"}
    sentence = imported.refusals.first().sentence
    assert export.rows[0][NUMBER] in sentence and export.rows[3][NUMBER] in sentence
    assert Household.objects.get().number == ours.number


def test_an_export_older_than_the_registering_changes_nothing_of_it(cast):
    export = Export(1)
    row = export.rows[0]
    ours = register_household(
        village=cast.village.division, head_name=row[NAME], resident_id=row[ID], by=cast.village,
        at=NOW + timedelta(days=30),
    )  # fmt: skip
    load(cast, export)
    ours.refresh_from_db()
    assert ours.number.startswith("N")
