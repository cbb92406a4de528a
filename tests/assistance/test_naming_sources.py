"""Money that was given came from somewhere: named at the end on every path, or named afterwards."""

import io
from datetime import timedelta
from threading import Barrier, Thread

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from assistance.checks import MeasureRefusal, Outdated
from assistance.groups import acts
from assistance.groups.checks import GroupRefusal
from assistance.models import GroupAction, Measure, MeasureChange
from assistance.planning import end_measure, name_source
from assistance.social.matching import deliver
from households.models import Fault
from households.quality.mending import mended_at
from households.quality.running import check_province
from tests.assistance.helping import matched
from tests.cast import NOW, TODAY

EXCEPTION = {
    "exception": "disaster",
    "exception_problem": "housing",
    "exception_words": "洪水冲毁两间，无力自筹",
}
DONE = {"result": "done", "ended_on": TODAY, "amount": 3000}


def end(measure, by, result="done", **said):
    end_measure(measure, on=TODAY, result=result, by=by, at=NOW, seen_version=1, **said)


def name(measure, by, source="welfare", seen=1, **said):
    name_source(measure, source=source, seen_version=seen, by=by, at=NOW, **said)


class TestTheEnd:
    @pytest.mark.parametrize(
        ("amount", "source", "said", "refused"),
        [
            (3000, "", {}, True),
            (3000, "", {"source": "moon"}, True),
            (3000, "", {"source": "welfare"}, False),
            (3000, "social", {}, False),
            (None, "", {}, False),
            (0, "", {}, False),
            (3000, "", {"result": "stopped", "words": "搬走"}, False),
        ],
    )
    def test_done_with_money_names_its_source(self, cast, amount, source, said, refused):
        measure = cast.measure(cast.household(), amount=amount, source=source)
        if refused:
            with pytest.raises(MeasureRefusal) as told:
                end(measure, cast.village, **said)
            assert told.value.field == "source"
        else:
            end(measure, cast.village, **said)
        measure.refresh_from_db()
        assert measure.is_open is refused
        assert not measure.lacks_source

    def test_what_is_named_at_the_end_is_asked_as_everywhere(self, cast):
        measure = cast.measure(cast.household(status="edge"), amount=3000)
        with pytest.raises(MeasureRefusal, match=r"AH 4\.2\.1"):
            end(measure, cast.village, source="special")
        end(measure, cast.village, source="social")
        assert MeasureChange.objects.get().changes["source"] == ["", "social"]

    def test_the_form_asks_for_it_only_then(self, cast, client):
        home = cast.household()
        client.force_login(cast.village.officer)
        free, paid = cast.measure(home), cast.measure(home, amount=3000)
        assert "source" not in client.get(reverse("measure_end", args=[free.pk])).context["form"]
        url = reverse("measure_end", args=[paid.pk])
        said = {"result": "done", "on": TODAY.isoformat(), "seen_version": 1}
        answer = client.post(url, said)
        assert list(answer.context["form"].errors) == ["source"]
        assert client.post(url, said | {"source": "welfare"}).status_code == 302
        assert Measure.objects.get(pk=paid.pk).source == "welfare"

    def test_a_gift_is_social_money_whatever_was_written_at_its_measure(self, cast):
        found = matched(cast, amount=500, kind="money")
        Measure.objects.filter(pk=found.measure_id).update(source="")
        deliver(found, amount=500, on=TODAY, proof="收据 8", by=cast.village, at=NOW)
        measure = Measure.objects.get(pk=found.measure_id)
        assert (measure.result, measure.source) == ("done", "social")


FACTS = {"kind": "training", "title": "采茶培训班", "organiser": "汤家汇镇", "amount": 300}


def recorded(cast, homes, **facts):
    by, due = cast.township, TODAY + timedelta(days=5)
    said = FACTS | {"started_on": TODAY, "due_on": due} | facts
    action = acts.begin_action(**said, by=by, at=NOW)[0]
    acts.pick(action, whom=[(home.pk, None) for home in homes], by=by)
    acts.record_action(action, by=by, at=NOW)
    return GroupAction.objects.get(pk=action.pk)


