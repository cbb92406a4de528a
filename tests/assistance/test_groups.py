"""A measure for many at once: picked or from a workbook, recorded, ended, undone."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from assistance.groups import acts
from assistance.groups.checks import GroupRefusal
from assistance.groups.workbook import lines_of
from assistance.models import GroupAction, GroupLine, Measure, MeasureChange
from tests.cast import NOW, TODAY

FACTS = {
    "kind": "training",
    "title": "采茶培训班，五天",
    "organiser": "汤家汇镇",
    "started_on": TODAY,
    "due_on": TODAY + timedelta(days=5),
}
ID = "341524199001010010"


def by(post):
    return {"by": post, "at": NOW}


def begun(post, **facts):
    return acts.begin_action(**(FACTS | facts), **by(post))[0]


def recorded(cast, people):
    action = begun(cast.township)
    acts.pick(action, whom=[(m.household_id, m.pk) for m in people], by=cast.township)
    acts.record_action(action, **by(cast.township))
    action.refresh_from_db()
    return action


@pytest.fixture
def people(cast):
    return [
        cast.member(cast.household(head_name=f"汪{n}"), name=f"汪{n}", labour="ordinary")
        for n in range(30)
    ]


class TestRecording:
    def test_thirty_people_are_one_act_in_a_few_statements(
        self, cast, people, django_assert_max_num_queries
    ):
        action = begun(cast.township)
        whom = [(member.household_id, member.pk) for member in people]
        assert acts.pick(action, whom=whom, by=cast.township) == 30
        with django_assert_max_num_queries(25):
            assert acts.record_action(action, **by(cast.township)) == (30, 0)
        rows = Measure.objects.filter(action=action)
        assert rows.count() == 30
        measure = rows.first()
        assert (measure.kind, measure.words, measure.responsible, measure.department) == (
            "training", "采茶培训班，五天", "汤家汇镇", "human_resources",
        )  # fmt: skip
        assert {row.member_id for row in rows} == {member.pk for member in people}

    def test_picked_twice_stands_once_and_foreign_ones_never(self, cast, people):
        action = begun(cast.township)
        foreign = cast.household("341525100201")
        whom = [(people[0].household_id, people[0].pk)] * 2 + [(foreign.pk, None)]
        assert acts.pick(action, whom=whom, by=cast.township) == 1
        assert acts.pick(action, whom=whom, by=cast.township) == 0

    def test_who_cannot_be_taken_stays_with_the_reason_and_the_rest_goes_on(self, cast, people):
        """AH 4.2.1 on every path: special funds are refused to edge households, to nobody else."""
        edge = cast.household(status="edge")
        action = begun(cast.township, source="special", amount=300)
        whom = [(edge.pk, None), (people[0].household_id, people[0].pk)]
        acts.pick(action, whom=whom, by=cast.township)
        assert acts.record_action(action, **by(cast.township)) == (1, 1)
        assert "AH 4.2.1" in GroupLine.objects.get(household=edge).refusal
        assert not edge.measures.exists()

    def test_nothing_can_be_recorded_twice_or_empty(self, cast, people):
        empty = begun(cast.township)
        with pytest.raises(GroupRefusal):
            acts.record_action(empty, **by(cast.township))
        action = recorded(cast, people[:2])
        with pytest.raises(GroupRefusal):
            acts.record_action(action, **by(cast.township))
        assert Measure.objects.count() == 2

    def test_another_desk_leaves_it_alone(self, cast, people):
        action = begun(cast.township)
        for role in ("county", "village", "next_township"):
            with pytest.raises(GroupRefusal):
                acts.pick(action, whom=[], by=getattr(cast, role))
        assert cast.county and GroupAction.objects.visible_to(cast.county).exists()
        assert not GroupAction.objects.visible_to(cast.village).exists()
        assert not GroupAction.objects.visible_to(cast.education).exists()

    def test_a_department_enters_its_own_kinds(self, cast):
        with pytest.raises(GroupRefusal):
            begun(cast.education)


class TestEnding:
    def test_ends_together_with_a_result_for_each(self, cast, people):
        action = recorded(cast, people[:3])
        first = action.measures.get(member=people[0])
        results = {first.pk: ("stopped", "外出务工，没有参加")}
        done = acts.end_action(
            action, on=TODAY, results=results, seen_version=action.version, **by(cast.township)
        )
        assert done == 3
        assert sorted(action.measures.values_list("result", flat=True)) == ["done"] * 2 + [
            "stopped"
        ]
        assert MeasureChange.objects.count() == 3
        first.refresh_from_db()
        assert first.result_words == "外出务工，没有参加" and first.version == 2

    def test_not_done_says_why(self, cast, people):
        action = recorded(cast, people[:1])
        results = {action.measures.get().pk: ("refused", " ")}
        with pytest.raises(GroupRefusal):
            acts.end_action(
                action, on=TODAY, results=results, seen_version=action.version,
                **by(cast.township),
            )  # fmt: skip

    def test_undone_stands_in_the_history_as_a_mistake(self, cast, people):
        action = recorded(cast, people[:2])
        acts.undo_action(
            action, because="名单弄错了", seen_version=action.version, **by(cast.township)
        )
        assert set(action.measures.values_list("result", flat=True)) == {"mistake"}
        assert MeasureChange.objects.filter(because="名单弄错了").count() == 2


def workbook(tmp_path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    path = tmp_path / "list.xlsx"
    book.save(path)
    return path


class TestWorkbook:
    def test_rows_name_people_or_say_why_not(self, cast, tmp_path):
        home = cast.household(head_name="汪秀兰")
        member = cast.member(home, name="汪小龙", resident_id=ID)
        foreign = cast.household("341525100201")
        rows = [
            ["培训班名单"],
            ["户编号", "姓名", "证件号码"],
            [home.number, "", ""],
            [home.number, "汪小龙", ""],
            ["", "", ID],
            ["", "王芳", ID],
            [foreign.number, "", ""],
            [home.number, "李四", ""],
            ["", "汪小龙", ""],
            ["", "", "3.41524E+17"],
        ]
        lines = lines_of(workbook(tmp_path, rows), "list.xlsx", by=cast.township)
        assert [line.row for line in lines] == [3, 4, 5, 6, 7, 8, 9, 10]
        assert [line.member for line in lines[:3]] == [None, member, member]
        assert not any(line.refusal for line in lines[:3])
        assert all(line.refusal and line.household_id is None or line.refusal for line in lines[3:])
        assert "汪小龙" in lines[3].refusal and "李四" in lines[5].refusal
        assert not any(ID in line.said for line in lines)

    def test_a_csv_of_gb18030_is_read(self, cast, tmp_path):
        home = cast.household()
        path = tmp_path / "list.csv"
        path.write_bytes(f"户编号,姓名\n{home.number},\n".encode("gb18030"))
        (line,) = lines_of(path, "list.csv", by=cast.township)
        assert line.household == home and not line.refusal

    @pytest.mark.parametrize(
        "content",
        [b"", b"a,b\n1,2\n", "户编号,姓名\n".encode(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
    )
    def test_what_is_no_list_is_refused_with_a_sentence(self, cast, tmp_path, content):
        path = tmp_path / "list.csv"
        path.write_bytes(content)
        with pytest.raises(GroupRefusal) as refusal:
            lines_of(path, "list.csv", by=cast.township)
        assert refusal.value.field == "file"

    def test_who_sees_no_numbers_finds_nobody_by_one(self, cast, tmp_path):
        home = cast.household()
        cast.member(home, name="汪小龙", resident_id=ID, school="primary", born_on=date(2010, 1, 1))
        path = workbook(tmp_path, [["证件号码", "姓名"], [ID, ""]])
        (line,) = lines_of(path, "list.xlsx", by=cast.education)
        assert line.refusal and line.household_id is None


class TestPages:
    def test_from_the_form_to_its_end(self, cast, people, client):
        client.force_login(cast.township.officer)
        sent = FACTS | {"client_id": "6f1c2c5e-7f3e-4a86-9a0e-0f3a4a6d8f11"}
        today = timezone.localdate()
        sent |= {"started_on": str(today), "due_on": str(today + timedelta(days=3))}
        answer = client.post(reverse("action_new"), sent)
        assert answer.status_code == 302, answer.context["form"].errors
        page = client.get(answer.url)
        assert len(page.context["page"]) == 30  # able to work, without a skill
        ticked = [row.pk for row in page.context["page"]]
        answer = client.post(answer.url, {"pick": ticked})
        action = GroupAction.objects.get()
        shown = client.get(answer.url)
        assert len(shown.context["taken"]) == 30 and not Measure.objects.exists()
        client.post(reverse("action_record", args=[action.pk]))
        assert Measure.objects.count() == 30
        end = client.get(reverse("action_end", args=[action.pk]))
        data = {"on": str(today), "seen_version": end.context["action"].version}
        for row in Measure.objects.all():
            data |= {f"result_{row.pk}": "done", f"words_{row.pk}": ""}
        assert client.post(reverse("action_end", args=[action.pk]), data).status_code == 302
        assert set(Measure.objects.values_list("result", flat=True)) == {"done"}

    def test_a_file_with_the_form_leads_to_the_preview(self, cast, client, tmp_path):
        home = cast.household()
        client.force_login(cast.township.officer)
        today = timezone.localdate()
        path = workbook(tmp_path, [["户编号"], [home.number], ["34152400000000"]])
        file = SimpleUploadedFile("list.xlsx", path.read_bytes())
        sent = FACTS | {"started_on": str(today), "due_on": str(today), "file": file}
        answer = client.post(reverse("action_new"), sent)
        page = client.get(answer.url)
        assert [len(page.context[name]) for name in ("taken", "refused")] == [1, 1]

    def test_the_template_holds_the_columns(self, cast, client):
        client.force_login(cast.village.officer)
        answer = client.get(reverse("action_template"))
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert [cell.value for cell in sheet[1]] == ["户编号", "姓名", "证件号码"]
