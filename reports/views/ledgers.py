"""Pages of the ledgers 台账, as they stood on any day, limited to what the post may see."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.models import Division
from accounts.models.divisions import Level
from households.lists import places_for
from households.models import Household
from jobs.models import Job
from reports.as_of import ALL
from reports.ledger_job import ask_for_ledger
from reports.ledgers import LEDGERS
from reports.ledgers.shape import OF_PLACES, TIERS
from reports.models import LedgerView
from reports.territory import may_see_ledgers
from reports.views.asking import Asked

ON_PAPER = 1000  # rows; more than that is printed from the workbook, or division by division
ROWS_OF_A_SHEET, FEWER = 20, 15
NARROW = 15  # columns; with more of them most rows take two lines
MOST_PARTS = 6


@post_required()
def ledgers(request):
    if not may_see_ledgers(request.post):
        raise PermissionDenied
    saved = LedgerView.objects.visible_to(request.post).select_related(
        "saved_by__officer", "saved_by__division"
    )
    views = [view for view in saved if view.ledger in LEDGERS]
    for view in views:
        view.words = LEDGERS[view.ledger].words
        view.own = view.saved_by_id == request.post.id
    context = {"ledgers": LEDGERS.values(), "views": views}
    return render(request, "reports/ledgers/ledgers.html", context)


@post_required()
def ledger(request, slug):
    """The first page is there at once; what takes longer to count is counted after it."""
    asked = Asked(request.post, slug, request.GET)
    counting = _takes_long(asked) and "counted" not in request.GET
    standing = asked.standing
    totals = {} if counting else standing.totals()
    page = standing.page(request.GET)
    return render(
        request,
        "reports/ledgers/ledger.html",
        {
            "asked": asked,
            "page": page,
            "chips": _chips(asked, totals, counting),
            "counting": counting,
            "counted": f"{asked.query()}&counted=1".lstrip("&"),
            "wide": asked.place.level != Level.VILLAGE,
            "tiers": [] if asked.ledger.by_tier or asked.ledger.of in OF_PLACES else TIERS,
            "below": _below(asked, totals),
            "places": places_for(request.post, asked.place),
            "shown": [column for column in asked.columns if column.screen],
            "openable": set(
                Household.objects.visible_to(request.post)
                .filter(id__in=[row.pk for row in page])
                .values_list("id", flat=True)
            ),
            "jobs": Job.objects.visible_to(request.post).open().filter(kind="ledger"),
        },
    )


def _takes_long(asked):
    """To count: a city or province, and a county on an earlier day, of which rows that have news
    since are read back one by one."""
    earlier = asked.place.level == Level.COUNTY and asked.day < timezone.localdate()
    return asked.place.level < Level.COUNTY or earlier


@post_required()
def counts(request, slug):
    """The chips with their counts and the table by division, of a page that came without them."""
    asked = Asked(request.post, slug, request.GET)
    totals = asked.standing.totals()
    context = {"asked": asked, "chips": _chips(asked, totals), "below": _below(asked, totals)}
    return render(request, "reports/ledgers/_counts.html", context)


def _sums(asked, totals):
    """[(part or ``ALL``, its words, rows)]"""
    parts = [(ALL, _("all")), *((part.code, part.words) for part in asked.ledger.parts)]
    return [(code, words, sum(row[code] for row in totals.values())) for code, words in parts]


def _chips(asked, totals, counting=False):
    name = "tier" if asked.ledger.by_tier else "part"
    current = getattr(asked, name)
    return [
        {
            "words": words,
            "count": None if counting else count,
            "query": asked.query(**{name: "" if code == ALL else str(code)}),
            "current": current == ("" if code == ALL else code),
        }
        for code, words, count in _sums(asked, totals)
    ]


def _below(asked, totals):
    """Rows by part in each division right below; none for a village."""
    if asked.place.level == Level.VILLAGE:
        return []
    return [
        {
            "place": place,
            "query": asked.query(division=place.code),
            "counts": list(totals[place.id].values()),
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
    columns = [column for column in asked.columns if column.paper]
    size = ROWS_OF_A_SHEET if len(columns) <= NARROW else FEWER
    return render(
        request,
        "reports/ledgers/print.html",
        {
            "asked": asked,
            "now": timezone.now(),
            "count": count,
            "most": ON_PAPER,
            "columns": columns,
            "sheets": [(n, rows[n : n + size]) for n in range(0, len(rows), size)],
            "sums": _on_paper(_sums(asked, standing.totals())[1:]),
        },
    )


def _on_paper(sums):
    """Of many parts only those with rows: the line under the table stays one."""
    return [(words, n) for _code, words, n in sums if n or len(sums) <= MOST_PARTS]


@require_POST
@post_required()
def ledger_workbook(request, slug):
    asked = Asked(request.post, slug, request.POST)
    job = ask_for_ledger(
        ledger=asked.ledger,
        day=asked.day,
        place=asked.place,
        tier=asked.tier,
        part=asked.part,
        columns=asked.chosen,
        by=request.post,
        at=timezone.now(),
    )
    messages.success(request, _("The workbook is being made; it will be among your messages."))
    return redirect("job", job.id)
