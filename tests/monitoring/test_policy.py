"""The rules as SQL against an independent reading of the clauses, on the real database."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from households.models import Event, Household, IncomeStatement, Member, Visit
from monitoring.policy.judging import judge_now
from monitoring.policy.parameters import PARAMETERS, figures_on
from monitoring.policy.rules import BY_CODE, RULES
from tests.cast import COLUMNS, HEALTHY_HOUSEHOLD, HEALTHY_MEMBER, NOW, RECORDED, STEADY_INCOME
from tests.monitoring import reading

DAY = date(2020, 6, 30)
BIRTHDAYS = [
    None,
    date(1948, 5, 1),
    date(1980, 3, 4),
    date(1995, 6, 30),
    date(1995, 7, 1),
    date(2002, 6, 30),
    date(2002, 7, 1),
    date(2003, 8, 31),
    date(2003, 9, 1),
    date(2005, 6, 30),
    date(2005, 7, 1),
    date(2010, 2, 2),
    date(2013, 8, 31),
    date(2013, 9, 1),
    date(2014, 6, 30),
    date(2014, 7, 1),
]
known = st.sampled_from([True, False, None])
mostly_no = st.sampled_from([False, False, False, True, None])
mostly_yes = st.sampled_from([True, True, True, False, None])
money = st.sampled_from(
    ["0", "800", "2999.99", "3000", "4999.99", "5000", "9999.99", "14999.99"]
) | (st.integers(0, 6_000_000).map(lambda fen: f"{fen / 100:.2f}"))
costs = st.sampled_from([None, "0", "0", "0", "100"]) | money
members = st.lists(
    st.fixed_dictionaries(
        {
            "relation": st.sampled_from(
                ["", "spouse", "child", "child_in_law", "grandchild", "parent", "grandparent"]
            ),
            "born_on": st.sampled_from(BIRTHDAYS),
            "education": st.sampled_from(["", "none", "primary", "junior"]),
            "school": st.sampled_from(["", "none", "primary", "junior", "preschool"]),
            "school_exemption": st.sampled_from(["", "", "", "休学"]),
            "dropout_warning": mostly_no,
            "chronic_illness": mostly_no,
            "major_illness": mostly_no,
            "untreated": known,
            "family_doctor": known,
            "disabled": mostly_no,
            "disability_grade": st.sampled_from([None, 1, 2, 3]),
            "labour": st.sampled_from(
                ["", "skilled", "ordinary", "weak", "lost", "none", "none", "none"]
            ),
            "trained": known,
            "work_months": st.sampled_from([None, "0", "0", "0.5", "5.9", "6", "10"]),
            "medical_insurance": mostly_yes,
            "low_income_allowance": mostly_no,
            "extreme_poverty_support": mostly_no,
        }
    ),
    max_size=3,
)
houses = st.fixed_dictionaries(
    {
        "house_grade": st.sampled_from(["", "A", "B", "C", "D"]),
        "house_material": st.sampled_from(["", "earth", "brick_wood"]),
        "only_home": known,
        "unsafe_house": mostly_no,
        "parents_in_unsafe_house": mostly_no,
        "safe_home_elsewhere": mostly_no,
        "house_at_risk": mostly_no,
        "hazard_spot": mostly_no,
        "water_safe": mostly_yes,
        "water_quality": mostly_yes,
        "water_quantity": mostly_yes,
        "water_hours": mostly_yes,
        "water_convenience": mostly_yes,
        "water_reliability": mostly_yes,
        "water_seasonal_shortage": mostly_no,
        "cropland_mu": st.sampled_from([None, 0, 0, 0, 3]),
        "forest_mu": st.sampled_from([None, 0, 0, 0, 0]),
        "water_surface_mu": st.sampled_from([None, 0, 0, 0, 0]),
        "production_assets": st.sampled_from(["", "", "", "拖拉机"]),
        "national_measures": st.sampled_from([None, [], ["产业帮扶"], ["健康帮扶"]]),
        "business_short_of_funds": mostly_no,
    }
)
incomes = st.none() | st.fixed_dictionaries(
    {name: st.just("0") | money for name in ("wage", "business", "property")}
    | {name: money for name in ("transfer", "expenses")}
    | {name: costs for name in ("medical", "schooling", "housing", "disaster_repair")}
)
visits = st.none() | st.fixed_dictionaries(
    {
        "food": st.sampled_from(["secure", "secure", "at_risk", "insecure"]),
        "clothing": st.sampled_from(["secure", "secure", "at_risk", "insecure"]),
        "other_risk": st.sampled_from(["", "", "儿子失联"]),
    }
)
events = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(
                ["disaster", "epidemic_apart", "epidemic_loss", "industry_loss"]
            ),
            "happened_on": st.sampled_from(
                [date(2019, 6, 30), date(2019, 7, 1), date(2020, 6, 12)]
            ),
            "causes_risk": known,
        }
    ),
    max_size=2,
)
measures = st.sampled_from(
    [
        [],
        [],
        [{"kind": "industry"}],
        [{"kind": "employment"}],
        [{"kind": "industry", "started_on": date(2020, 7, 1), "due_on": None}],
        [{"kind": "industry", "ended_on": date(2019, 6, 30), "result": "done"}],
        [{"kind": "industry", "ended_on": date(2019, 7, 1), "result": "done"}],
        [{"kind": "industry", "ended_on": date(2020, 6, 29), "result": "stopped"}],
        [{"kind": "industry", "ended_on": date(2020, 7, 1), "result": "stopped"}],
        [{"kind": "industry", "ended_on": date(2020, 7, 1), "result": "mistake"}],
    ]
).map(lambda rows: [UNDER_WAY | row for row in rows])
UNDER_WAY = {
    "started_on": date(2019, 5, 1),
    "due_on": date(2020, 7, 31),
    "ended_on": None,
    "result": "",
}
kinds = st.sampled_from(
    [("exited", ""), ("exited", "monitored"), ("exited", "supported"), ("edge", "")]
)
situations = st.tuples(kinds, houses, members, incomes, incomes, visits, events, measures)


def nobody_earns(situation):
    """The same, where nobody can work and no allowance is drawn: too rare to wait for."""
    kind, house, people, *rest = situation
    idle = {"labour": "none", "work_months": "0", "low_income_allowance": False}
    idle |= {"extreme_poverty_support": False}
    bare = {"cropland_mu": 0, "forest_mu": 0, "water_surface_mu": 0, "production_assets": ""}
    return kind, house | bare, [person | idle for person in people], *rest


def able_but_idle(situation):
    kind, house, people, *rest = situation
    idle = {"labour": "ordinary", "work_months": "0"}
    people = [person | idle for person in people]
    return kind, house | {"national_measures": []}, people, *rest


def poor_but_safe(situation):
    """Under the line with nothing wrong in the assurances."""
    kind, house, people, income, before, _visit, *rest = situation
    sound = dict.fromkeys((name for name in house if name.startswith("water_")), True)
    sound |= {"house_grade": "A", "house_material": "", "unsafe_house": False}
    sound |= {"parents_in_unsafe_house": False, "house_at_risk": False, "only_home": False}
    sound |= {"water_seasonal_shortage": False, "water_surface_mu": house["water_surface_mu"]}
    well = {"born_on": date(1980, 3, 4), "medical_insurance": True, "major_illness": False}
    well |= {"chronic_illness": False, "dropout_warning": False}
    poor = {"wage": "800", "business": "0", "property": "0", "transfer": "0", "expenses": "0"}
    seen = {"food": "secure", "clothing": "secure", "other_risk": ""}
    people = [person | well for person in people]
    return kind, house | sound, people, income and income | poor, before, seen, *rest


situations = (
    situations
    | situations.map(nobody_earns)
    | situations.map(able_but_idle)
    | situations.map(poor_but_safe)
)
WINDOW_BEFORE = {
    "window_from": date(2018, 6, 1),
    "window_to": date(2019, 5, 31),
    "stated_on": date(2019, 6, 1),
}


def written(cast, situation, number):
    """The situation as rows of the register; returns the household's id."""
    (status, exited_class), house, people, income, before, visit, happened, helped = situation
    village = cast.divisions["341524105207"]
    household = Household.objects.create(
        **RECORDED,
        **{column: getattr(village, column) for column in COLUMNS},
        number=f"H{number}",
        status=status,
        exited_class=exited_class,
        **house,
    )
    Member.objects.bulk_create(
        Member(**RECORDED, household=household, number=str(n), name="汪", **person)
        for n, person in enumerate(people)
    )
    for row, window in ((income, {}), (income and before, WINDOW_BEFORE)):
        if row:
            IncomeStatement.objects.create(
                household=household, **({**STEADY_INCOME, **window} | row)
            )
    if visit:
        Visit.objects.create(
            client_id=uuid4(),
            household=household,
            visited_on=date(2020, 6, 20),
            made_at=NOW,
            received_at=NOW,
            method="in_person",
            **visit,
        )
    for event in happened:
        Event.objects.create(household=household, recorded_at=NOW, **event)
    for measure in helped:
        cast.measure(household, result_words="说明", **measure)
    return household.id


