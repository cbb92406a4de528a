"""The table of procedures is whole, has words for people, and is drawn as it is."""

import re

import pytest
from django.utils.text import capfirst
from django.utils.translation import override

from accounts.roles import ROLES
from monitoring.cases.conditions import CONDITIONS
from monitoring.cases.outcomes import OUTCOMES
from monitoring.cases.proposals import FIELDS
from monitoring.cases.words import OUTCOMES as OUTCOME_WORDS
from monitoring.policy.clauses import DOCUMENTS, parts
from monitoring.policy.parameters import PARAMETERS
from monitoring.procedure_drawing import LINE, drawn, mermaid, wrapped
from monitoring.procedure_words import (
    BESIDE,
    CONDITION_WORDS,
    DOES,
    asks_of,
    days_words,
    parts_of,
    views,
    where_of,
)
from monitoring.procedures import PROCEDURES, SUBJECTS, PaperKind, Procedure, StepAct, Variant

VARIANTS = [
    pytest.param(procedure, variant, id=f"{code}-{variant.code}")
    for code, procedure in PROCEDURES.items()
    for variant in procedure.variants
]


@pytest.mark.parametrize(("procedure", "variant"), VARIANTS)
def test_every_code_of_a_chain_exists(procedure, variant):
    for step in variant.steps:
        assert set(step.conditions) <= set(CONDITIONS), step.code
        assert set(step.outcomes) <= set(OUTCOMES), step.code
        assert set(step.papers) <= set(PaperKind), step.code
        assert set(step.asks) <= set(FIELDS), step.code
        assert step.act in StepAct and step.days > 0 and step.role in ROLES, step.code
        assert {document for document, _n in parts(step.clause)} <= set(DOCUMENTS), step.code
    assert set(procedure.subjects) <= set(SUBJECTS)
    assert not variant.switch or variant.switch in PARAMETERS
    codes = [step.code for step in variant.steps]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(("procedure", "variant"), VARIANTS)
def test_every_chain_does_something_and_not_before_its_deciding_level(procedure, variant):
    """The register changes at the last step, or at the approval before the national entry."""
    decisive = [n for n, step in enumerate(variant.steps) if set(step.outcomes) - {"start_help"}]
    assert len(decisive) == 1
    after = variant.steps[decisive[0] + 1 :]
    assert [step.act for step in after] in ([], [StepAct.ENTER])


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
def test_some_chain_fits_every_household_on_every_day(procedure):
    last = procedure.variants[-1]
    assert not last.territory and not last.switch
    assert len({variant.steps[0].level for variant in procedure.variants}) == 1
    assert len({variant.code for variant in procedure.variants}) == len(procedure.variants)


def test_every_code_has_its_words():
    assert set(CONDITION_WORDS) == set(CONDITIONS)
    assert set(DOES) == set(StepAct)
    assert set(OUTCOME_WORDS) == set(OUTCOMES)


def test_every_role_has_its_view():
    assert set(ROLES) == set(views()) | set(BESIDE)
    taken = {(part.procedure.code, part.number) for role in views() for part in parts_of(role)}
    steps = {
        (code, n) for code, p in PROCEDURES.items() for n, _s in enumerate(p.variants[-1].steps)
    }
    assert taken == steps


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(("procedure", "variant"), VARIANTS)
def test_a_drawing_holds_every_step_inside_its_frame(procedure, variant, language):
    with override(language):
        drawing = drawn(variant, "county")
        assert len(drawing.boxes) == len(variant.steps) == len(drawing.arrows) + 1
        for box, step in zip(drawing.boxes, variant.steps, strict=True):
            assert "".join(box.lines).replace(" ", "") == str(step.words).replace(" ", "")
            assert box.mine == (step.role == "county")
            assert box.x + drawing.box_width <= drawing.width
            assert box.y + drawing.box_height <= drawing.height
            assert box.baselines[0][0] - 10 >= box.y, "words above the box"
            assert box.baselines[-1][0] <= box.y + drawing.box_height - 2, "words below it"
        tops = {box.y for box in drawing.boxes}
        assert len(tops) == len(drawing.lanes)


