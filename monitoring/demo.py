"""Cases of the demo county: some on every desk, brought there by the acts that officers use.

The colleagues who brought them have no log-in, so every demo account may still take the next step.
They visit each household first and see to it that its risks are answered; a household that still
does not fit is passed over for the next one.
"""

import io
from datetime import datetime, time, timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.timezone import get_current_timezone
from django.utils.translation import override
from PIL import Image, ImageDraw

from accounts.demo import DEMO_COUNTY, DEMO_VILLAGE
from accounts.models import Division, Officer, Post
from accounts.models.divisions import LEVEL_COLUMNS
from accounts.refusals import Refused
from accounts.workdays import is_workday
from assistance.catalogue import MEASURE_TYPES
from assistance.planning import add_measure
from households.findings import Findings
from households.models import Household, IncomeStatement
from households.models.choices import ExitedClass, Method, Status
from households.papers.files import checked_paper
from households.visiting import record_visit
from monitoring.cases.casework import open_case, pass_on, return_case
from monitoring.cases.records import (
    add_paper,
    answer_enquiry,
    ask_department,
    hold_democratic_review,
    put_up_notice,
)
from monitoring.models import Case
from monitoring.policy.judging import judge_now
from monitoring.policy.parameters import figures_on
from monitoring.policy.rules import rules_of
from monitoring.procedures import PROCEDURES

NAMES = ("王从林", "徐兰芝", "汪洋", "江涛", "沈岚", "漆德才", "余世友", "张玉莲")
STRANGERS = 10  # edge households under the line that the demo takes for not yet registered
OWN_STRANGERS = 2  # in its own village, left to whoever tries the demo

# Procedure, how many, to which step, where: "" the county, "village" the demo's own village.
WISHES = (
    ("closing_exited", 2, 0, "village"),
    ("closing_exited", 1, 1, "village"),
    ("closing_exited", 4, 2, ""),
    ("closing_exited", 1, 3, ""),
    ("closing_exited", 2, 4, ""),
    ("closing_exited", 1, None, ""),
    ("closing_edge", 5, 0, "township"),
    ("closing_edge", 6, 1, ""),
    ("closing_edge", 2, 2, ""),
    ("edge_listing", 1, 0, ""),
    ("edge_listing", 5, 4, ""),
    ("unstable_listing", 2, 3, ""),
    ("tier", 3, 1, "township"),
    ("tier", 9, 2, ""),
    ("class_change", 2, 1, "township"),
    ("intervention", 1, 2, ""),
    ("return", 1, 2, "village"),
)
WHY = {
    "closing_exited": "住房、饮水和就业问题都已解决，收入稳定，申请销号。",
    "closing_edge": "致贫风险已经消除，收入稳定，申请销号。",
    "edge_listing": "主要劳动力住院，收入减少，村里反映有致贫风险。",
    "unstable_listing": "今年收入减少，又有新的支出，有返贫风险。",
    "tier": "入户了解后提出。",
    "class_change": "两人稳定务工，收入较高，自我发展能力较强。",
    "intervention": "突发变故，支出骤增。",
    "return": "务工中断，种植受灾，收入降到标准以下。",
}
OPINION = "情况属实。"


def strangers(*, today):
    """Before the first review: the poorest edge households at risk are not registered yet, two of
    them in the demo's own village, where every desk of a listing has an account."""
    county = Division.objects.get(code=DEMO_COUNTY)
    rows = Household.objects.filter(county=county, status=Status.EDGE, number__startswith="SYN")
    judged = judge_now(list(rows.values_list("id", flat=True)), as_of=today,
                       figures=figures_on(today, [county]))  # fmt: skip
    line = figures_on(today, [county])[county.id]["line"]
    at_risk = [row for row in judged.values() if row["per_capita"] is not None and row["yellow"]]
    poorest = sorted(at_risk, key=lambda row: (row["per_capita"], row["household_id"]))
    village = Division.objects.get(code=DEMO_VILLAGE).id
    own = [row for row in poorest if row["village_id"] == village][:OWN_STRANGERS]
    chosen = own + [row for row in poorest if row["village_id"] != village][:STRANGERS]
    for row in chosen:
        _bring_under(line, row)
    ids = [row["household_id"] for row in chosen]
    Household.objects.filter(pk__in=ids).update(status=Status.GENERAL, listed_on=None)


