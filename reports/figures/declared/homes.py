"""How households stood at the end of a month: visits, persons in charge, plans, tiers."""

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from households.models.choices import Tier
from reports.figures.figure import SHARE, Figure, every, where
from reports.figures.sources import Source
from reports.models import Stood

STOOD = Source(Stood, lambda m: Q(run=m.run), "village_id", by_run=True)
MOVES = "moves"  # shown as the flow between tiers
TOLD = (Tier.RED, Tier.YELLOW, Tier.BLUE, Tier.UNKNOWN)

VISITS = (
    Figure(
        "visits_monthly", _("monthly visits made"), "AH 4.2.2", STOOD,
        where(monthly=True, visited=True), of=where(monthly=True), unit=SHARE, good="up",
        group="visits",
    ),
    Figure(
        "visits_in_person", _("monthly visits in person"), "AH 4.2.2", STOOD,
        where(monthly=True, in_person=True), of=where(monthly=True), unit=SHARE, good="up",
        group="visits",
    ),
    Figure(
        "visits_otherwise", _("monthly visits by phone or message only"), "AH 4.2.2", STOOD,
        where(monthly=True, visited=True, in_person=False), of=where(monthly=True), unit=SHARE,
        good="", group="visits",
    ),
    Figure(
        "visits_quarterly", _("quarterly visits made"), "AH 4.1.3", STOOD,
        where(monthly=False, visited_in_quarter=True), of=where(monthly=False), unit=SHARE,
        good="up", stock=True, group="visits",
    ),
    Figure(
        "without_responsible", _("exited households without responsible person"), "AH 4.1.3",
        STOOD, where(without_responsible=True), stock=True, group="visits",
    ),
    Figure(
        "without_contact", _("edge households without contact person"), "AH 4.2.2", STOOD,
        where(without_contact=True), stock=True, group="visits",
    ),
)  # fmt: skip
PLANS = (
    Figure(
        "without_plan", _("flagged and monthly visited households without a plan"), "AH 4.1.3",
        STOOD, where(monthly=True, without_plan=True), stock=True, group="help",
    ),
)  # fmt: skip
TIERS = (
    *(
        Figure(
            f"tier_{tier}", words, "LA 2.1.1", STOOD, where(tier=tier), of=every, unit=SHARE,
            good="down" if tier != Tier.BLUE else "up", stock=True, group="tiers",
        )
        for tier, words in (
            (Tier.RED, _("households judged red")),
            (Tier.YELLOW, _("households judged yellow")),
            (Tier.BLUE, _("households judged blue")),
            (Tier.UNKNOWN, _("households not yet known")),
        )
    ),
    *(
        Figure(
            f"move_{before}_{now}", format_lazy("{} → {}", before.label, now.label), "LA 4.3",
            STOOD,
            where(tier_before=before, tier=now), stock=True, group=MOVES,
        )
        for before in TOLD
        for now in TOLD
    ),
)  # fmt: skip
