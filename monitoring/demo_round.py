"""The half-yearly division of tiers in the demo, with suggestions on every desk of a village."""

from django.utils.translation import override

from accounts.demo import DEMO_COUNTY, DEMO_VILLAGE
from accounts.models import Division, Officer, Post
from monitoring.models import TierLine
from monitoring.models.rounds import DIVIDED
from monitoring.tiers.acts import Chosen, decide, suggest
from monitoring.tiers.rounds import open_tier_rounds, round_month

SUGGESTED, REVIEWED = 14, 5  # households of the demo's village; the rest wait for its cadres


def make_round(*, today, at):
    """The colleagues who suggested and reviewed have no log-in."""
    county = Division.objects.get(code=DEMO_COUNTY)
    (made,) = open_tier_rounds(division=county, month=round_month(today), by=None, at=at)
    village = Division.objects.get(code=DEMO_VILLAGE)
    lines = TierLine.objects.filter(round=made, village=village, analysis__in=DIVIDED)
    first = lines.order_by("id")[:SUGGESTED]
    chosen = [Chosen(row.id, row.version, tier=row.analysis) for row in first]
    with override("zh-hans"):
        moved = suggest(made, chosen, by=_colleague("village", village, at), at=at).moved
        review = lines.filter(pk__in=moved).order_by("id")[:REVIEWED]
        rows = [Chosen(row.id, row.version, words="已核对") for row in review]
        decide(made, rows, by=_colleague("township", village.township, at), at=at)


def _colleague(role, division, at):
    officer = Officer(username=f"colleague-round-{role}", name="余世友")
    officer.set_unusable_password()
    officer.save()
    return Post.objects.create(officer=officer, role=role, division=division, since=at.date())
