"""The list of clues, and the page of one: sources, check, answer, trail."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.entry import post_required
from accounts.paging import page_of
from duties.models import Task
from households.lists import places_for
from monitoring.clues.kinds import KIND_OF
from monitoring.clues.lists import Filters, channels_of
from monitoring.clues.moving import on_desk
from monitoring.clues.placing import candidates
from monitoring.clues.receiving import CHANNEL_OF
from monitoring.comparison.telling import source_words, told
from monitoring.models import Channel, Clue
from monitoring.procedures import PROCEDURES
from monitoring.sight import bits_seen
from monitoring.views.why import need_assessments


def visible_clue(request, pk):
    need_assessments(request.post)
    rows = Clue.objects.visible_to(request.post)
    rows = rows.select_related("household", "village__township__county", "visit", "merged_into")
    return get_object_or_404(rows, pk=pk)


@post_required()
def clues(request):
    need_assessments(request.post)
    today = timezone.localdate()
    filters = Filters(request.GET, request.post, today)
    page = page_of(filters.rows(), request.GET, order=filters.order)
    for clue in page:
        clue.rule_words = bits_seen(clue.rules, request.post)
        clue.channels = channels_of(clue)
    context = {
        "page": page,
        "filters": filters,
        "chips": filters.chips(),
        "channels": Channel.choices,
        "places": places_for(request.post, filters.division),
        "may_tell": request.post.role in CHANNEL_OF,
        "today": today,
    }
    return render(request, "monitoring/clues/clues.html", context)


@post_required()
def clue(request, pk):
    found, post = visible_clue(request, pk), request.post
    mine = found.is_open and on_desk(found, post)
    trail = found.acts.select_related("by__officer", "by__division", "by__deputy_of__officer")
    tasks = Task.objects.filter(kind__in=KIND_OF.values(), key=str(found.pk), ended_at=None)
    context = {
        "clue": found,
        "sources": [_told(source, post) for source in found.sources.all()],
        "rules": bits_seen(found.rules, post),
        "trail": trail,
        "cases": found.cases.visible_to(post) if post.sees_section("history") else [],
        "mine": mine,
        "task": tasks.select_related("at").first(),
        "candidates": candidates(found, post) if mine and not found.household_id else [],
        "procedure": PROCEDURES.get(found.procedure),
        "today": timezone.localdate(),
    }
    return render(request, "monitoring/clues/clue.html", context)


def _told(source, post):
    figures = source.figures
    source.rule_words = bits_seen(figures.get("rules", 0), post)
    if rule := figures.get("rule"):  # what a department's data told
        source.words, source.who = told(rule, figures), source_words(figures)
    return source