def end_all(cast, action, results=None, **said):
    said |= {"results": results or {}, "seen_version": action.version}
    return acts.end_action(action, on=TODAY, **said, by=cast.township, at=NOW)


class TestForMany:
    def test_nobody_is_done_without_a_source(self, cast):
        action = recorded(cast, [cast.household(), cast.household()])
        with pytest.raises(GroupRefusal) as told:
            end_all(cast, action)
        assert told.value.field == "source"
        assert action.measures.open().count() == 2
        assert end_all(cast, action, source="department") == 2
        assert set(action.measures.values_list("source", flat=True)) == {"department"}
        changes = [row.changes for row in MeasureChange.objects.all()]
        assert [row["source"] for row in changes] == [["", "department"]] * 2

    def test_who_got_none_needs_none_and_who_has_one_keeps_it(self, cast):
        action = recorded(cast, [cast.household(), cast.household()])
        stopped, named = action.measures.order_by("id")
        Measure.objects.filter(pk=named.pk).update(source="social")
        end_all(cast, action, {stopped.pk: ("stopped", "没有参加")}, source="special")
        assert set(action.measures.values_list("source", flat=True)) == {"", "social"}

    def test_one_to_whom_the_money_may_not_go_is_told_and_none_has_ended(self, cast):
        edge = cast.household(status="edge")
        action = recorded(cast, [cast.household(), edge])
        with pytest.raises(GroupRefusal, match=r"AH 4\.2\.1") as told:
            end_all(cast, action, source="special")
        assert edge.number in str(told.value)
        assert action.measures.open().count() == 2

    def test_the_exception_of_the_action_goes_to_whom_it_serves(self, cast):
        homes = [cast.household(exited_class=each) for each in ("independent", "supported")]
        action = recorded(cast, homes, **EXCEPTION)
        end_all(cast, action, source="fiscal")
        rows = action.measures.order_by("household_id")
        assert [row.exception for row in rows] == ["disaster", ""]
        plain = recorded(cast, homes)
        with pytest.raises(GroupRefusal, match=r"AH 4\.1\.2"):
            end_all(cast, plain, source="fiscal")

    def test_people_of_a_workbook_end_on_the_page(self, cast, client):
        home, book, file = cast.household(), openpyxl.Workbook(), io.BytesIO()
        client.force_login(cast.township.officer)
        book.active.append(["户编号"])
        book.active.append([home.number])
        book.save(file)
        today = timezone.localdate().isoformat()
        said = FACTS | {"started_on": today, "due_on": today}
        upload = SimpleUploadedFile("list.xlsx", file.getvalue())
        client.post(reverse("action_new"), said | {"department": "", "file": upload})
        action = GroupAction.objects.get()
        client.post(reverse("action_record", args=[action.pk]))
        url = reverse("action_end", args=[action.pk])
        assert 'name="source"' in client.get(url).text
        action.refresh_from_db()
        row = action.measures.get()
        sent = {"on": today, "seen_version": action.version, f"result_{row.pk}": "done"}
        answer = client.post(url, sent)
        assert answer.status_code == 422 and list(answer.context["form"].errors) == ["source"]
        assert client.post(url, sent | {"source": "welfare"}).status_code == 302
        assert action.measures.get().source == "welfare"


