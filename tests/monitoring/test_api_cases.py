"""Cases over the API: every act, with the refusals of the pages."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from accounts.tokens import issue_token
from monitoring.models import Case, State
from monitoring.procedures import PROCEDURES
from tests.cast import Cast
from tests.monitoring.chains import (
    answer,
    make_ready,
    officer_of,
    open_for_days,
    opened,
    refreshed,
    step_on,
    subject_of,
    visit,
    walked,
)

AT = timezone.now()


def headers(post):
    return {"authorization": f"Bearer {issue_token(post=post, name='test')}"}


def get(post, address, **params):
    return Client().get(f"/api/{address}", params, headers=headers(post))


def send(post, address, **body):
    return Client().post(
        f"/api/{address}", body, content_type="application/json", headers=headers(post)
    )


def act(post, case, name, **said):
    """An act with the version that ``case`` was read with."""
    return send(post, f"cases/{case.pk}/{name}/", **({"version": case.version} | said))


def at(cast, procedure, step):
    """A case on the desk of ``step`` and an officer there, everything made ready."""
    case = opened(cast, procedure, at=AT, household=seen(cast, procedure))
    case = walked(cast, case, to=step, at=AT)
    by = case.opened_by if step == 0 else officer_of(cast, case.household, case.at_step)
    make_ready(cast, case, by, at=AT)
    return refreshed(case), by


def seen(cast, procedure):
    household = subject_of(cast, procedure)
    visit(cast, household, on=timezone.localdate(AT))
    return household


class TestReading:
    def test_each_sees_the_cases_of_the_own_division(self, cast):
        case = opened(cast, "tier")
        for post in (cast.village, cast.county, cast.province, cast.auditor):
            assert [row["id"] for row in get(post, "cases/").json()["results"]] == [case.pk]
            assert get(post, f"cases/{case.pk}/").status_code == 200
        for post in (cast.stranger, cast.next_village, cast.other_province, cast.education):
            assert get(post, "cases/").json()["results"] == []
            for address in ("", "trail/", "findings/"):
                assert get(post, f"cases/{case.pk}/{address}").status_code == 404
        assert get(cast.administrator, "cases/").status_code == 403
        assert Client().get("/api/cases/").status_code == 401

    def test_filters_tell_the_desk_the_state_and_the_deadline(self, cast):
        case, by = at(cast, "tier", 1)
        other = opened(cast, "closing_exited", at=AT - timedelta(days=40))

        def found(post, **params):
            return {row["id"] for row in get(post, "cases/", **params).json()["results"]}

        assert found(by, desk="mine") == {case.pk}
        assert found(case.opened_by, desk="mine") == {other.pk}
        assert found(case.opened_by, desk="begun") == {case.pk}
        assert found(case.opened_by, desk="done") == {case.pk}
        assert found(by, desk="done") == set()
        assert found(by, procedure="tier") == found(by, household=case.household_id) == {case.pk}
        assert found(by, state="done") == set()
        assert found(by, overdue="true") == {other.pk} and found(by, overdue="false") == {case.pk}
        assert found(by, due_on_before=timezone.localdate().isoformat()) == {other.pk}

    def test_the_file_holds_records_and_the_trail_says_who(self, cast):
        case = walked(cast, opened(cast, "return", at=AT, household=seen(cast, "return")), at=AT)
        file = get(cast.county, f"cases/{case.pk}/").json()
        assert file["state"] == "done" and file["step"] == "enter"
        assert file["meetings"][0]["passed"] and file["notices"][0]["place"] == "村务公开栏"
        assert {paper["kind"] for paper in file["papers"]} == {"minutes", "notice_photo"}
        trail = get(cast.county, f"cases/{case.pk}/trail/").json()
        assert [line["what"] for line in trail][:: len(trail) - 1] == ["opened", "concluded"]
        assert all("豹迹岩" in line["by"] for line in trail if line["step"] == "submit")

    def test_findings_are_those_of_the_step(self, cast):
        case = opened(cast, "closing_exited")
        findings = get(case.opened_by, f"cases/{case.pk}/findings/").json()
        assert {"AH 3.3"} <= {finding["clause"] for finding in findings}
        assert {"ok", "sentence", "clause", "evidence", "default_here"} == set(findings[0])

    def test_queries_do_not_grow_with_cases(self, cast):
        from django.test.utils import CaptureQueriesContext

        def count():
            with CaptureQueriesContext(connection) as queries:
                assert get(cast.county, "cases/").status_code == 200
            return len(queries)

        opened(cast, "tier")
        count()
        few = count()
        for _n in range(6):
            opened(cast, "tier")
        assert count() == few


class TestOpening:
    def test_opens_a_case_at_its_first_desk(self, cast):
        household = subject_of(cast, "tier")
        said = {"procedure": "tier", "household": household.pk, "proposal": {"tier": "yellow"}}
        made = send(cast.village, "cases/", **said, because="收入下降")
        assert made.status_code == 201 and made.json()["step"] == "submit"
        again = send(cast.village, "cases/", **said)
        assert again.status_code == 422 and made.json()["number"] in again.json()["detail"]
        assert Case.objects.count() == 1

    def test_a_wrong_officer_household_or_body_is_refused(self, cast):
        said = {"procedure": "tier", "household": subject_of(cast, "tier").pk}
        assert send(cast.county, "cases/", **said).status_code == 422
        assert send(cast.stranger, "cases/", **said).status_code == 404
        wrong = send(cast.village, "cases/", **said | {"procedure": "none"})
        assert wrong.status_code == 400 and "procedure" in wrong.json()["errors"]
        odd = send(cast.village, "cases/", **said, proposal={"tier": "purple"})
        assert odd.status_code == 422 and odd.json()["failures"] == []
        assert not Case.objects.exists()


class TestMoving:
    def test_a_case_passes_and_concludes(self, cast):
        case, by = at(cast, "tier", 1)
        assert act(by, case, "pass").json()["step"] == "file"
        case = refreshed(case)
        last = officer_of(cast, case.household, case.at_step)
        assert act(last, case, "pass").json()["state"] == "done"

    def test_the_request_of_the_first_step_goes_with_the_pass(self, cast):
        case, by = at(cast, "tier", 0)
        passed = act(by, case, "pass", proposal={"tier": "red"}, because="大病")
        assert passed.json()["proposal"] == {"tier": "red"}

    def test_the_same_pass_sent_twice_has_one_effect(self, cast):
        case, by = at(cast, "tier", 1)
        assert act(by, case, "pass").status_code == 200
        again = act(by, case, "pass")
        assert again.status_code == 409
        assert again.json()["version"] == refreshed(case).version and again.json()["detail"]
        assert refreshed(case).step == 2

    def test_what_must_be_mended_comes_with_its_clauses(self, cast):
        case, by = at(cast, "closing_exited", 0)
        case.papers.all().delete()
        passed = walked(cast, case, to=1, at=AT)
        by = officer_of(cast, case.household, passed.at_step)
        refused = act(by, passed, "pass")
        assert refused.status_code == 422
        failures = refused.json()["failures"]
        assert [failure["clause"] for failure in failures] == ["AH 3.3"]
        assert failures[0]["sentence"] in refused.json()["detail"]

    @pytest.mark.parametrize("name", ["village", "city", "auditor"])
    def test_a_wrong_desk_is_refused_with_a_sentence(self, cast, name):
        case, _by = at(cast, "tier", 1)
        refused = act(getattr(cast, name), case, "pass")
        assert refused.status_code == 422 and refused.json()["detail"]
        assert refreshed(case).step == 1

    @pytest.mark.parametrize(
        "name", ["pass", "return", "withdraw", "refuse", "roll-back", "change", "notice", "meeting"]
    )
    def test_a_foreign_case_does_not_exist(self, cast, name):
        case, _by = at(cast, "tier", 1)
        whole = {"because": "x", "proposal": {}, "place": "x", "chair": "x"}
        whole |= dict.fromkeys(("up_on", "until", "held_on"), "2020-06-20")
        whole |= dict.fromkeys(("in_favour", "against", "abstained"), 1)
        foreign = act(cast.stranger, case, name, **whole)
        missing = send(cast.stranger, f"cases/987654321/{name}/", version=1, **whole)
        assert (foreign.status_code, foreign.content) == (404, missing.content)

    def test_returns_to_the_step_before_or_the_start(self, cast):
        case, by = at(cast, "tier", 2)
        assert act(by, case, "return", because="").status_code == 400
        assert act(by, case, "return", because="缺照片").json()["step"] == "review"
        case, by = at(cast, "tier", 2)
        returned = act(by, case, "return", because="缺照片", to_start=True)
        assert returned.json()["step"] == "submit"

    def test_the_submitter_withdraws(self, cast):
        case, _by = at(cast, "tier", 1)
        withdrawn = act(case.opened_by, case, "withdraw", because="填错了")
        assert withdrawn.json()["state"] == "withdrawn"

    def test_the_county_ends_what_is_not_so(self, cast):
        case, by = at(cast, "intervention", 4)
        refused = act(by, case, "refuse", because="核实不属实")
        assert refused.json()["state"] == "refused"

    def test_the_deciding_level_rolls_back(self, cast):
        case = walked(cast, opened(cast, "tier", at=AT, household=seen(cast, "tier")), at=AT)
        decider = officer_of(cast, case.household, case.at_step)
        assert act(cast.village, case, "roll-back", because="错").status_code == 422
        back = act(decider, case, "roll-back", because="等级录错")
        assert back.json()["state"] == "rolled_back"

    def test_the_request_is_changed_where_it_was_written(self, cast):
        case, by = at(cast, "tier", 0)
        changed = act(by, case, "change", proposal={"tier": "blue"}, because="好转")
        assert changed.json()["proposal"] == {"tier": "blue"} and changed.json()["step"] == "submit"


class TestRecords:
    def at_notice(self, cast):
        case = opened(cast, "return", at=AT, household=seen(cast, "return"))
        case = walked(cast, case, to=2, at=AT)
        return case, officer_of(cast, case.household, case.at_step)

    def test_a_notice_hangs_takes_an_objection_and_comes_down(self, cast):
        case, by = self.at_notice(cast)
        open_for_days(case)
        today = timezone.localdate(AT)
        up, until = today - timedelta(days=6), today + timedelta(days=1)
        early = act(by, case, "notice", place="公开栏", up_on=up, until=up + timedelta(days=1))
        assert early.status_code == 422
        hung = act(by, case, "notice", place="公开栏", up_on=up, until=until).json()
        notice = hung["notices"][0]["id"]
        said = {"notice": notice, "words": "有车", "raised_on": today}
        for _twice in range(2):
            objected = act(by, case, "objection", **said)
        (objection,) = objected.json()["notices"][0]["objections"]
        found = {"objection": objection["id"], "answer": "车已报废", "upheld": False}
        answered = act(by, case, "objection-answer", **found)
        assert answered.json()["notices"][0]["objections"][0]["upheld"] is False
        assert act(by, case, "objection-answer", **found).status_code == 422
        down = act(by, case, "notice-down", notice=notice, down_on=today)
        assert down.json()["notices"][0]["down_on"] == today.isoformat()
        assert act(by, case, "notice-down", notice=987, down_on=today).status_code == 404

    def test_a_meeting_sent_twice_is_one(self, cast):
        case = opened(cast, "return", at=AT, household=seen(cast, "return"))
        case = walked(cast, case, to=1, at=AT)
        by = officer_of(cast, case.household, case.at_step)
        votes = {"in_favour": 9, "against": 1, "abstained": 0}
        said = {"held_on": timezone.localdate(AT), "place": "村部", "chair": "李传明", **votes}
        for _twice in range(2):
            held = act(by, case, "meeting", **said)
        (meeting,) = held.json()["meetings"]
        assert meeting["passed"] and meeting["present"] == 10

    def test_who_lacks_the_desk_records_nothing(self, cast):
        case, _by = self.at_notice(cast)
        today = timezone.localdate(AT)
        said = {"place": "x", "up_on": today, "until": today + timedelta(days=9)}
        assert act(cast.county, case, "notice", **said).status_code == 422

    def test_a_department_is_asked_and_answers(self, cast):
        case = opened(cast, "intervention", at=AT, household=seen(cast, "intervention"))
        asked = act(case.opened_by, case, "enquiry", department="education", question="失学？")
        enquiry = asked.json()["enquiries"][0]["id"]
        assert [row["id"] for row in get(cast.education, "enquiries/").json()["results"]] == [
            enquiry
        ]
        assert get(cast.water, f"enquiries/{enquiry}/").status_code == 404
        said = {"answer": "无", "speaks_against": False}
        assert send(cast.county, f"enquiries/{enquiry}/answer/", **said).status_code == 422
        done = send(cast.education, f"enquiries/{enquiry}/answer/", **said)
        assert done.status_code == 200 and done.json()["answered_at"]
        again = send(cast.education, f"enquiries/{enquiry}/answer/", **said)
        assert again.status_code == 409 and again.json()["version"] == refreshed(case).version
        assert get(cast.county, "enquiries/", open="true").json()["results"] == []

    def test_a_question_of_an_ended_case_waits_for_nobody(self, cast):
        case = opened(cast, "intervention", at=AT, household=seen(cast, "intervention"))
        act(case.opened_by, case, "enquiry", department="education", question="失学？")
        assert len(get(cast.education, "enquiries/", open="true").json()["results"]) == 1
        assert act(case.opened_by, case, "withdraw", because="重复").status_code == 200
        assert get(cast.education, "enquiries/", open="true").json()["results"] == []

    def test_a_question_is_withdrawn(self, cast):
        case = opened(cast, "intervention", at=AT, household=seen(cast, "intervention"))
        asked = act(case.opened_by, case, "enquiry", department="education", question="失学？")
        enquiry = asked.json()["enquiries"][0]["id"]
        gone = send(case.opened_by, f"enquiries/{enquiry}/withdraw/", because="问错了")
        assert gone.json()["withdrawn_at"]

    def test_the_last_answer_passes_the_step_of_the_departments(self, cast):
        case = opened(cast, "intervention", at=AT, household=seen(cast, "intervention"))
        case = walked(cast, case, to=2, at=AT)
        assert case.at_step.by_departments
        for enquiry in case.enquiries.open():
            answer(cast, enquiry, AT)
        file = get(cast.county, f"cases/{case.pk}/").json()
        assert file["step"] == PROCEDURES["intervention"].variants[0].steps[3].code


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_has_an_effect_and_the_other_is_told():
    cast = Cast()
    case, first = at(cast, "tier", 1)
    second = officer_of(cast, case.household, case.at_step)
    answers = []

    def sends(post, name, said):
        answers.append(act(post, case, name, **said))
        connections.close_all()

    threads = [
        Thread(target=sends, args=(first, "pass", {})),
        Thread(target=sends, args=(second, "return", {"because": "缺照片"})),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(reply.status_code for reply in answers) == [200, 409]
    told = next(reply.json() for reply in answers if reply.status_code == 409)
    case = refreshed(case)
    assert told["version"] == case.version and case.step in (0, 2)
    assert case.acts.exclude(what="opened").count() == 2  # the first step passed, and one of these


def test_a_session_serves_as_well(cast, client):
    case, by = at(cast, "tier", 1)
    client.force_login(by.officer)
    said = {"version": case.version}
    passed = client.post(f"/api/cases/{case.pk}/pass/", said, content_type="application/json")
    assert passed.status_code == 200
    assert refreshed(case).state == State.OPEN
    assert step_on(cast, refreshed(case), at=AT).state == State.DONE
