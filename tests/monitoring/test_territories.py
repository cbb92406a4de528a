"""What differs by territory and day: Ganzhou's edge standard, county lines, lent rules."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from monitoring.cases.conditions import findings_of
from monitoring.cases.known import Known
from monitoring.policy.clauses import DOCUMENTS, TERRITORIES, cited
from monitoring.policy.parameters import PARAMETERS, ParameterRefusal, figures_on, set_parameter
from monitoring.procedure_words import where_of
from monitoring.procedures import PROCEDURES
from tests.cast import NOW, SHANGHAI, TODAY
from tests.monitoring.chains import opened, refreshed, subject_of, visit, walked

DINGNAN = "360728100201"
LINES = {"poverty_line": 4000, "edge_ceiling": 6000, "edge_average_share": "0.5",
         "edge_rigid_share": "1.5"}  # fmt: skip


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def enter(post, territory, since=date(2020, 1, 1), **figures):
    for name, value in figures.items():
        set_parameter(
            name=name, territory=territory, since=since, value=Decimal(value), because="赣市扶攻字",
            by=post, at=NOW,
        )  # fmt: skip


@pytest.fixture
def ganzhou(cast):
    """The city has entered its lines, Jiangxi the average."""
    city = cast.post("city", "360700000000")
    enter(city, city.division, **LINES)
    province = cast.other_province
    enter(province, province.division, rural_average=16000)
    return city


def neighbour(cast, wage=10000, rigid=20000):
    """A family of two in Dingnan with a per-capita net income of half of ``wage``."""
    household = cast.family(DINGNAN, status="general")
    household.incomes.update(wage=wage, business=0, property=0, transfer=0, expenses=0)
    household.incomes.update(medical=rigid)
    visit(cast, household)
    return household


def approval(cast, household, at=NOW):
    case = opened(cast, "edge_listing", household=household, at=at)
    step = next(n for n, step in enumerate(case.steps) if step.code == "approve")
    type(case).objects.filter(pk=case.pk).update(step=step)
    return refreshed(case)


def standard_of(case, day=TODAY):
    """(holds, sentence, clause) of the edge standard at the county's desk."""
    found = findings_of(case, None, Known([case], day))
    return [(one.ok, str(one.sentence), one.clause, one.url) for one in found]


def test_ganzhou_lists_with_notice_and_three_conditions(cast, ganzhou):
    case = opened(cast, "edge_listing", household=neighbour(cast))
    assert case.variant == "ganzhou"
    assert "notice" in [step.code for step in case.steps]
    case = walked(cast, case)
    assert case.state == "done" and case.household.status == "edge"


def test_anhui_lists_without_a_notice(cast):
    case = opened(cast, "edge_listing")
    assert (case.variant, "notice" in [step.code for step in case.steps]) == ("2019", False)


@pytest.mark.parametrize(
    ("wage", "rigid", "failing"),
    [
        (8000, 20000, []),  # 4,000: at the poverty line is not under it
        (7998, 20000, ["under the poverty line"]),
        (11998, 20000, []),
        (12000, 20000, ["more than a little above"]),
        (10000, 15000, ["not more than 150%"]),
        (10000, 15001, []),
        (16000, 0, ["more than a little above", "not far under the average", "not more than"]),
    ],
)
def test_all_three_must_hold(cast, ganzhou, wage, rigid, failing):
    found = standard_of(approval(cast, neighbour(cast, wage, rigid)))
    assert {clause for _ok, _words, clause, _url in found} == {"GZ 4.2"} and len(found) == 3
    bad = [words for ok, words, _clause, _url in found if not ok]
    assert len(bad) == len(failing)
    assert all(part in words for part, words in zip(failing, bad, strict=True))


def test_where_the_city_entered_no_lines_nobody_is_listed_and_it_says_who_enters_them(cast):
    found = standard_of(approval(cast, neighbour(cast)))
    assert [ok for ok, *_rest in found] == [False] * 3
    assert all("is not entered here" in words and url == "policy" for _o, words, _c, url in found)
    said = " ".join(words for _ok, words, _clause, _url in found)
    for name in LINES:
        assert str(PARAMETERS[name].words) in said
    assert "the city enters it" in said and "the province enters it" in said


def test_an_unknown_income_is_not_fine(cast, ganzhou):
    household = neighbour(cast)
    household.incomes.all().delete()
    assert not any(ok for ok, *_rest in standard_of(approval(cast, household)))


BEFORE = datetime(2020, 3, 1, 10, 0, tzinfo=SHANGHAI)


