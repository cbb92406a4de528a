"""Every procedure walked by hand: each step by its officer, with all that the step asks for."""

from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from monitoring.models import Case, State
from monitoring.policy.parameters import set_parameter
from monitoring.procedures import PROCEDURES, PaperKind
from tests.browser.test_case import as_
from tests.monitoring.chains import (
    officer_of,
    open_for_days,
    refreshed,
    set_rural_average,
    subject_of,
    visit,
)
from tests.monitoring.test_chains import ENDS

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timezone.localdate()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "scan.jpg"
    numbers = iter(range(0, 250, 25))

    def make():
        """Another sheet of paper each time."""
        Image.new("RGB", (300, 420), (250, 250, 250 - next(numbers))).save(path)
        return str(path)

    return make


class Hand:
    """The hands of the officers, one after the other, at one browser."""

    def __init__(self, cast, page, login, scan):
        self.cast, self.page, self.login, self.scan = cast, page, login, scan

    def sits_down(self, post):
        as_(self.page, self.login, post)

    def opens(self, household, procedure):
        page = self.page
        page.goto(f"/households/{household.pk}/cases/")
        page.click(f"a[href$='procedure={procedure}']")
        page.fill("form.pw-form textarea[name=because]", "入户了解到的情况")
        for name, value in (("tier", "yellow"), ("exited_class", "independent")):
            if page.locator(f"input[name={name}][value={value}]").count():
                page.check(f"input[name={name}][value={value}]", force=True)
        page.click("form.pw-form button")
        page.wait_for_url("**/cases/*/")
        return Case.objects.get()

    def looks_at(self, case):
        self.page.goto(f"/cases/{case.pk}/")

    def follows(self, case, ending, **fields):
        """A form behind a link of the case page, filled in and sent."""
        page = self.page
        page.click(f"a[href$='{ending}']")
        for name, value in fields.items():
            if name == "department":
                page.select_option(f"select[name={name}]", value)
            else:
                page.fill(f"[name={name}]", str(value))
        page.click("form.pw-form button")
        page.wait_for_url(f"**/cases/{case.pk}/**")

    def puts_paper(self, case, kind):
        page = self.page
        if not page.locator("#papers select[name=kind]").is_visible():
            page.click("#papers .p-add summary")
        page.select_option("#papers select[name=kind]", PaperKind(kind).value)
        page.set_input_files("#papers input[type=file]", self.scan())
        page.click("#papers .p-add button")
        page.wait_for_selector(".alert-ok")
        self.looks_at(case)

    def brings_what_is_asked(self, case):
        step = case.at_step
        there = set(case.papers.values_list("kind", flat=True))
        for kind in set(step.papers) - there:
            self.puts_paper(case, kind)
        if "notice_over" in step.conditions:
            self.puts_paper(case, PaperKind.NOTICE_PHOTO)
            open_for_days(case)
            up_on = DAY - timedelta(days=6)
            self.follows(case, "/notice/", place="村务公开栏", up_on=up_on, until=DAY)
            self.follows(case, "/down/", down_on=DAY)
        if "democratic_majority" in step.conditions:
            self.follows(
                case, "/meeting/", held_on=DAY, place="村部", chair="李传明", in_favour=9,
                against=1, abstained=1,
            )  # fmt: skip
        if {"departments_asked", "departments_answered"} & set(step.conditions):
            self.follows(case, "/departments/", department="education", question="有无失学儿童")

    def passes(self, case):
        page = self.page
        self.looks_at(case)
        if "national_number" in case.at_step.asks:
            page.fill("form[action$='/pass/'] [name=national_number]", "3415240001")
        page.fill("form[action$='/pass/'] textarea", "情况属实")
        page.click("form[action$='/pass/'] button")
        page.wait_for_selector(".alert-ok")

    def answers(self, department):
        self.sits_down(department)
        self.page.goto("/enquiries/")
        self.page.click("a[href^='/enquiries/']:not([href*='?']):not([href$='/enquiries/'])")
        self.page.check("input[name=speaks_against][value=no]", force=True)
        self.page.fill("textarea[name=answer]", "没有失学儿童")
        self.page.click("form.pw-form button")
        self.page.wait_for_selector(".alert-ok")


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_procedure_is_walked_by_hand(cast, page, login, scan, procedure):
    set_rural_average(cast)
    household = subject_of(cast, procedure)
    visit(cast, household, on=DAY)
    if "listing" in procedure:
        enter_line(cast)
    hand = Hand(cast, page, login, scan)
    opener = officer_of(cast, household, PROCEDURES[procedure].variants[0].steps[0])
    hand.sits_down(opener)
    case = hand.opens(household, procedure)
    while (case := refreshed(case)).is_open:
        step = case.at_step
        if step.by_departments:
            hand.answers(cast.education)
            continue
        by = opener if case.step == 0 else officer_of(cast, household, step)
        hand.sits_down(by)
        hand.looks_at(case)
        hand.brings_what_is_asked(case)
        if "departments_answered" in step.conditions:
            hand.answers(cast.education)
            hand.sits_down(by)
        hand.passes(refreshed(case))
    assert case.state == State.DONE
    household.refresh_from_db()
    assert {name: getattr(household, name) for name in ENDS[procedure]} == ENDS[procedure]


def enter_line(cast):
    set_parameter(
        name="line", territory=cast.province.division, since=DAY.replace(day=1), value=5000,
        because="测试", by=cast.province, at=timezone.now(),
    )  # fmt: skip
