"""Acts on measures: who may, what is refused, and that nothing entered is lost."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from assistance.checks import MeasureRefusal, Outdated
from assistance.models import Measure, MeasureChange, MeasureNote
from assistance.planning import (
    add_measure,
    change_measure,
    end_measure,
    explain_open,
    note_progress,
    resume_measure,
)
from households.timeline import timeline
from tests.cast import NOW, SHANGHAI, TODAY

FACTS = {
    "kind": "house_repair",
    "answers": ["housing"],
    "words": "后墙加固",
    "responsible": "李传明",
    "started_on": TODAY,
}
TOMORROW = TODAY + timedelta(days=1)


def add(household, by, **facts):
    return add_measure(household, by=by, at=NOW, **(FACTS | facts))[0]


class TestAdding:
    @pytest.mark.parametrize("role", ["village", "assigned", "township", "county"])
    def test_those_in_charge_add_and_the_catalogue_names_the_department(self, cast, role):
        by = getattr(cast, role)
        household = cast.household(in_charge=cast.assigned.officer)
        measure = add(household, by, amount=Decimal("1200.50"), due_on=TOMORROW)
        stored = Measure.objects.get()
        assert (stored.department, stored.amount) == ("housing", Decimal("1200.50"))
        assert (stored.recorded_by, stored.version, stored.is_open) == (by, 1, True)
        assert measure == stored

    @pytest.mark.parametrize("role", ["city", "province", "auditor", "administrator"])
    def test_others_do_not(self, cast, role):
        with pytest.raises(MeasureRefusal):
            add(cast.household(), getattr(cast, role))

    @pytest.mark.parametrize("role", ["stranger", "next_village", "next_township", "assigned"])
    def test_nobody_adds_to_a_household_that_the_post_does_not_see(self, cast, role):
        with pytest.raises(MeasureRefusal):
            add(cast.household(), getattr(cast, role))
        assert not Measure.objects.exists()

    def test_a_department_adds_the_kinds_of_its_own_line_alone(self, cast):
        household = cast.household(water_safe=False)
        assert add(household, cast.water, kind="water_supply").department == "water"
        for facts in (
            {"kind": "house_repair"},
            {"kind": "house_repair", "department": "water"},
            {"kind": "water_supply", "department": "housing"},
        ):
            with pytest.raises(MeasureRefusal):
                add(household, cast.water, **facts)
        assert Measure.objects.count() == 1

    def test_a_department_adds_nothing_outside_its_line(self, cast):
        with pytest.raises(MeasureRefusal):
            add(cast.household(water_safe=True), cast.water, kind="water_supply")

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"words": " "}, None),
            ({"responsible": ""}, None),
            ({"answers": ["housing", "moon"]}, "answers"),
            ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
            ({"due_on": date(2202, 6, 30)}, "due_on"),
            ({"started_on": date(2002, 6, 25)}, "started_on"),
            ({"started_on": date(2022, 6, 25)}, "started_on"),
            ({"amount": Decimal(-1)}, "amount"),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_field(self, cast, facts, field):
        with pytest.raises(MeasureRefusal) as refusal:
            add(cast.household(), cast.village, **facts)
        assert refusal.value.field == field and not Measure.objects.exists()

    def test_a_person_of_another_household_is_refused(self, cast):
        stranger = cast.member(cast.household())
        with pytest.raises(MeasureRefusal) as refusal:
            add(cast.household(), cast.village, member=stranger)
        assert refusal.value.field == "member"

    def test_sent_twice_it_is_stored_once(self, cast):
        household, key = cast.household(), uuid4()
        first = add_measure(household, client_id=key, by=cast.village, at=NOW, **FACTS)
        second = add_measure(household, client_id=key, by=cast.village, at=NOW, **FACTS)
        assert (first[1], second[1]) == (True, False) and first[0] == second[0]
        with pytest.raises(MeasureRefusal):
            add_measure(cast.household(), client_id=key, by=cast.village, at=NOW, **FACTS)

    @pytest.mark.django_db(transaction=True)
    def test_sent_twice_at_once_it_is_stored_once(self, cast):
        household, by, key, barrier = cast.household(), cast.village, uuid4(), Barrier(2)
        made = []

        def send():
            barrier.wait()
            try:
                made.append(add_measure(household, client_id=key, by=by, at=NOW, **FACTS))
            finally:
                connection.close()

        threads = [Thread(target=send) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(new for _measure, new in made) == [False, True]
        assert Measure.objects.count() == 1


class TestChanging:
    def test_the_old_values_are_kept_with_who_when_and_why(self, cast):
        household = cast.household()
        member = cast.member(household)
        measure = add(household, cast.village, due_on=TOMORROW)
        later = datetime(2020, 6, 26, 9, tzinfo=SHANGHAI)
        changed = change_measure(
            measure,
            words="后墙重砌",
            due_on=date(2020, 8, 1),
            amount=Decimal(300),
            member=member,
            seen_version=1,
            because="雨季推迟",
            by=cast.township,
            at=later,
        )
        assert changed == ["words", "due_on", "amount", "member"]
        assert (measure.words, measure.version, measure.member) == ("后墙重砌", 2, member)
        row = MeasureChange.objects.get()
        assert row.changes == {
            "words": ["后墙加固", "后墙重砌"],
            "due_on": ["2020-06-26", "2020-08-01"],
            "amount": [None, "300"],
            "member": [None, member.id],
        }
        assert (row.because, row.recorded_by, row.recorded_at) == (
            "雨季推迟",
            cast.township,
            later,
        )

    def test_who_comes_second_hears_that_somebody_was_first(self, cast):
        measure = add(cast.household(), cast.village)
        change_measure(measure, words="甲", seen_version=1, by=cast.village, at=NOW)
        acts = [
            lambda **said: change_measure(measure, words="乙", **said),
            lambda **said: end_measure(measure, on=TODAY, result="done", **said),
            lambda **said: explain_open(measure, because="等材料", **said),
        ]
        for act in acts:
            with pytest.raises(Outdated):
                act(seen_version=1, by=cast.county, at=NOW)
        assert Measure.objects.get().words == "甲" and MeasureChange.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_of_two_at_once_one_is_first_and_the_other_hears_it(self, cast):
        household = cast.household()
        for _ in range(10):
            measure, barrier, heard = cast.measure(household), Barrier(2), []
            acts = [
                (change_measure, {"words": "甲", "by": cast.village}),
                (end_measure, {"on": TODAY, "result": "done", "by": cast.township}),
            ]

            def act(do, said, seen=measure.pk, barrier=barrier, heard=heard):
                mine = Measure.objects.get(pk=seen)
                barrier.wait()
                try:
                    do(mine, seen_version=1, at=NOW, **said)
                except Outdated as outdated:
                    heard.append(str(outdated))
                finally:
                    connection.close()

            threads = [Thread(target=act, args=pair) for pair in acts]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            measure.refresh_from_db()
            assert len(heard) == 1 and measure.version == 2
            assert (measure.words == "甲") != (measure.result == "done")
            assert measure.changes.count() == 1

    def test_nothing_changed_is_no_change(self, cast):
        measure = add(cast.household(), cast.village)
        said = {"seen_version": 1, "by": cast.village, "at": NOW}
        assert change_measure(measure, words="后墙加固", **said) == []
        assert measure.version == 1 and not MeasureChange.objects.exists()

    def test_a_new_due_day_takes_the_old_reason_away_and_keeps_it_in_the_history(self, cast):
        measure = cast.measure(cast.household(), due_on=date(2020, 6, 20))
        explain_open(measure, because="等材料", seen_version=1, by=cast.village, at=NOW)
        assert not measure.wants_reason(TODAY)
        said = {"seen_version": 2, "by": cast.village, "at": NOW}
        change_measure(measure, due_on=date(2020, 6, 22), **said)
        assert measure.open_because == "" and measure.wants_reason(TODAY)
        assert MeasureChange.objects.first().changes["open_because"] == ["等材料", ""]

    def test_a_department_does_not_take_what_another_is_in_charge_of(self, cast):
        measure = cast.measure(cast.household(water_safe=False), "house_repair")
        with pytest.raises(MeasureRefusal):
            change_measure(measure, words="x", seen_version=1, by=cast.water, at=NOW)

    def test_a_department_gives_none_of_its_own_away(self, cast):
        measure = cast.measure(cast.household(water_safe=False), "water_supply")
        said = {"seen_version": 1, "by": cast.water, "at": NOW}
        for changes in ({"department": "housing"}, {"kind": "house_repair"}):
            with pytest.raises(MeasureRefusal):
                change_measure(measure, **changes, **said)
        assert change_measure(measure, words="换水表", **said) == ["words"]

    @pytest.mark.parametrize("role", ["city", "auditor", "stranger", "next_village"])
    def test_no_act_is_open_to_others(self, cast, role):
        measure, by = cast.measure(cast.household()), getattr(cast, role)
        said = {"by": by, "at": NOW}
        acts = [
            lambda: change_measure(measure, words="x", seen_version=1, **said),
            lambda: end_measure(measure, on=TODAY, result="done", seen_version=1, **said),
            lambda: explain_open(measure, because="等材料", seen_version=1, **said),
            lambda: note_progress(measure, on=TODAY, words="x", **said),
        ]
        for act in acts:
            with pytest.raises(MeasureRefusal):
                act()
        assert not MeasureChange.objects.exists() and not MeasureNote.objects.exists()


class TestEnding:
    def test_no_progress_of_a_measure_that_somebody_ended_meanwhile(self, cast):
        seen = cast.measure(cast.household())
        self.end(cast, Measure.objects.get())
        with pytest.raises(MeasureRefusal):
            note_progress(seen, on=TODAY, words="又去看了", by=cast.village, at=NOW)

    def end(self, cast, measure, **said):
        said = {"on": TODAY, "result": "done", "seen_version": 1} | said
        return end_measure(measure, by=cast.village, at=NOW, **said)

    def test_it_ends_with_a_result_and_may_be_opened_again(self, cast):
        measure = cast.measure(cast.household())
        self.end(cast, measure, words="验收合格")
        assert (measure.result, measure.ended_on, measure.result_words) == (
            "done",
            TODAY,
            "验收合格",
        )
        with pytest.raises(MeasureRefusal):
            note_progress(measure, on=TODAY, words="又去看了", by=cast.village, at=NOW)
        with pytest.raises(MeasureRefusal):
            self.end(cast, measure, seen_version=2)
        said = {"because": "点错了", "by": cast.village, "at": NOW}
        resume_measure(measure, seen_version=2, **said)
        assert measure.is_open and measure.result == ""
        assert MeasureChange.objects.first().changes["result_words"] == ["验收合格", ""]
        with pytest.raises(MeasureRefusal):
            resume_measure(measure, seen_version=3, **said)

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"on": TOMORROW}, "on"),
            ({"on": date(2020, 6, 9)}, "on"),
            ({"result": "stopped"}, "words"),
            ({"result": "refused", "words": "  "}, "words"),
        ],
    )
    def test_what_cannot_be_is_refused(self, cast, said, field):
        measure = cast.measure(cast.household())
        with pytest.raises(MeasureRefusal) as refusal:
            self.end(cast, measure, **said)
        assert refusal.value.field == field and Measure.objects.get().is_open

    def test_what_was_refused_may_end_before_the_day_it_was_to_begin(self, cast):
        measure = cast.measure(cast.household(), started_on=date(2020, 7, 5))
        self.end(cast, measure, result="refused", words="户主不愿搬")
        assert Measure.objects.get().ended_on == TODAY

    @pytest.mark.parametrize(
        "facts",
        [
            {"ended_on": TODAY},
            {"result": "done"},
            {"ended_on": date(2020, 6, 1), "result": "done"},
            {"ended_on": TODAY, "result": "stopped"},
            {"due_on": date(2020, 6, 1)},
            {"words": ""},
            {"responsible": ""},
            {"amount": -1},
        ],
    )
    def test_the_database_itself_refuses(self, cast, facts):
        household = cast.household()
        with pytest.raises(IntegrityError), transaction.atomic():
            cast.measure(household, **facts)


class TestProgress:
    def test_a_note_is_stored_once(self, cast):
        measure, key = cast.measure(cast.household()), uuid4()
        said = {"on": TODAY, "words": "砖已拉到", "by": cast.assigned, "at": NOW}
        measure.household.in_charge = cast.assigned.officer
        measure.household.save()
        assert note_progress(measure, client_id=key, **said)[1]
        assert not note_progress(measure, client_id=key, **said)[1]
        assert MeasureNote.objects.get().recorded_by == cast.assigned

    @pytest.mark.parametrize(
        ("said", "field"),
        [({"on": TOMORROW}, "on"), ({"on": date(2020, 6, 9)}, "on"), ({"words": " "}, "words")],
    )
    def test_what_cannot_be_is_refused(self, cast, said, field):
        said = {"on": TODAY, "words": "砖已拉到"} | said
        with pytest.raises(MeasureRefusal) as refusal:
            note_progress(cast.measure(cast.household()), by=cast.village, at=NOW, **said)
        assert refusal.value.field == field


class TestSeeing:
    def test_each_sees_the_measures_of_its_households_and_a_department_its_own(self, cast):
        household = cast.household(water_safe=False, in_charge=cast.assigned.officer)
        water = cast.measure(household, "water_supply")
        house = cast.measure(household, "house_repair")
        cast.measure(cast.household("360728100201"), "water_supply")

        def seen(role):
            return set(Measure.objects.visible_to(getattr(cast, role)))

        for role in "village assigned township county city province auditor".split():
            assert seen(role) == {water, house}, role
        assert seen("water") == {water}
        for role in "next_village next_township administrator education".split():
            assert seen(role) == set(), role

    def test_the_history_tells_when_it_began_and_how_it_ended(self, cast):
        measure = cast.measure(cast.household(water_safe=False), "water_supply")
        end_measure(
            measure, on=TODAY, result="done", words="已通水", seen_version=1, by=cast.county, at=NOW
        )
        told = [(e.on, e.words, e.who) for e in timeline(measure.household, cast.village)]
        assert (measure.started_on, "后墙加固", "village") in told
        assert (TODAY, "已通水", "county") in told
        assert len(timeline(measure.household, cast.water)) == 2
        assert not timeline(measure.household, cast.education)