def test_long_words_are_broken_and_none_is_lost():
    assert wrapped("一二三四五六七八九十甲乙") == ["一二三四五六七八九十甲", "乙"]
    assert wrapped("work team and committees") == ["work team and", "committees"]
    assert all(len(line) <= LINE for line in wrapped("a b c d e f g h i j k l m n"))


def test_the_flow_chart_is_what_mermaid_reads():
    with override("en"):
        chart = mermaid(PROCEDURES["closing_exited"].variants[0])
    lines = chart.splitlines()
    assert lines[:2] == ["```mermaid", "flowchart LR"] and lines[-1] == "```"
    assert all(re.fullmatch(r'    s\d\["[^"\[\]]+"\]', line) for line in lines[2:-2])
    assert lines[-2].split(" --> ") == [f"{'    ' * (n == 1)}s{n}" for n in range(1, 6)]


def test_a_dated_chain_of_a_territory_says_so():
    from datetime import date

    with override("en"):
        where = where_of(Variant("x", (), territory="3415", since=date(2021, 1, 1)))
        assert where == "in Lu'an, from 2021-01-01"
        switched = PROCEDURES["edge_listing"].variants
        assert "listing needs a public notice" in where_of(switched[1])
        assert where_of(switched[2]) == ""
        assert days_words(1) == "1 working day"


class TestPages:
    @pytest.fixture(autouse=True)
    def english(self, client, cast):
        client.force_login(cast.county.officer)
        client.cookies["django_language"] = "en"
        self.client = client

    def page(self, address):
        answer = self.client.get(address, headers={"accept-language": "en"})
        assert answer.status_code == 200
        return answer.content.decode()

    def test_all_chains_stand_on_one_page_with_my_steps_marked(self):
        page = self.page("/procedures/")
        assert all(f"/procedures/{code}/" in page for code in PROCEDURES)
        assert page.count('class="now"') == len(parts_of("county"))

    @pytest.mark.parametrize("role", views())
    def test_the_view_of_a_role_says_what_is_done_and_what_must_be_there(self, role):
        page = self.page(f"/procedures/?role={role}")
        with override("en"):
            for part in parts_of(role):
                assert capfirst(part.step.words).replace("'", "&#x27;") in page
                assert str(part.does) in page
                for words in asks_of(part.step):
                    assert words.replace("'", "&#x27;") in page

    @pytest.mark.parametrize("code", PROCEDURES)
    def test_the_page_of_a_procedure_draws_every_variant(self, code):
        page = self.page(f"/procedures/{code}/")
        assert page.count("<svg xmlns") == len(PROCEDURES[code].variants)
        assert page.count("holds in your county today") == 1
        assert 'style="' not in page

    def test_a_switch_of_the_county_changes_what_holds(self, cast):
        from monitoring.models import ParameterValue
        from tests.cast import NOW, TODAY

        ParameterValue.objects.create(
            name="listing_notice", territory=cast.county.division, since=TODAY, value=1,
            set_by=cast.province, set_at=NOW,
        )  # fmt: skip
        page = self.page("/procedures/edge_listing/")
        held = page.index("holds in your county today")
        assert page.index("<h2>") < held < page.index("everywhere else")

    def test_an_unknown_procedure_is_not_there(self):
        assert self.client.get("/procedures/none/").status_code == 404
        assert self.client.get("/procedures/?role=none").status_code == 200


def test_who_takes_no_step_is_told_so(client, cast):
    client.force_login(cast.auditor.officer)
    page = client.get("/procedures/", headers={"accept-language": "en"}).content.decode()
    assert "You take no step. You read every case" in page


def test_the_table_takes_variants_of_a_territory(cast):
    """What the page and the cases rely on: the first that fits is taken."""
    from datetime import date

    usual = Variant("usual", PROCEDURES["tier"].variants[0].steps)
    own = Variant("own", usual.steps, territory="3415", since=date(2021, 1, 1))
    row = Procedure("x", "级", "x", "LA 2.1.1", ("exited",), (own, usual))
    assert row.variant_for("341524105207", date(2021, 1, 1), {}) is own
    assert row.variant_for("341524105207", date(2020, 12, 31), {}) is usual
    assert row.variant_for("360728100201", date(2021, 1, 1), {}) is usual
