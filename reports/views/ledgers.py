"""Pages of the ledgers 台账, as they stood on any day, limited to what the post may see."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.models import Division
from accounts.models.divisions import Level
from accounts.places import with_code
from households.lists import places_for
from households.models import Household
from jobs.models import Job
from reports.as_of import Standing, may_keep, may_see_ledgers
from reports.ledger_job import ask_for_ledger
from reports.ledgers import LEDGERS, TIER_WORDS, TIERS

ON_PAPER = 1000  # rows; more than that is printed from the workbook, or division by division
ROWS_OF_A_SHEET = 20


class Asked:
    """What the address asks for: ledger, day, division, tier."""

    def __init__(self, post, slug, params):
        if not may_see_ledgers(post):
            raise PermissionDenied
        self.ledger = LEDGERS.get(slug)
        if self.ledger is None:
            raise Http404
        self.post, self.today = post, localdate()
        self.day = _day(params.get("on", "")) or self.today
        self.to_come = self.day > self.today
        self.day = min(self.day, self.today)
        self.place = _place(post, params.get("division"))
        tier = params.get("tier", "")
        self.tier = tier if tier in TIERS else ""

    @property
    def standing(self):
        return Standing(self.ledger, day=self.day, post=self.post, place=self.place, tier=self.tier)

    def query(self, **changes):
        pairs = {
            "on": "" if self.day == self.today else self.day.isoformat(),
            "division": "" if self.place == self.post.division else self.place.code,
            "tier": self.tier,
        } | changes
        return urlencode({name: value for name, value in pairs.items() if value})


def _day(words):
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _place(post, code):
    """The division asked for, when the post keeps its ledger; else the post's own."""
    place = with_code(Division.objects, code)
    return place if place and may_keep(post, place) else post.division


@post_required()
def ledgers(request):
    if not may_see_ledgers(request.post):
        raise PermissionDenied
    return render(request, "reports/ledgers/ledgers.html", {"ledgers": LEDGERS.values()})


@post_required()
def ledger(request, slug):
    asked = Asked(request.post, slug, request.GET)
    standing = asked.standing
    totals = standing.totals()
    page = standing.page(request.GET)
    return render(
        request,
        "reports/ledgers/ledger.html",
        {
            "asked": asked,
            "page": page,
            "chips": _chips(asked, totals),
            "below": _below(asked, totals),
            "places": places_for(request.post, asked.place),
            "openable": set(
                Household.objects.visible_to(request.post)
                .filter(id__in=[row.pk for row in page])
                .values_list("id", flat=True)
            ),
            "jobs": Job.objects.visible_to(request.post).open().filter(kind="ledger"),
        },
    )


def _sums(totals):
    return {tier: sum(row[tier] for row in totals.values()) for tier in TIERS}


def _chips(asked, totals):
    sums = _sums(totals)
    rows = [("", _("all"), sum(sums.values()))]
    rows += [(tier, TIER_WORDS[tier], sums[tier]) for tier in TIERS]
    return [
        {
            "words": words,
            "count": count,
            "query": asked.query(tier=str(tier)),
            "current": tier == asked.tier,
        }
        for tier, words, count in rows
    ]


def _below(asked, totals):
    """Households by tier in each division right below; none for a village."""
    if asked.place.level == Level.VILLAGE:
        return []
    return [
        {
            "place": place,
            "query": asked.query(division=place.code),
            "tiers": [totals[place.id][tier] for tier in TIERS],
            "all": sum(totals[place.id].values()),
        }
        for place in Division.objects.filter(id__in=totals)
    ]


@post_required()
def ledger_print(request, slug):
    """Sheets of A4 across, each with the head of the table and its number."""
    asked = Asked(request.post, slug, request.GET)
    standing = asked.standing
    count = standing.count()
    rows = []
    if count <= ON_PAPER:
        rows = [row for chunk in standing.chunks() for row in chunk]
    columns = [column for column in asked.ledger.columns if column.paper]
    cut = [rows[n : n + ROWS_OF_A_SHEET] for n in range(0, len(rows), ROWS_OF_A_SHEET)]
    return render(
        request,
        "reports/ledgers/print.html",
        {
            "asked": asked,
            "now": timezone.now(),
            "count": count,
            "most": ON_PAPER,
            "columns": columns,
            "sheets": [(n * ROWS_OF_A_SHEET, sheet) for n, sheet in enumerate(cut)],
            "sums": [(TIER_WORDS[t], n) for t, n in _sums(standing.totals()).items()],
        },
    )


@require_POST
@post_required()
def ledger_workbook(request, slug):
    asked = Asked(request.post, slug, request.POST)
    job = ask_for_ledger(
        ledger=asked.ledger,
        day=asked.day,
        place=asked.place,
        tier=asked.tier,
        by=request.post,
        at=timezone.now(),
    )
    messages.success(request, _("The workbook is being made; it will be among your messages."))
    return redirect("job", job.id)
