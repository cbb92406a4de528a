"""A finding goes to the locality with a limit, comes back with proof, and ends when accepted."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from accounts.refusals import Refused
from accounts.workdays import add_workdays
from duties.chasing import chase_tasks
from duties.doing import hand_over
from duties.models import Task
from monitoring.models import Finding
from monitoring.supervision import acts
from tests.cast import NOW, TODAY
from tests.monitoring.test_paper_files import photo

pytestmark = pytest.mark.django_db
PROOF = [(ContentFile(b"proof", name="proof.jpg"), "proof.jpg", "d" * 64)]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with override("en"):
        yield


def entered(cast, by="county", **changes):
    said = {
        "kind": "unannounced",
        "found_on": TODAY,
        "division": cast.village.division,
        "words": "两户饮水安全记录与实际不符。",
        "days": 5,
    }
    return acts.enter_finding(**{**said, **changes}, by=getattr(cast, by), at=NOW)


def answered(cast, finding, by="village", files=PROOF):
    return acts.answer_finding(
        finding, words="已重新核实并更正。", files=files, seen_version=finding.version,
        by=getattr(cast, by), at=NOW,
    )  # fmt: skip


def seen(finding, words="好", **by):
    return {"words": words, "seen_version": finding.version, "at": NOW, **by}


def test_it_lies_on_the_desk_of_the_locality_with_its_limit(cast):
    finding = entered(cast)
    task = Task.objects.get()
    assert (task.kind, task.at, task.role) == ("finding", cast.village.division, "village")
    assert task.due_on == finding.due_on == add_workdays(TODAY, 5)
    assert acts.may_answer(finding, cast.village)
    for role in ("next_village", "township", "county", "auditor"):
        assert not acts.may_answer(finding, getattr(cast, role)), role


@pytest.mark.parametrize(
    ("by", "change", "words"),
    [
        ("village", {}, "townships and the levels above"),
        ("auditor", {}, "townships and the levels above"),
        ("next_township", {}, "below your own"),
        ("stranger", {}, "below your own"),
        ("county", {"days": 0}, "between 1 and 60"),
        ("county", {"found_on": TODAY + timedelta(days=1)}, "still to come"),
        ("county", {"words": "  "}, "in words"),
    ],
)
def test_who_may_not_enter_it_is_told_why(cast, by, change, words):
    with pytest.raises(Refused, match=words):
        entered(cast, by, **change)
    assert not Finding.objects.exists()


def test_the_household_lives_in_the_locality(cast):
    home = cast.household()
    with pytest.raises(Refused, match="does not live"):
        entered(cast, division=cast.next_village.division, household=home)
    assert entered(cast, household=home).task.household == home


def test_an_answer_needs_proof_and_is_accepted_by_the_office_that_entered_it(cast):
    finding = entered(cast)
    with pytest.raises(Refused, match="photo or a paper"):
        answered(cast, finding, files=[])
    finding = answered(cast, finding)
    assert finding.acts.last().files.get().name == "proof.jpg"
    look = Task.objects.open().get()
    assert (look.kind, look.at, look.role) == ("finding_look", cast.county.division, "county")
    with pytest.raises(Refused, match="does not wait for you"):
        acts.accept_finding(finding, **seen(finding, by=cast.township))
    finding = acts.accept_finding(finding, **seen(finding, by=cast.county))
    assert (finding.state, bool(finding.ended_at)) == ("ended", True)
    assert not Task.objects.open().exists()


def test_returned_with_a_reason_the_limit_begins_anew(cast):
    finding = answered(cast, entered(cast))
    later = NOW + timedelta(days=20)
    with pytest.raises(Refused, match="in words"):
        acts.return_finding(finding, **seen(finding, words=" ", by=cast.county))
    finding = acts.return_finding(
        finding, words="照片看不清。", seen_version=finding.version, by=cast.county, at=later
    )
    assert finding.due_on == add_workdays(later.date(), 5)
    assert (finding.returns, Task.objects.open().get().due_on) == (1, finding.due_on)
    answered(cast, finding)


def test_of_two_at_once_the_second_is_told(cast):
    finding = answered(cast, entered(cast))
    again = Finding.objects.get(pk=finding.pk)
    acts.follow_up_finding(finding, consequence="talk", **seen(finding, by=cast.city))
    with pytest.raises(Refused, match="meanwhile"):
        acts.accept_finding(again, **seen(again, by=cast.county))


def test_late_it_climbs_to_the_level_above(cast):
    entered(cast, days=1, found_on=date(2020, 6, 1))
    chase_tasks(at=NOW + timedelta(days=14))
    assert Task.objects.get().escalated_to == cast.township.division


def test_handed_over_it_is_seen_and_answered_there(cast):
    finding = entered(cast)
    hand_over(
        finding.task, to_division=cast.county.division, role="department", department="water",
        because="管网由水利局负责。", seen_version=1, by=cast.village, at=NOW,
    )  # fmt: skip
    rows = Finding.objects.visible_to(cast.water)
    assert rows.get() == finding
    assert not Finding.objects.visible_to(cast.education).exists()
    finding = answered(cast, finding, by="water")
    acts.return_finding(finding, **seen(finding, by=cast.county))
    assert Task.objects.open().get().department == "water"


def test_withdrawn_by_the_office_that_entered_it(cast):
    finding = entered(cast)
    with pytest.raises(Refused, match="the office that entered"):
        acts.withdraw_finding(finding, **seen(finding, by=cast.city))
    assert acts.withdraw_finding(finding, **seen(finding, by=cast.county)).state == "withdrawn"
    assert not Task.objects.open().exists()


@pytest.mark.parametrize(("role", "may"), [("county", True), ("province", True),
                                           ("township", False), ("stranger", False)])  # fmt: skip
def test_what_followed_is_recorded_by_the_county_and_above(cast, role, may):
    finding, by = entered(cast), getattr(cast, role)
    assert acts.may_follow_up(finding, by) is may
    assert Finding.objects.visible_to(by).filter(pk=finding.pk).exists() is (role != "stranger")


def test_from_the_page_to_the_answer_and_its_file(cast, client):
    client.force_login(cast.county.officer)
    page = client.post(
        reverse("finding_new"),
        {
            "division": cast.village.division.code,
            "kind": "inspection",
            "found_on": str(TODAY),
            "words": "台账缺少签字。",
            "days": 3,
        },
    )
    finding = Finding.objects.get()
    assert page.url == reverse("finding", args=[finding.pk])
    client.force_login(cast.village.officer)
    assert client.get(reverse("tasks")).content.decode().count("台账缺少签字") == 1
    upload = SimpleUploadedFile("proof.jpg", photo(), "image/jpeg")
    answer = {"version": finding.version, "words": "已补签。", "files": upload}
    page = client.post(reverse("finding_answer", args=[finding.pk]), answer)
    assert page.status_code == 302
    file = finding.acts.last().files.get()
    assert client.get(reverse("finding_file", args=[file.pk]))["Content-Type"] == "image/jpeg"
    client.force_login(cast.next_village.officer)
    assert client.get(reverse("finding_file", args=[file.pk])).status_code == 404


def test_counts_by_division_agree_with_the_list(cast, client):
    entered(cast)
    entered(cast, division=cast.next_township.division)
    answered(cast, entered(cast, words="村卫生室没有药品记录。"))
    client.force_login(cast.county.officer)
    page = client.get(reverse("findings"))
    assert [(row["open"], row["look"]) for row in page.context["rows"]] == [(2, 1), (1, 0)]
    here = client.get(reverse("findings"), {"division": cast.township.division.code})
    assert len(here.context["page"]) == 2
    assert len(client.get(reverse("findings"), {"show": "look"}).context["page"]) == 1


def test_the_same_form_sent_twice_is_one_finding(cast):
    first, again = entered(cast), entered(cast)
    assert again == first
    assert (Finding.objects.count(), Task.objects.filter(kind="finding").count()) == (1, 1)
    answered(cast, first)
    assert entered(cast) != first  # answered once, and found again