class TestNamedLater:
    def test_it_is_named_with_its_trace_and_once(self, cast):
        measure = cast.measure(cast.household(), **DONE)
        name(measure, cast.township)
        assert (measure.source, measure.result, measure.version) == ("welfare", "done", 2)
        row = MeasureChange.objects.get()
        assert (row.changes, row.recorded_by) == ({"source": ["", "welfare"]}, cast.township)
        with pytest.raises(MeasureRefusal):
            name(measure, cast.village, "social", seen=2)

    def test_the_rules_of_money_are_asked(self, cast):
        edge = cast.measure(cast.household(status="edge"), **DONE)
        with pytest.raises(MeasureRefusal, match=r"AH 4\.2\.1"):
            name(edge, cast.village, "special")
        alone = cast.measure(cast.household(exited_class="independent"), **DONE)
        with pytest.raises(MeasureRefusal, match=r"AH 4\.1\.2"):
            name(alone, cast.village, "fiscal")
        name(alone, cast.village, "fiscal", **EXCEPTION)
        assert (alone.source, alone.exception) == ("fiscal", "disaster")

    def test_not_what_is_open_or_was_not_done_and_not_by_others(self, cast):
        home = cast.household()
        for facts in ({"amount": 3000}, DONE | {"result": "stopped", "result_words": "搬走"}):
            with pytest.raises(MeasureRefusal):
                name(cast.measure(home, **facts), cast.village)
        for role in ("next_village", "auditor", "city", "water"):
            with pytest.raises(MeasureRefusal):
                name(cast.measure(home, **DONE), getattr(cast, role))
        with pytest.raises(MeasureRefusal):
            name(cast.measure(home, **DONE), cast.village, "")

    @pytest.mark.django_db(transaction=True)
    def test_of_two_at_once_one_is_first_and_the_other_hears_it(self, cast):
        measure, barrier, heard = cast.measure(cast.household(), **DONE), Barrier(2), []
        ways = [(cast.village, "welfare"), (cast.township, "social")]

        def act(by, source):
            mine = Measure.objects.get(pk=measure.pk)
            barrier.wait()
            try:
                name(mine, by, source)
                heard.append(source)
            except Outdated as refusal:
                heard.append(refusal)
            finally:
                connection.close()

        threads = [Thread(target=act, args=way) for way in ways]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        (first,) = [said for said in heard if isinstance(said, str)]
        measure.refresh_from_db()
        assert (measure.source, measure.version, len(heard)) == (first, 2, 2)
        assert MeasureChange.objects.count() == 1


class TestTheList:
    def test_the_check_leads_there_and_is_mended_with_the_last_of_them(self, cast, client):
        home, other = cast.household(), cast.household()
        first, second = cast.measure(home, **DONE), cast.measure(home, **DONE)
        for facts in ({"source": "social"}, {"amount": None}, {"result": "mistake"}):
            cast.measure(other, **DONE | {"result_words": "录错"} | facts)
        cast.measure(other, amount=3000)
        check_province(cast.divisions["340000000000"], at=NOW)
        fault = Fault.objects.get(code=650)
        assert fault.household == home
        client.force_login(cast.village.officer)
        address = mended_at(fault, cast.village)[0]
        for measure in (first, second):
            at = client.get(address).url
            assert at == reverse("measure_source", args=[measure.pk]) + f"?fault={fault.pk}"
            link = reverse("measure_source", args=[measure.pk])
            assert link in client.get(reverse("measure", args=[measure.pk])).text
            fault.refresh_from_db()
            assert fault.fixed_on is None
            answer = client.post(at, {"source": "welfare", "seen_version": 1})
        fault.refresh_from_db()
        assert fault.fixed_on is not None
        assert answer.url.startswith(reverse("next_fault", args=[fault.pk]))
        assert client.get(address).url == reverse("household_measures", args=[home.pk])

    def test_who_carries_no_measures_is_shown_the_household(self, cast):
        fault = Fault(pk=1, household=cast.household(), code=650)
        for post in (cast.auditor, cast.city):
            assert mended_at(fault, post)[0] == reverse("household", args=[fault.household_id])

    def test_the_page_refuses_beside_the_field(self, cast, client):
        measure = cast.measure(cast.household(status="edge"), **DONE)
        url = reverse("measure_source", args=[measure.pk])
        client.force_login(cast.village.officer)
        answer = client.post(url, {"source": "special", "seen_version": 1})
        assert "AH 4.2.1" in answer.context["form"].errors["source"][0]
        client.force_login(cast.stranger.officer)
        assert client.post(url, {"source": "social", "seen_version": 1}).status_code == 404
        measure.refresh_from_db()
        assert measure.lacks_source
