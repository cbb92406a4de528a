"""What a run found, counted inside what a post may see."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS, Level
from households.models.choices import Tier
from monitoring.models import Assessment, FlagLine

TIERS = ("red", "yellow", "blue", "unknown")


def _by_tier():
    return {tier: Count("id", filter=Q(tier=tier)) for tier in TIERS}


def _judged(run, post, place):
    return Assessment.objects.visible_to(post).filter(run=run).within(place)


def figures(run, post, place):
    """Households by tier; each figure leads to exactly its rows."""
    counts = _judged(run, post, place).aggregate(**_by_tier())
    words = dict(Tier.choices) | {"unknown": _("to be verified")}
    address = reverse("judged", args=[run.pk])
    return [
        {
            "label": words[tier],
            "value": counts[tier],
            "unit": _("households"),
            "url": f"{address}?tier={tier}&division={place.code}",
        }
        for tier in TIERS
    ]


def below(run, post, place):
    """A row for each division under ``place``: tiers, and what became of flags."""
    column = LEVEL_COLUMNS[min(place.level + 1, Level.VILLAGE)]
    tiers = _judged(run, post, place).values(column).annotate(**_by_tier())
    flags = (
        FlagLine.objects.visible_to(post)
        .filter(run=run)
        .within(place)
        .values(column)
        .annotate(
            new=Count("id", filter=Q(change="new")),
            kept=Count("id", filter=Q(change="kept")),
            cleared=Count("id", filter=Q(change="cleared")),
            overdue=Count("id", filter=Q(overdue=True)),
        )
    )
    flagged = {row[column]: row for row in flags}
    rows = {row[column]: row | flagged.get(row[column], {}) for row in tiers}
    divisions = Division.objects.in_bulk(rows)
    named = [{"division": divisions[key], **row} for key, row in rows.items()]
    return sorted(named, key=lambda row: row["division"].code)
