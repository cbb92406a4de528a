"""What people type never carries a full resident ID, phone or bank card into trails and papers."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils.translation import override

from accounts.refusals import Refused
from accounts.typed import check_typed, number_typed, starred
from monitoring.cases import casework, records
from monitoring.models import CaseAct, Enquiry, Meeting, Notice, Objection
from tests.cast import NOW, TODAY
from tests.monitoring import tiers
from tests.monitoring.chains import officer_of, open_for_days, opened, subject_of, walked
from tests.monitoring.desks import lying

RESIDENT_ID = "341524198003041234"
WORDS = f"户主身份证{RESIDENT_ID}，情况属实"


@pytest.mark.parametrize(
    "words",
    [
        RESIDENT_ID,
        "34152419800304123X",
        "34152419800304123x",
        "身份证３４１５２４１９８００３０４１２３４",
        "341524 19800304 1234",
        "电话13800138000。",
        "138-0013-8000",
        "138 0013 8000",
        "卡号6217001234567890123",
    ],
)
def test_numbers_as_people_write_them_are_found(words):
    with pytest.raises(Refused) as refusal:
        check_typed("因大病住院", words)
    assert not any(character.isdigit() for character in str(refusal.value))


@pytest.mark.parametrize(
    "words",
    [
        "",
        None,
        "2020年6月收入下降到15000元，7月2020-06-25再访",
        "低保证号20200625001",
        "事项 销-341524-2020-0001，户编号34152400000012",
        "12345678901234567890123",
        "人均纯收入4999.99元，缺口 1380000 元",
    ],
)
def test_dates_sums_and_case_numbers_are_not(words):
    assert number_typed(words) == ""


def test_the_name_of_a_file_loses_its_numbers():
    assert starred(f"汪大山{RESIDENT_ID}.jpg") == "汪大山***.jpg"
    assert starred("公示照片 2020-06-25.jpg") == "公示照片 2020-06-25.jpg"


def acts(cast):
    """Each act that takes words, as (name, call); the case stands where the act is possible."""
    by = {"by": cast.county, "at": NOW}
    first = opened(cast, "class_change")
    desk = walked(cast, opened(cast, "closing_exited"), to=1)
    reviewer = officer_of(cast, desk.household, desk.at_step)
    seen = {"seen_version": desk.version, "because": WORDS, "by": reviewer, "at": NOW}
    early = {"seen_version": 1, "because": WORDS, "by": first.opened_by, "at": NOW}
    listing = opened(cast, "edge_listing", by=cast.county)
    question = records.ask_department(
        listing, department="education", question="有无失学", by=cast.county, at=NOW
    )
    poor = walked(cast, opened(cast, "return"), to=1)
    village = officer_of(cast, poor.household, poor.at_step)
    vote = {
        "held_on": TODAY,
        "in_favour": 3,
        "against": 0,
        "abstained": 0,
        "by": village,
        "at": NOW,
    }
    hung = walked(cast, opened(cast, "return"), to=2)
    open_for_days(hung)
    keeper = officer_of(cast, hung.household, hung.at_step)
    days = {"up_on": TODAY - timedelta(days=1), "until": TODAY + timedelta(days=6)}
    notice = records.put_up_notice(hung, place="村务公开栏", **days, by=keeper, at=NOW)
    told = {"raised_on": TODAY, "by": keeper, "at": NOW}
    objection = records.raise_objection(notice, words="收入不实", **told)
    new = subject_of(cast, "class_change")
    yield lambda: casework.open_case(
        procedure="class_change", household=new, because=WORDS, by=cast.village, at=NOW
    )
    yield lambda: casework.pass_on(desk, **seen)
    yield lambda: casework.return_case(desk, **seen)
    yield lambda: casework.refuse(desk, **seen)
    yield lambda: casework.withdraw(first, **early)
    yield lambda: casework.change_request(first, proposal={}, **early)
    yield lambda: casework.roll_back(desk, **seen)
    yield lambda: records.ask_department(listing, department="health", question=WORDS, **by)
    yield lambda: records.answer_enquiry(
        question, answer=WORDS, speaks_against=False, by=cast.education, at=NOW
    )
    yield lambda: records.withdraw_enquiry(question, because=WORDS, **by)
    yield lambda: records.hold_democratic_review(poor, place=WORDS, chair="李", **vote)
    yield lambda: records.hold_democratic_review(poor, place="村部", chair=RESIDENT_ID, **vote)
    yield lambda: records.put_up_notice(hung, place=WORDS, **days, by=keeper, at=NOW)
    yield lambda: records.raise_objection(notice, words=WORDS, **told)
    yield lambda: records.answer_objection(objection, answer=WORDS, upheld=False, by=keeper, at=NOW)


def test_every_act_refuses_them_and_changes_nothing(cast):
    calls = list(acts(cast))
    before = [model.objects.count() for model in (CaseAct, Enquiry, Meeting, Notice, Objection)]
    for call in calls:
        with override("en"), pytest.raises(Refused, match="resident ID"):
            call()
    kept = [model.objects.count() for model in (CaseAct, Enquiry, Meeting, Notice, Objection)]
    assert kept == before and len(calls) == 15


def test_lines_of_a_round_refuse_them_one_by_one(cast):
    household = tiers.home(cast)
    tiers.opened(cast)
    with override("en"):
        assert "resident ID" in tiers.suggested(cast, household, "blue", words=WORDS)
    tiers.to_review(cast, household, "blue")
    with override("en"):
        assert "phone" in tiers.decided(cast, household, cast.township, words="问13800138000")
    assert tiers.line_of(household).state == "review"


def test_the_page_shows_the_sentence_and_keeps_what_was_typed(cast, client):
    case = lying(cast, "class_change", 1)
    officer = officer_of(cast, case.household, case.at_step).officer
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    said = {"version": case.version, "because": WORDS}
    answer = client.post(f"/cases/{case.pk}/pass/", said)
    assert answer.status_code == 422
    assert "填写内容中有身份证号" in answer.text and WORDS in answer.text


def test_a_paper_is_kept_without_the_number_of_its_name(cast):
    case = walked(cast, opened(cast, "closing_exited"), to=1)
    by = officer_of(cast, case.household, case.at_step)
    paper = records.add_paper(
        case, kind="form", file=ContentFile(b"1", name="1.pdf"), digest=f"{7:064d}",
        name=f"{RESIDENT_ID}.pdf", by=by, at=NOW,
    )  # fmt: skip
    assert paper.name == "***.pdf"
    assert not CaseAct.objects.filter(because__contains=RESIDENT_ID).exists()