def _bring_under(line, row):
    """Whose income is not under the line spent more on its business than it said."""
    over = (row["per_capita"] - line) * row["members"]
    if over >= 0:
        latest = IncomeStatement.objects.filter(household=row["household_id"])
        latest = latest.order_by("-window_to", "-id").first()
        latest.expenses += over + 100 * row["members"]
        latest.save(update_fields=["expenses"])


def make_cases(*, today):
    """Cases of the last days, for every role's first look. Made once."""
    if Case.objects.exists():
        return
    with override("zh-hans"):
        maker = Maker(today)
        for procedure, number, step, where in WISHES:
            maker.some(procedure, number, step, where)
        maker.one_comes_back()


class Maker:
    def __init__(self, today):
        self.today, self.used, self.posts = today, set(), {}
        self.county = Division.objects.get(code=DEMO_COUNTY)
        self.village = Division.objects.get(code=DEMO_VILLAGE)

    def at(self, back, hour=10):
        """A working moment about ``back`` days ago."""
        day = self.today - timedelta(days=back)
        while not is_workday(day):
            day -= timedelta(days=1)
        return datetime.combine(day, time(hour, 20), get_current_timezone())

    def some(self, procedure, number, step, where):
        place = {"village": self.village, "township": self.village.township}.get(where, self.county)
        for household in self.candidates(procedure, place):
            if not number:
                return
            colleagues = dict(self.posts)
            try:
                with transaction.atomic():
                    self.bring(procedure, household, step)
            except Refused:  # what it lacks is said in the refusal; the next one may do
                self.posts = colleagues
                continue
            self.used.add(household.pk)
            number -= 1

    def candidates(self, procedure, place):
        """Who might do, not used yet."""
        subject = {
            "closing_exited": {"exited_class": ExitedClass.MONITORED},
            "closing_edge": {"status": Status.EDGE},
            "edge_listing": {"status": Status.GENERAL},
            "intervention": {"status": Status.GENERAL},
            "unstable_listing": {"exited_class": ExitedClass.SUPPORTED},
            "class_change": {"exited_class": ExitedClass.SUPPORTED},
        }.get(procedure, {"status": Status.EXITED})
        rows = Household.objects.within(place).filter(**subject).exclude(pk__in=self.used)
        if subject.get("status") == Status.GENERAL:
            rows = rows.exclude(village=self.village)
        return rows.select_related("county", "village").order_by("number")

    def bring(self, procedure, household, to):
        row = PROCEDURES[procedure]
        first = row.variants[0].steps[0]
        back = 14 if to is None else min(14, 2 * to + 1) + len(self.used) * 3 % 10
        self.visit(household, self.at(back, 9))
        if row.closes:
            self.answer_risks(household, self.at(back, 9))
        by = self.officer(household, first)
        case = open_case(
            procedure=procedure,
            household=household,
            because=WHY[procedure],
            proposal=self.proposal(procedure, household),
            by=by,
            at=self.at(back),
        )
        while case.is_open and case.step != to:
            back = max(back - 2, len(self.used) * 3 % 10)
            if "visited_since_opening" in case.at_step.conditions:
                self.visit(household, self.at(back, 9))
            case = self.step_on(case, self.at(back, 15))
        if case.is_open:
            self.begin(case, self.at(0, 8))

    def visit(self, household, at):
        record_visit(
            household,
            client_id=uuid4(),
            visited_on=at.date(),
            made_at=at,
            method=Method.IN_PERSON,
            findings=Findings(assurances={"food": "secure", "clothing": "secure"}),
            met="户主",
            words="入户核实，情况与台账一致。",
            by=self.at_village(household),
            at=at,
        )

    def at_village(self, household):
        return self.officer(household, PROCEDURES["tier"].variants[0].steps[0])

    def answer_risks(self, household, at):
        """A measure for each yellow risk that has none."""
        figures = figures_on(at.date(), [household.county])
        row = judge_now([household.pk], as_of=at.date(), figures=figures)[household.pk]
        for rule in rules_of(row["yellow"]):
            if rule.answered_by:
                add_measure(
                    household,
                    kind=rule.answered_by[0],
                    answers=[rule.code],
                    words=str(MEASURE_TYPES[rule.answered_by[0]].words),
                    responsible="村两委",
                    started_on=at.date() - timedelta(days=20),
                    due_on=self.today + timedelta(days=60),
                    by=self.at_village(household),
                    at=at,
                )

    def proposal(self, procedure, household):
        if procedure == "tier":
            figures = figures_on(self.today, [household.county])
            row = judge_now([household.pk], as_of=self.today, figures=figures)[household.pk]
            tier = row["tier"]
            if tier == "unknown":
                raise Refused
            return {"tier": "blue" if household.pk % 4 == 0 else tier}
        return {"exited_class": "independent"} if procedure == "class_change" else {}

    def step_on(self, case, at):
        step = case.at_step
        if step.by_departments:
            raise Refused
        by = self.officer(case.household, step)
        for kind in step.papers:
            file, name, digest = checked_paper(_scan(case.number))
            add_paper(case, kind=kind, file=file, name=name, digest=digest, by=by, at=at)
        if "departments_asked" in step.conditions:
            for department in ("medical_insurance", "water"):
                self.ask(case, department, by, at)
        if "departments_answered" in step.conditions:
            enquiry = self.ask(case, "civil_affairs", by, at)
            answer_enquiry(
                enquiry,
                answer="未享受低保，无其他登记。",
                speaks_against=False,
                by=self.officer(case.household, step, "civil_affairs"),
                at=at,
            )
        if "democratic_majority" in step.conditions:
            hold_democratic_review(
                case, held_on=at.date(), place="村部会议室", chair="漆德才", in_favour=14,
                against=1, abstained=2, by=by, at=at,
            )  # fmt: skip
        asks = {"national_number": "3415240001"} if "national_number" in step.asks else {}
        case.refresh_from_db()
        return pass_on(
            case,
            seen_version=case.version,
            because=OPINION if case.step else "",
            proposal=asks,
            by=by,
            at=at,
        )

    def ask(self, case, department, by, at):
        question = "请核对该户近一年在贵部门的登记情况。"
        return ask_department(case, department=department, question=question, by=by, at=at)

    def begin(self, case, at):
        """What has begun on the desk where the case stays."""
        step = case.at_step
        if step.code == "compare":
            self.ask(case, "education", self.officer(case.household, step), at)
        elif step.code == "notice":
            by = self.officer(case.household, step)
            up_on = self.today - timedelta(days=2)
            put_up_notice(
                case, place="村务公开栏", up_on=up_on, until=up_on + timedelta(days=6), by=by, at=at
            )

    def one_comes_back(self):
        """A closing that the township sends back to the village."""
        case = Case.objects.open().filter(procedure="closing_exited", step=1).first()
        if case:
            return_case(
                case,
                seen_version=case.version,
                because="缺少水质检测报告，请补传后再报。",
                by=self.officer(case.household, case.at_step),
                at=self.at(0, 9),
            )

    def officer(self, household, step, department=""):
        """A colleague at the step's desk, another one for every step."""
        division = getattr(household, LEVEL_COLUMNS[step.level][:-3])
        role = "department" if department else step.role
        key = (role, division.pk, department or step.code)
        if key not in self.posts:
            number = len(self.posts)
            officer = Officer(
                username=f"colleague-{number}", name=NAMES[(number * 3 + 1) % len(NAMES)]
            )
            officer.set_unusable_password()
            officer.save()
            self.posts[key] = Post.objects.create(
                officer=officer,
                role=role,
                division=division,
                department=department,
                since=self.today - timedelta(days=400),
            )
        return self.posts[key]


def _scan(number):
    """A sheet of paper with the case's number on it, as a phone would take it."""
    sheet = Image.new("RGB", (800, 1120), "white")
    ImageDraw.Draw(sheet).text(
        (80, 80), f"DEMO {number.encode('ascii', 'replace').decode()}", "black"
    )
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=60)
    return SimpleUploadedFile("scan.jpg", out.getvalue(), "image/jpeg")
