"""What a run found, counted inside what a post may see."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS, Level
from monitoring.models import Assessment, FlagLine


def figures(run, post):
    """Households by tier, for the row of figures."""
    counts = (
        Assessment.objects.visible_to(post)
        .filter(run=run)
        .aggregate(**{tier: Count("id", filter=Q(tier=tier)) for tier in TIERS})
    )
    words = {
        "red": _("red"),
        "yellow": _("yellow"),
        "blue": _("blue"),
        "unknown": _("to be verified"),
    }
    return [
        {"label": words[tier], "value": counts[tier], "unit": _("households")} for tier in TIERS
    ]


TIERS = ("red", "yellow", "blue", "unknown")


def below(run, post):
    """A row for each division under the post's own: tiers, and what became of flags."""
    level = min(post.division.level + 1, Level.VILLAGE)
    column = LEVEL_COLUMNS[level]
    tiers = (
        Assessment.objects.visible_to(post)
        .filter(run=run)
        .values(column)
        .annotate(**{tier: Count("id", filter=Q(tier=tier)) for tier in TIERS})
    )
    flags = (
        FlagLine.objects.visible_to(post)
        .filter(run=run)
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
