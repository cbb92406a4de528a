"""Overdue is orange, with a clock and words, everywhere by one class; red stays for red."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from monitoring.cases.records import ask_department
from monitoring.models import Enquiry, TierRound
from tests.cast import NOW
from tests.monitoring import tiers
from tests.monitoring.chains import opened
from tests.monitoring.desks import lying

YESTERDAY = timezone.localdate() - timedelta(days=3)
MARK = re.compile(r'<(?:span|a)[^>]*class="pw-due pw-due-late"[^>]*>\s*<svg')


def marks(client, post, address):
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(address)
    assert page.status_code == 200
    return len(MARK.findall(page.text))


@pytest.mark.parametrize("late", [True, False])
def test_cases(cast, client, late):
    case = lying(cast, "tier", 2, due=YESTERDAY if late else None)
    assert marks(client, cast.county, "/cases/") == 2 * late  # in the head and in the row
    assert marks(client, cast.county, f"/cases/{case.pk}/") == late
    assert marks(client, cast.county, "/") == 2 * late


@pytest.mark.parametrize("late", [True, False])
def test_questions_to_departments(cast, client, late):
    case = opened(cast, "edge_listing", by=cast.county)
    ask_department(case, department="education", question="有无大病", by=cast.county, at=NOW)
    Enquiry.objects.update(due_on=YESTERDAY if late else timezone.localdate() + timedelta(days=9))
    assert marks(client, cast.education, "/enquiries/") == 2 * late
    assert marks(client, cast.education, "/") == 2 * late


@pytest.mark.parametrize("late", [True, False])
def test_tier_rounds(cast, client, late):
    tiers.home(cast)
    made = tiers.opened(cast)
    if not late:
        TierRound.objects.update(until=timezone.localdate() + timedelta(days=60))
    assert marks(client, cast.county, "/tiers/?month=2020-04") == 2 * late
    assert marks(client, cast.county, f"/tiers/{made.pk}/") == late


def contrast(one, other):
    lights = sorted((_light(one), _light(other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _light(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    parts = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_the_orange_is_readable_and_used_for_nothing_else():
    sheets = {p.name: p.read_text() for p in (settings.BASE_DIR / "static/css").glob("*.css")}
    colours = dict(
        re.findall(r"--pw-(orange|orange-line|ink|red): (#[0-9a-f]{6})", sheets["ground.css"])
    )
    assert contrast(colours["orange"], colours["ink"]) >= 4.5
    assert contrast(colours["orange-line"], "#ffffff") >= 3
    rules = re.findall(r"([^{}]+)\{[^{}]*var\(--pw-orange", "".join(sheets.values()))
    assert [rule.split("*/")[-1].strip() for rule in rules] == [".pw-due.pw-due-late"]
