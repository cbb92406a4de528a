"""The form of a visit: what an answer says, what it leaves alone, what it asks back."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from households.models import Member, Visit
from households.visit_form import VisitForm

TODAY = timezone.localdate()


def shown_data(household):
    """The form as a browser sends it back when nobody touched it."""
    form = VisitForm(household, at=timezone.now())
    data = {name: form[name].value() for name in form.fields}
    data["photos"] = []
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in data.items()
        if value not in (None, "", False, [])
    }


@pytest.fixture
def post_visit(client, cast):
    client.force_login(cast.village.officer, backend="django.contrib.auth.backends.ModelBackend")

    def send(household, without=(), **answers):
        data = shown_data(household) | answers
        data = {name: value for name, value in data.items() if name not in without}
        return client.post(f"/households/{household.pk}/visits/new/", data)

    return send


@pytest.fixture
def family(cast):
    household = cast.family()
    cast.member(
        household,
        name="汪小雨",
        born_on=date(TODAY.year - 10, 3, 1),
        school="primary",
        education="",
    )
    return household


def child_of(household):
    return household.members.get(name="汪小雨")


def test_an_untouched_form_confirms_and_changes_nothing(post_visit, family):
    versions = list(family.members.values_list("id", "since"))
    answer = post_visit(family, food="secure", clothing="secure")
    assert answer.status_code == 302
    visit = Visit.objects.get()
    assert (visit.food, visit.education, visit.housing, visit.water) == ("secure",) * 4
    assert visit.found["household"] == {} and visit.found["members"] == {}
    assert list(family.members.values_list("id", "since")) == versions


def test_a_child_marked_as_having_left_school(post_visit, family):
    child = child_of(family)
    post_visit(family, **{f"school_{child.id}": "left"})
    child.refresh_from_db()
    assert (child.school, child.origin) == ("none", "visit")
    assert Visit.objects.get().education == "insecure"


def test_a_recorded_exemption_is_secure(post_visit, family):
    child = child_of(family)
    post_visit(family, **{f"school_{child.id}": "left", f"exempt_{child.id}": "送教上门"})
    child.refresh_from_db()
    assert (child.school, child.school_exemption) == ("none", "送教上门")
    assert Visit.objects.get().education == "secure"


def test_a_child_back_at_school_needs_a_school(post_visit, family):
    child = child_of(family)
    post_visit(family, **{f"school_{child.id}": "left"})
    answer = post_visit(family, **{f"school_{child.id}": "at_school"})
    assert f"stage_{child.id}" in answer.context["form"].errors
    post_visit(family, **{f"school_{child.id}": "at_risk", f"stage_{child.id}": "junior"})
    child.refresh_from_db()
    assert (child.school, child.dropout_warning) == ("junior", True)


def test_insecure_medical_care_names_somebody(post_visit, family):
    child = child_of(family)
    answer = post_visit(family, medical="insecure")
    assert "medical" in answer.context["form"].errors
    post_visit(family, medical="insecure", uninsured=[child.id])
    insured = dict(family.members.values_list("name", "medical_insurance"))
    assert insured == {"汪大山": True, "陈秀兰": True, "汪小雨": False}
    assert Visit.objects.get().medical == "insecure"


def test_water_not_met_names_what_lacks_and_leaves_the_rest_unknown(post_visit, family):
    assert "water" in post_visit(family, water="insecure").context["form"].errors
    post_visit(family, water="insecure", water_lacking=["quantity"])
    family.refresh_from_db()
    assert (family.water_safe, family.water_quantity, family.water_quality) == (False, False, None)
    post_visit(family, without=["water_lacking"], water="secure")
    family.refresh_from_db()
    assert (family.water_safe, family.water_quantity, family.water_quality) == (True, True, None)


def test_a_house_of_grade_d_is_not_called_safe(post_visit, cast):
    household = cast.family(house_grade="D")
    assert "housing" in post_visit(household, housing="secure").context["form"].errors
    post_visit(household, housing="secure", safe_home_elsewhere="on")
    household.refresh_from_db()
    assert (household.house_grade, household.safe_home_elsewhere) == ("D", True)


def test_nothing_changed_in_one_tap(post_visit, family):
    post_visit(family, food="at_risk", clothing="secure")
    answer = post_visit(family, unchanged="on")
    assert answer.status_code == 302
    visit = Visit.objects.first()
    assert (visit.unchanged, visit.food, visit.clothing) == (True, "at_risk", "secure")


def test_nothing_changed_needs_an_earlier_visit_and_untouched_answers(post_visit, family):
    assert "unchanged" in post_visit(family, unchanged="on").context["form"].errors
    post_visit(family, food="secure", clothing="secure")
    again = post_visit(family, unchanged="on", food="insecure")
    assert "unchanged" in again.context["form"].errors
    assert Visit.objects.count() == 1


def test_a_text_message_confirms_only_what_it_says(post_visit, family):
    post_visit(family, method="sms", food="insecure")
    visit = Visit.objects.get()
    assert (visit.food, visit.clothing, visit.housing, visit.education) == ("insecure", "", "", "")


def test_an_answer_nobody_touched_does_not_undo_what_became_known_meanwhile(post_visit, family):
    data = shown_data(family)
    Member.objects.filter(household=family, name="陈秀兰").update(medical_insurance=False)
    family.refresh_from_db()
    post_visit(family, shown=data["shown"], medical="secure", client_id=data["client_id"])
    assert family.members.get(name="陈秀兰").medical_insurance is False


def test_the_same_form_twice_is_one_visit(post_visit, family):
    key, child = uuid4(), child_of(family)
    for _ in range(2):
        answer = post_visit(family, client_id=key, **{f"school_{child.id}": "left"})
        assert answer.status_code == 302
    assert Visit.objects.count() == 1


def test_the_head_who_died_is_followed_by_another(post_visit, family):
    head, spouse = family.members.filter(relation__in=["head", "spouse"]).order_by("number")
    answer = post_visit(family, **{f"left_{head.id}": "died"})
    assert "new_head" in answer.context["form"].errors
    post_visit(family, **{f"left_{head.id}": "died", "new_head": spouse.id})
    family.refresh_from_db()
    event = family.events.get()
    assert family.head_name == "陈秀兰"
    assert (event.kind, event.member_id, event.causes_risk) == ("labourer_death", head.id, None)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("epidemic_case:confirmed", "confirmed"),
        ("epidemic_case:suspected", "suspected"),
        ("epidemic_case", ""),
    ],
)
def test_a_case_is_suspected_or_confirmed(post_visit, family, said, state):
    post_visit(family, event_kind_1=said)
    event = family.events.get()
    assert (event.kind, event.case_state) == ("epidemic_case", state)


def test_an_event_is_judged_and_made_good_later(post_visit, family):
    post_visit(family, event_kind_1="disaster", event_loss_1="3200")
    event = family.events.get()
    assert (event.loss, event.causes_risk, event.resolved_on) == (3200, None, None)
    day = TODAY.isoformat()
    post_visit(family, **{f"judged_{event.id}": "yes", f"resolved_{event.id}": day})
    event.refresh_from_db()
    assert (event.causes_risk, event.resolved_on) == (True, TODAY)


def test_money_is_what_was_said_and_never_an_income_statement(post_visit, family):
    before = family.incomes.count()
    post_visit(family, money_wage_month="2600", money_sales="0")
    assert Visit.objects.get().money == {"wage_month": "2600", "sales": "0"}
    assert family.incomes.count() == before


def test_a_day_to_come_is_refused_at_its_field(post_visit, family):
    answer = post_visit(family, visited_on="2099-01-01")
    assert "visited_on" in answer.context["form"].errors
    assert not Visit.objects.exists()


def test_work_stopped_and_illness_go_to_the_member(post_visit, family):
    head = family.members.get(relation="head")
    post_visit(family, **{f"work_months_{head.id}": "3", f"health_{head.id}": "major"})
    head.refresh_from_db()
    assert (head.work_months, head.major_illness, head.chronic_illness) == (3, True, False)
    assert head.work_place == ""


@pytest.mark.parametrize("post", ["county", "auditor", "education", "administrator"])
def test_who_records_no_visits_does_not_get_the_form(client, cast, post):
    household = cast.family()
    officer = getattr(cast, post).officer
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/households/{household.pk}/visits/new/").status_code == 403


def test_a_stranger_finds_nothing(client, cast):
    household = cast.family()
    officer = cast.next_village.officer
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    for page in ("visits/new/", "visits/", "sheet/"):
        assert client.get(f"/households/{household.pk}/{page}").status_code == 404
