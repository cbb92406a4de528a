"""The rows behind a figure, as a page lists them: who, where, what, and where it leads."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import Division
from assistance.models import Grant, Measure
from duties.models import Task
from feeds.models import FeedUpload
from households.models import Fault
from monitoring.campaigns.kinds import KINDS
from monitoring.models import CampaignLine, CaseAct, Clue, Enquiry, FlagLine
from reports.models import Stood


@dataclass(frozen=True)
class Line:
    name: str
    place: str
    words: str
    address: str


def _flag(row):
    words = f"{row.get_change_display()} {row.flagged_on}"
    address = reverse("household_why", args=[row.household_id]) + f"?run={row.run_id}"
    return Line(row.head_name or row.number, row.village.name, words, address)


def _home(row, words):
    home = row.household
    address = reverse("household", args=[home.id])
    return Line(home.head_name or home.number, home.village.name, words, address)


def _task(row):
    address = reverse("task", args=[row.id])
    return Line(str(row.row.words), row.at.name, f"{row.due_on}", address)


def _clue(row):
    return Line(row.whom, row.village.name, f"{row.found_on}", reverse("clue", args=[row.id]))


def _pass(row):
    home = row.case.household
    words = f"{row.case.row.words} {row.get_what_display()} {localdate(row.at)}"
    return Line(
        home.head_name or home.number, home.village.name, words,
        reverse("case", args=[row.case_id]),
    )  # fmt: skip


def _line(row):
    whom = row.household or row.person
    name = getattr(whom, "head_name", "") or getattr(whom, "name", "") or whom.number
    words = " ".join(filter(None, [_answer(row), str(row.get_state_display())]))
    address = reverse("campaign_lines", args=[row.campaign_id])
    return Line(name, row.village.name, words, address)


def _answer(row):
    answer = KINDS[row.campaign.kind].answer(row.answer)
    return str(answer.words) if answer else ""


def _measure(row):
    home = row.household
    words = " ".join(filter(None, [f"{row.started_on}", row.words, row.get_result_display()]))
    address = reverse("measure", args=[row.id])
    return Line(home.head_name or home.number, home.village.name, words, address)


def _enquiry(row):
    home = row.case.household
    name, place = home.head_name or home.number, home.village.name
    return Line(name, place, f"{row.due_on} {row.question}", reverse("enquiry", args=[row.id]))


def _upload(row):
    words = f"{row.as_of} {row.row.words}"
    return Line(row.file_name, row.division.name, words, reverse("feed", args=[row.id]))


def _collective(row):
    return Line(row.name, row.township.name, row.code, reverse("collective", args=[row.id]))


# Model -> (what is read along, how a row is told).
TOLD = {
    FlagLine: (("village",), _flag),
    Stood: (("household__village",), lambda row: _home(row, row.get_tier_display())),
    Fault: (("household__village",), lambda row: _home(row, str(row.check_.words))),
    Task: (("at",), _task),
    Grant: (("household__village",), lambda row: _home(row, f"{row.paid_on} {row.amount}")),
    Clue: (("household", "village"), _clue),
    CampaignLine: (("household", "person", "village", "campaign"), _line),
    Measure: (("household__village",), _measure),
    Enquiry: (("case__household__village",), _enquiry),
    FeedUpload: (("division",), _upload),
    Division: (("township",), _collective),
    CaseAct: (("case__household__village",), _pass),
}


def told(model, rows):
    """``rows``: a page of them."""
    tell = TOLD[model][1]
    return [tell(row) for row in rows]


def read_along(rows):
    return rows.select_related(*TOLD[rows.model][0])