def test_before_ah_the_county_sets_its_edge_line(cast):
    """And the case keeps the standard of the day on which it was opened (LA 2.2)."""
    household = subject_of(cast, "edge_listing")
    type(household).objects.filter(pk=household.pk).update(since=date(2020, 1, 1))
    case = approval(cast, household, at=BEFORE)
    ((ok, words, clause, url),) = standard_of(case)
    assert (ok, clause, url) == (False, "LA 2.2", "policy") and "the county enters it" in words
    enter(cast.county, cast.county.division, county_edge_line=4500)
    assert [ok for ok, *_rest in standard_of(refreshed(case))] == [True, True]
    household.incomes.update(wage=9500)
    assert [ok for ok, *_rest in standard_of(refreshed(case))] == [False, True]


def test_from_ah_on_its_line_holds_whatever_the_county_once_set(cast):
    enter(cast.county, cast.county.division, county_edge_line=1)
    found = standard_of(approval(cast, subject_of(cast, "edge_listing")))
    assert [(ok, clause) for ok, _words, clause, _url in found] == [(True, "AH 2.2")] * 2


@pytest.mark.parametrize(
    ("who", "name", "may"),
    [
        ("county", "county_edge_line", True),
        ("city", "county_edge_line", True),
        ("county", "edge_ceiling", False),
        ("city", "edge_ceiling", True),
        ("city", "line", False),
        ("county", "line", False),
        ("province", "edge_rigid_share", True),
        ("township", "county_edge_line", False),
        ("auditor", "county_edge_line", False),
    ],
)
def test_who_enters_which_line(cast, client, who, name, may):
    post = getattr(cast, who)
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/policy/{name}/"
    assert (client.get(address).context["form"] is not None) is may
    said = {"territory": post.division.id, "value": "0.4", "since": TODAY, "because": "通知"}
    answer = client.post(address, said)
    assert answer.status_code == (302 if may else 404)
    counties = [cast.county.division]
    held = figures_on(TODAY, counties)[cast.county.division.id][name]
    assert (str(held) == "0.4000") is may
    if not may:
        with pytest.raises(ParameterRefusal):
            enter(post, post.division, **{name: 1})


def test_a_case_keeps_the_chain_that_it_began_under(cast, ganzhou):
    early = datetime(2019, 10, 8, 10, 0, tzinfo=SHANGHAI)
    old = opened(cast, "edge_listing", household=neighbour(cast), at=early)
    new = opened(cast, "edge_listing", household=neighbour(cast), at=early + timedelta(days=1))
    assert (old.variant, new.variant) == ("2019", "ganzhou")
    assert "notice" not in [step.code for step in refreshed(old).steps]


def test_rules_of_another_territory_are_cited_as_the_default_here():
    clause = "LA 2.1.3, GZ 4.2.2"
    assert cited(clause, code="341524000000") == "LA 2.1.3, GZ 4.2.2 (default here)"
    assert cited(clause, code="341802000000").count("(default here)") == 2
    assert cited(clause, code="340000000000") == "LA 2.1.3, GZ 4.2.2 (default here)"
    assert cited("AH 2.2, 3.2", code="341524000000") == "AH 2.2, 3.2"
    assert cited("AH 2.2, 3.2", code="360728000000") == "AH 2.2, 3.2 (default here)"
    with override("zh-hans"):
        said = cited("GZ 4.2.2", short=True, code="341524000000")
        assert said == "赣市扶攻字 四（二）2（本地默认规则）"


def test_every_place_of_a_document_or_chain_has_its_name():
    places = {document[2] for document in DOCUMENTS.values()}
    places |= {v.territory for p in PROCEDURES.values() for v in p.variants if v.territory}
    assert places <= set(TERRITORIES)
    where = [where_of(variant) for variant in PROCEDURES["edge_listing"].variants]
    assert where[0] == "in Ganzhou, from 2019-10-09"


@pytest.mark.parametrize(("code", "default"), [("341524105207", True), (DINGNAN, False)])
def test_pages_papers_and_api_say_where_a_rule_is_the_default(cast, client, code, default):
    """An intervention follows GZ 4.2.2: law in Ganzhou, our default in Anhui."""
    household = cast.family(code, status="general")
    visit(cast, household)
    case = opened(cast, "intervention", household=household)
    county = case.opened_by
    client.force_login(county.officer, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    page = client.get(f"/cases/{case.pk}/").text
    assert "GZ 4.2.2" in page and ("default here" in page) is default
    form = client.get(f"/cases/{case.pk}/print/form/").text
    assert ("default here" in form) is default
    tab = client.get(f"/households/{household.pk}/cases/").text
    assert ("AH 2.2 (default here)" in tab) is not default  # an edge listing, the other way round
    procedure = client.get("/procedures/intervention/").text
    assert ("default here" in procedure) is default
    refused = client.post(f"/cases/{case.pk}/pass/", {"version": case.version})
    assert refused.status_code == 422 and ("default here" in refused.text) is default
    findings = client.get(f"/api/cases/{case.pk}/findings/").json()
    assert {row["default_here"] for row in findings if row["clause"] == "GZ 4.2.2"} == {default}