def read(situation):
    (status, exited_class), house, people, income, before, visit, happened, helped = situation
    return reading.Home(
        day=DAY,
        kind=exited_class or status,
        house=house,
        members=people,
        income=income,
        income_before=before if income else None,
        visit=visit,
        events=happened,
        measures=helped,
    )


def marks(row):
    """The row's answers by rule, in the reading's words."""
    answers = {}
    for rule in RULES:
        red, yellow, unknown = (row[n] & rule.bit for n in ("red", "yellow", "unknown"))
        word = "red" if red else "yellow" if yellow else "unknown" if unknown else "none"
        answers[rule.code] = (word, bool(yellow and unknown))
    return answers


@pytest.fixture
def figures(cast):
    return figures_on(DAY, [cast.divisions["341524000000"]])


def test_sql_and_the_independent_reading_agree(cast, figures):
    """A thousand situations; answers of every kind must have been met for every rule."""
    met = set()

    @settings(
        max_examples=250,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(batch=st.tuples(*[situations] * 4))
    def agree(batch):
        Household.objects.all().delete()
        ids = [written(cast, situation, n) for n, situation in enumerate(batch)]
        judged = judge_now(ids, as_of=DAY, figures=figures)
        for household_id, situation in zip(ids, batch, strict=True):
            expected, stable = reading.answers(read(situation))
            row = judged[household_id]
            assert marks(row) == expected, situation
            assert row["tier"] == reading.tier(expected, stable), situation
            met.update((code, mark) for code, (mark, _open) in expected.items())

    agree()
    for rule in RULES:
        assert rule.red == "FALSE" or (rule.code, "red") in met, rule.code
        assert rule.yellow == "FALSE" or (rule.code, "yellow") in met, rule.code
        assert (rule.code, "none") in met, rule.code


def healthy():
    """A situation in which every rule answers none, as changeable dicts."""
    house = {
        name: HEALTHY_HOUSEHOLD.get(name)
        for name in (
            "house_grade house_material only_home unsafe_house parents_in_unsafe_house "
            "safe_home_elsewhere house_at_risk hazard_spot water_safe water_quality "
            "water_quantity water_hours water_convenience water_reliability "
            "water_seasonal_shortage cropland_mu forest_mu water_surface_mu national_measures "
            "business_short_of_funds"
        ).split()
    } | {"production_assets": ""}
    person = {
        name: HEALTHY_MEMBER.get(name)
        for name in (
            "born_on education school dropout_warning chronic_illness major_illness untreated "
            "family_doctor disabled disability_grade labour trained work_months medical_insurance "
            "low_income_allowance extreme_poverty_support"
        ).split()
    } | {"school_exemption": ""}
    income = {
        name: str(STEADY_INCOME[name]) if name in STEADY_INCOME else None
        for name in (
            "wage business property transfer expenses medical schooling housing disaster_repair"
        ).split()
    }
    return {
        "kind": ("exited", "monitored"),
        "house": house,
        "members": [person | {"relation": "head"}, person | {"relation": "spouse"}],
        "income": income,
        "before": dict(income),
        "visit": {"food": "secure", "clothing": "secure", "other_risk": ""},
        "events": [],
        "measures": [],
    }


def with_child(**facts):
    def change(s):
        child = s["members"][0] | {
            "relation": "child",
            "born_on": date(2010, 2, 2),
            "education": "",
            "school": "primary",
            "labour": "none",
            "work_months": None,
        }
        s["members"].append(child | facts)

    return change


def member(**facts):
    return lambda s: s["members"][0].update(facts)


def everybody(**facts):
    return lambda s: [m.update(facts) for m in s["members"]]


def house(**facts):
    return lambda s: s["house"].update(facts)


def income(**facts):
    return lambda s: s["income"].update(facts)


def before(**facts):
    return lambda s: s["before"].update(facts)


def visit(**facts):
    return lambda s: s["visit"].update(facts)


def event(**facts):
    return lambda s: s["events"].append(
        {"kind": "disaster", "happened_on": date(2020, 6, 12), "causes_risk": True} | facts
    )


def both(*changes):
    return lambda s: [change(s) for change in changes]


# Poor, with a risk in both other dimensions: 9,999.98 yuan for two is 4,999.99 a head.
POOR = {"wage": "9999.98", "business": "0", "property": "0", "transfer": "0", "expenses": "0"}
NO_WORK = {"labour": "none", "work_months": "0"}
SITUATIONS = [
    ("food", visit(food="insecure"), "red"),
    ("food", visit(food="at_risk"), "yellow"),
    ("food", lambda s: s.update(visit=None), "unknown"),
    ("clothing", visit(clothing="insecure"), "red"),
    ("clothing", visit(clothing="at_risk"), "yellow"),
    ("clothing", lambda s: s.update(visit=None), "unknown"),
    ("education", with_child(school="none"), "red"),
    ("education", with_child(school="none", school_exemption="休学证明"), "none"),
    ("education", with_child(school="none", born_on=date(2013, 8, 31)), "red"),
    ("education", with_child(school="none", born_on=date(2013, 9, 1)), "none"),
    ("education", with_child(school="none", born_on=date(2003, 9, 1)), "red"),
    ("education", with_child(school="none", born_on=date(2003, 8, 31)), "none"),
    ("education", with_child(school="none", education="junior"), "red"),
    ("education", with_child(school="none", education="junior", born_on=date(2005, 7, 1)), "red"),
    ("education", with_child(school="none", education="junior", born_on=date(2005, 6, 30)), "none"),
    ("education", with_child(school="none", education="senior"), "none"),
    ("education", with_child(dropout_warning=True), "yellow"),
    ("education", with_child(school=""), "unknown"),
    ("medical", member(medical_insurance=False), "red"),
    ("medical", member(medical_insurance=None), "unknown"),
    ("medical", member(major_illness=True, untreated=True), "red"),
    ("medical", member(major_illness=True, untreated=False), "none"),
    ("medical", member(major_illness=True), "unknown"),
    ("medical", member(chronic_illness=True, family_doctor=False), "yellow"),
    ("medical", member(chronic_illness=True), "unknown"),
    ("housing", house(house_grade="D"), "red"),
    ("housing", house(house_grade="C"), "red"),
    ("housing", house(house_grade="B"), "none"),
    ("housing", house(house_grade="D", safe_home_elsewhere=True), "none"),
    ("housing", house(parents_in_unsafe_house=True), "red"),
    ("housing", house(house_grade="", unsafe_house=True), "red"),
    ("housing", house(house_grade="", unsafe_house=None), "unknown"),
    ("housing", house(house_material="earth"), "yellow"),
    ("housing", house(house_material="earth", only_home=False), "none"),
    ("housing", house(house_at_risk=True), "yellow"),
    ("water", house(water_safe=False), "red"),
    ("water", house(water_hours=False), "red"),
    ("water", house(water_safe=None), "unknown"),
    ("water", house(water_seasonal_shortage=True), "yellow"),
    ("low_income", income(**POOR), "yellow"),
    ("low_income", income(**POOR | {"wage": "10000.00"}), "none"),
    (
        "low_income",
        both(income(**POOR), house(hazard_spot=True, water_seasonal_shortage=True)),
        "red",
    ),
    ("low_income", both(income(**POOR), house(hazard_spot=True)), "yellow"),
    ("low_income", lambda s: s.update(income=None), "unknown"),
    (
        "no_stable_income",
        both(
            everybody(**NO_WORK),
            house(cropland_mu=0, forest_mu=0, water_surface_mu=0),
            income(business="0"),
        ),
        "red",
    ),
    (
        "no_stable_income",
        both(everybody(**NO_WORK), house(cropland_mu=None), income(business="0")),
        "unknown",
    ),
    (
        "no_stable_income",
        both(
            everybody(**NO_WORK, low_income_allowance=True),
            house(cropland_mu=0, forest_mu=0, water_surface_mu=0),
            income(business="0"),
        ),
        "none",
    ),
    ("income_drop", before(wage="58200"), "none"),
    ("income_drop", before(wage="68000"), "yellow"),
    ("income_drop", lambda s: s.update(before=None), "unknown"),
    ("transfer_dependence", income(transfer="31733.33"), "none"),
    ("transfer_dependence", income(transfer="31733.34"), "yellow"),
    (
        "transfer_dependence",
        both(income(transfer="40000"), lambda s: s.update(kind=("edge", ""))),
        "none",
    ),
    (
        "idle_labour",
        both(everybody(work_months="0"), income(business="0"), house(national_measures=[])),
        "yellow",
    ),
    ("idle_labour", both(everybody(work_months="0"), house(national_measures=[])), "none"),
    (
        "idle_labour",
        both(
            everybody(work_months="0"),
            income(business="0"),
            house(national_measures=None),
            lambda s: s["measures"].append(UNDER_WAY | {"kind": "industry"}),
        ),
        "none",
    ),
    (
        "idle_labour",
        both(everybody(work_months="0"), income(business="0"), house(national_measures=None)),
        "unknown",
    ),
    ("weak_skill", both(everybody(labour="ordinary", trained=False), income(**POOR)), "yellow"),
    ("weak_skill", both(everybody(labour="ordinary", trained=False)), "none"),
    ("weak_skill", both(everybody(labour="ordinary", trained=None), income(**POOR)), "unknown"),
    ("weak_skill", house(business_short_of_funds=True), "yellow"),
    ("unstable_work", everybody(work_months="5.9"), "yellow"),
    ("unstable_work", everybody(work_months="6"), "none"),
    ("unstable_work", income(business="6000"), "none"),
    ("unstable_work", income(business="5999.98"), "yellow"),
    ("unstable_work", everybody(work_months=None), "unknown"),
    ("industry_loss", event(kind="industry_loss", happened_on=date(2019, 7, 1)), "yellow"),
    ("industry_loss", event(kind="industry_loss", happened_on=date(2019, 6, 30)), "none"),
    ("industry_loss", event(kind="epidemic_loss", happened_on=date(2019, 7, 1)), "yellow"),
    ("sudden_event", event(kind="epidemic_loss"), "none"),
    ("sudden_event", event(kind="epidemic_loss", causes_risk=None), "none"),
    ("sudden_event", event(kind="epidemic_apart"), "red"),
    ("rigid_expenditure", income(medical="48400.00"), "yellow"),
    ("rigid_expenditure", income(medical="48400.01"), "red"),
    ("rigid_expenditure", both(income(medical="24200"), before(medical="24200")), "yellow"),
    ("rigid_expenditure", both(income(medical="24199.99"), before(medical="24200")), "none"),
    ("rigid_expenditure", income(medical="1040"), "yellow"),
    ("rigid_expenditure", income(medical="1039.99"), "none"),
    ("rigid_expenditure", income(medical=None), "unknown"),
    ("weak_labour", both(member(labour="weak"), lambda s: s["members"].pop()), "yellow"),
    ("weak_labour", everybody(labour="weak"), "none"),
    ("weak_labour", everybody(labour="lost"), "yellow"),
    ("weak_labour", everybody(labour=""), "unknown"),
    ("major_illness", member(major_illness=True, untreated=False), "yellow"),
    ("major_illness", member(major_illness=None), "unknown"),
    ("severe_disability", member(disabled=True, disability_grade=2), "yellow"),
    ("severe_disability", member(disabled=True, disability_grade=3), "none"),
    ("severe_disability", member(disabled=True), "unknown"),
    ("pupils", both(with_child(), with_child()), "yellow"),
    ("pupils", with_child(), "none"),
    ("pupils", both(with_child(), with_child(school="")), "unknown"),
    ("hazard_spot", house(hazard_spot=True), "yellow"),
    ("hazard_spot", house(hazard_spot=None), "unknown"),
    ("skipped_generation", with_child(relation="grandchild"), "yellow"),
    (
        "skipped_generation",
        both(with_child(relation="grandchild"), with_child(born_on=date(1985, 1, 1))),
        "none",
    ),
    ("skipped_generation", with_child(relation=""), "unknown"),
    ("sudden_event", event(), "red"),
    ("sudden_event", event(causes_risk=False), "none"),
    ("sudden_event", event(causes_risk=None), "unknown"),
    ("other_risk", visit(other_risk="儿子失联"), "yellow"),
]


@pytest.mark.parametrize(
    "code, change, answer",
    SITUATIONS,
    ids=[f"{n}-{code}-{answer}" for n, (code, _c, answer) in enumerate(SITUATIONS)],
)
def test_situation(cast, figures, code, change, answer):
    situation = healthy()
    change(situation)
    values = tuple(situation.values())
    row = judge_now([written(cast, values, 1)], as_of=DAY, figures=figures).popitem()[1]
    expected, _stable = reading.answers(read(values))
    assert marks(row)[code][0] == answer
    assert expected[code][0] == answer


def test_the_healthy_situation_is_blue(cast, figures):
    values = tuple(healthy().values())
    row = judge_now([written(cast, values, 1)], as_of=DAY, figures=figures).popitem()[1]
    assert {mark for mark, _ in marks(row).values()} == {"none"}
    assert row["tier"] == "blue"


def test_every_rule_has_situations_for_each_answer_it_can_give():
    tried = {(code, answer) for code, _change, answer in SITUATIONS}
    for rule in RULES:
        assert rule.red == "FALSE" or (rule.code, "red") in tried, rule.code
        assert rule.yellow == "FALSE" or (rule.code, "yellow") in tried, rule.code


def test_numbers_are_bits_of_their_own_and_everything_named_exists():
    from assistance.catalogue import MEASURE_TYPES
    from monitoring.models import FACT_NAMES

    assert len({rule.number for rule in RULES}) == len(RULES) == len(BY_CODE)
    assert max(rule.number for rule in RULES) < 31
    for rule in RULES:
        assert rule.clause and (rule.red_words or rule.red == "FALSE"), rule.code
        assert set(rule.answered_by) <= set(MEASURE_TYPES), rule.code
        assert set(rule.reads) <= set(FACT_NAMES), rule.code


def test_an_edge_household_before_the_provinces_line_is_judged_by_the_countys(cast):
    county = cast.divisions["341524000000"]
    assert figures_on(date(2019, 12, 31), [county])[county.id]["line"] is None
    assert figures_on(DAY, [county])[county.id]["line"] == Decimal(5000)
    dingnan = cast.divisions["360728000000"]
    assert figures_on(DAY, [dingnan])[dingnan.id]["line"] is None
    assert set(figures_on(DAY, [county])[county.id]) == set(PARAMETERS)


def test_clauses_are_cited_as_their_documents_count():
    from django.utils.translation import override

    from monitoring.policy.clauses import cited, lent

    with override("zh-hans"):
        assert (
            cited("AH 3.2, LA 2.1.3") == "皖扶组〔2020〕5号 三（二）；六政办〔2019〕15号 二（一）3"
        )
        assert cited("AH 2.2, 3.2", short=True) == "皖扶组 二（二）、三（二）"
        for rule in RULES:
            assert "（" in cited(rule.clause), rule.code
    with override("en"):
        assert cited("AH 3.2") == "AH 3.2"
    assert lent("GZ 4.2.1", "341524000000") and not lent("GZ 2.2, AH 5.1", "341524000000")


def test_every_answer_has_a_sentence_that_fits_its_facts(cast, figures):
    """Whoever reads that a rule is red or yellow is told which of its causes it is."""
    from monitoring.policy.sentences import sentence

    county = figures[cast.divisions["341524000000"].id]
    for number, (code, change, answer) in enumerate(SITUATIONS):
        if answer not in ("red", "yellow"):
            continue
        situation = healthy()
        change(situation)
        pk = written(cast, tuple(situation.values()), number)
        row = judge_now([pk], as_of=DAY, figures=figures)[pk]
        words = sentence(BY_CODE[code], answer, row, county)
        assert words and "{" not in words and "None" not in words, (code, words)


def test_a_sentence_can_be_said_where_no_line_is_published():
    from monitoring.policy.sentences import sentence

    row = {"per_capita": Decimal(3000), "able_skilled": 0, "business": 1, "short_of_funds": True}
    figures = {name: parameter.default for name, parameter in PARAMETERS.items()}
    assert figures["line"] is None
    assert sentence(BY_CODE["weak_skill"], "yellow", row, figures) == "经营缺资金。"


def test_in_the_summer_after_nine_years_nobody_is_a_dropout():
    from monitoring.policy.judging import graduates_born_to

    assert graduates_born_to(date(2020, 6, 30)) == date(2005, 6, 30)
    assert graduates_born_to(date(2020, 7, 31)) == date(2005, 8, 31)
    assert graduates_born_to(date(2020, 8, 31)) == date(2005, 8, 31)
    assert graduates_born_to(date(2020, 2, 29)) == date(2005, 2, 28)
