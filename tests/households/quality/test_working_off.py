"""A list of faults is worked off one after another, from the household's page too."""

import pytest
from django.urls import reverse

from households.models import Fault, FaultCount, Household
from households.quality.check import HOUSEHOLD
from households.quality.checks import BY_CODE, CHECKS
from households.quality.mending import PLACES, field_of, mended_at
from households.quality.running import check_province
from tests.cast import NOW
from tests.households.quality.family import family


@pytest.fixture
def homes(cast):
    made = [
        family(cast, {"h": {"group_name": "", "house_material": ""}}),
        family(cast, {"h": {"group_name": ""}}),
        family(cast, {"h": {"group_name": ""}}, code="341524105201"),
    ]
    check_province(cast.divisions["340000000000"], at=NOW)
    return made


def fault(home, code):
    return Fault.objects.get(household=home, code=code)


def mend(client, row, post, **typed):
    """The form that the fault leads to, sent with ``typed``."""
    address = mended_at(row, post)[0].split("#")[0]
    shown = client.get(address)
    assert str(row.check_.words) in shown.content.decode()
    form = shown.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    return client.post(address, sent | {"because": "入户核对"} | typed)


def test_mended_it_is_fixed_at_once_and_the_next_one_follows(cast, homes, client):
    client.force_login(cast.township.officer)
    rows = Fault.objects.filter(code=113, household__township=homes[0].township).order_by("id")
    first, second = rows[:2]
    answer = mend(client, first, cast.township, group_name="东组")
    first.refresh_from_db()
    assert first.fixed_on is not None
    answer = client.get(answer.url)
    assert answer.url == reverse("fault", args=[second.id])
    township = FaultCount.objects.get(division=homes[0].township, code=113)
    assert township.open == 2


def test_something_else_changed_the_fault_is_shown_again(cast, homes, client):
    client.force_login(cast.township.officer)
    row = fault(homes[0], 113)
    answer = mend(client, row, cast.township, bank_name="信用社")
    assert answer.url == reverse("fault", args=[row.id])
    row.refresh_from_db()
    assert row.fixed_on is None


def test_the_next_one_is_of_the_same_list_and_after_the_last_comes_the_list(cast, homes, client):
    client.force_login(cast.township.officer)
    village = {"division": "341524105207", "check": "113"}
    rows = Fault.objects.filter(code=113, household__in=homes[:2])
    first, second = rows.order_by("id")
    answer = client.get(reverse("next_fault", args=[first.id]), village)
    assert answer.url.startswith(reverse("fault", args=[second.id]) + "?division=341524105207")
    answer = client.get(reverse("next_fault", args=[second.id]), village)
    assert answer.url == reverse("faults") + "?division=341524105207&check=113"


def test_the_page_of_a_household_tells_its_faults_to_who_may_see_them(cast, homes, client):
    words = str(BY_CODE[154].words)
    for post, sees in [(cast.village, True), (cast.township, True), (cast.water, False)]:
        client.force_login(post.officer)
        text = client.get(reverse("household", args=[homes[0].id])).content.decode()
        assert (words in text) is sees
    client.force_login(cast.township.officer)
    text = client.get(reverse("household", args=[homes[0].id])).content.decode()
    assert f"fault={fault(homes[0], 113).id}#id_group_name" in text
    other = client.get(reverse("household", args=[homes[1].id])).content.decode()
    assert words not in other


def test_a_form_has_the_field_of_its_check(cast, homes, client):
    client.force_login(cast.township.officer)
    member = homes[0].members.get(relation="parent")
    pages = {
        about: client.get(
            reverse("household_correct", args=[homes[0].id])
            if about == HOUSEHOLD
            else reverse("member_correct", args=[homes[0].id, member.id])
        ).content.decode()
        for about in {check.about for check in CHECKS}
    }
    without = set()
    for check in CHECKS:
        if PLACES[check.mend].groups and not check.rows:
            field = field_of(check)
            assert not field or f'id="id_{field}"' in pages[check.about], check.words
            without |= set() if field else {check.code}
    assert without == set()


def test_a_foreign_fault_leads_nowhere(cast, homes, client):
    client.force_login(cast.stranger.officer)
    for name in ("fault", "next_fault"):
        assert client.get(reverse(name, args=[fault(homes[0], 113).id])).status_code == 404
    client.force_login(cast.township.officer)
    address = reverse("household_correct", args=[homes[1].id])
    for asked in (fault(homes[0], 154).id, "x", "٣", "9" * 30):
        answer = client.get(address, {"fault": asked})
        assert str(BY_CODE[154].words) not in answer.content.decode()


def test_who_may_not_correct_is_led_to_a_visit_where_it_writes_the_fact(cast, homes):
    member = homes[0].members.get(relation="head")
    for code, name in [
        (170, "visit_new"),
        (476, "visit_new"),
        (113, "household"),
        (404, "household"),
    ]:
        row = Fault(pk=1, household=homes[0], member=member, code=code)
        address = mended_at(row, cast.village)[0]
        assert address.split("?")[0] == reverse(name, args=[homes[0].id])
        assert mended_at(row, cast.auditor)[0] == reverse("household", args=[homes[0].id])


def test_a_visit_that_finds_it_out_fixes_it(cast, homes, client):
    Household.objects.filter(id=homes[0].id).update(hazard_spot=None)
    check_province(cast.divisions["340000000000"], at=NOW)
    client.force_login(cast.village.officer)
    address = reverse("visit_new", args=[homes[0].id])
    shown = client.get(address).context["form"]
    sent = {name: shown[name].value() for name in shown.fields}
    sent = {name: value for name, value in sent.items() if value not in (None, "", [], False)}
    answer = client.post(address, sent | {"hazard_spot": "no", "method": "in_person"})
    assert answer.status_code == 302
    homes[0].refresh_from_db()
    assert homes[0].hazard_spot is False
    assert fault(homes[0], 160).fixed_on is not None
