"""Findings, campaigns, assurance problems and the burden meter in the demo county."""

import io
from datetime import datetime, time, timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.utils.timezone import get_current_timezone, localdate
from PIL import Image, ImageDraw

from accounts.demo import DEMO_VILLAGE
from accounts.models import Division
from accounts.workdays import is_workday
from duties.chasing import chase_tasks
from duties.models import Task
from households.due import month_of
from households.findings import Findings
from households.models import Visit
from households.models.choices import Method, Secure
from households.papers.files import checked_paper
from households.visiting import record_visit
from monitoring.assurances.following import KIND, follow_assurances
from monitoring.burden.counting import count_burden
from monitoring.campaigns.acts import Chosen, answer_lines, with_visits
from monitoring.campaigns.groups import GROUPS
from monitoring.campaigns.opening import open_campaign
from monitoring.campaigns.reminding import follow_screenings
from monitoring.models import CampaignLine, Finding
from monitoring.supervision.acts import answer_finding, enter_finding, return_finding

MONTHS = 4  # of the burden meter
DAYS_AGO = 12  # when the campaigns were opened
FINDINGS = (
    # By, how, words, limit, days ago, what became of it.
    ("county", "unannounced", "抽查两户，走访记录与入户了解的情况不一致，收入未更新。", 10, 4, ""),
    ("county", "inspection", "村内饮水管网末端水压不足，三户反映夏季缺水。", 5, 16, ""),
    ("township", "survey", "帮扶责任人联系卡没有张贴。", 5, 9, "answered"),
    ("city", "assessment", "档案中两份佐证材料缺少签字。", 8, 12, "returned"),
)


def make_campaigns(*, posts, today, at):
    """``posts`` by account name."""
    if Finding.objects.exists():
        return
    village = Division.objects.get(code=DEMO_VILLAGE)
    for row in FINDINGS:
        _finding(row, village, posts, today)
    _problems(posts, today, at)
    _campaigns(posts, today)
    _minutes(today)
    follow_screenings(at=at)
    for back in range(MONTHS):
        count_burden(_month_before(localdate(at), back))
    chase_tasks(at=at)


def _finding(row, village, posts, today):
    by, kind, words, days, ago, became = row
    at = working_moment(today, ago)
    finding = enter_finding(
        kind=kind, found_on=localdate(at), division=village, words=words, days=days,
        files=[proof("found")], by=posts[by], at=at,
    )  # fmt: skip
    if became:
        at = working_moment(today, ago // 2)
        finding = answer_finding(
            finding, words="已逐户核对并整改到位，照片附后。", files=[proof("mended")],
            seen_version=finding.version, by=posts["village2"], at=at,
        )  # fmt: skip
    if became == "returned":
        return_finding(
            finding, words="照片看不出签字日期，请重新拍照上传。", seen_version=finding.version,
            by=posts[by], at=working_moment(today, 2),
        )  # fmt: skip


def _problems(posts, today, at):
    """On the list for some weeks; a visit finds one of the village's mended."""
    follow_assurances(at=working_moment(today, 26))
    task = Task.objects.open().filter(kind=KIND, household__village__code=DEMO_VILLAGE).first()
    if task:
        seen = working_moment(today, 1)
        record_visit(
            task.household, client_id=uuid4(), visited_on=localdate(seen), made_at=seen,
            method=Method.IN_PERSON, met="户主", words="问题已解决，现场看过。",
            findings=Findings(assurances={task.figures["problem"]: Secure.SECURE}),
            by=posts["village2"], at=at,
        )  # fmt: skip
    follow_assurances(at=at)


def _minutes(today):
    """What phones would have measured: from one to five minutes."""
    lately = Visit.objects.filter(visited_on__gt=today - timedelta(days=31 * MONTHS))
    lately.filter(seconds_spent=None).update(seconds_spent=F("id") % 240 + 60)


def _campaigns(posts, today):
    at, until = working_moment(today, DAYS_AGO), today + timedelta(days=30)
    said = {"since": today - timedelta(days=40), "until": until, "by": posts["county"], "at": at}
    open_campaign(kind="screening", groups=list(GROUPS), **said)
    made = open_campaign(kind="edge", **said)
    lines = CampaignLine.objects.filter(campaign=made, village__code=DEMO_VILLAGE)
    lines = list(with_visits(lines).order_by("id"))
    seen = [Chosen(line.pk, line.version, answer="stands") for line in lines if line.visit_found]
    away = [
        Chosen(line.pk, line.version, answer="away", words="全家外出务工，电话核实。")
        for line in lines
        if not line.visit_found
    ]
    chosen = [*seen[:-2], *away[:1]]
    answer_lines(made, chosen, by=posts["village2"], at=working_moment(today, 1))


def working_moment(today, ago):
    day = today - timedelta(days=ago)
    while not is_workday(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(9, 40), get_current_timezone())


def proof(name):
    """A sheet as a phone would take it: file, name, digest."""
    sheet = Image.new("RGB", (800, 600), "white")
    ImageDraw.Draw(sheet).text((80, 80), f"DEMO {name}", "black")
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=60)
    return checked_paper(SimpleUploadedFile(f"{name}.jpg", out.getvalue(), "image/jpeg"))


def _month_before(day, back):
    for _n in range(back):
        day = month_of(day)[0] - timedelta(days=1)
    return day
