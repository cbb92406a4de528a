"""Households by what they are and by the tier of the ledger."""

from django.utils.translation import gettext_lazy as _

from reports.ledgers.shape import BY_TIER, CARE, KIND, LISTED, MONEY, PLACE, TIER, WHO, Ledger

LEDGERS = (
    Ledger(
        "edge",
        _("Edge ledger"),
        "LA 2.2, AH 4.2.1",
        _("Every edge household, from its listing until its risk is removed."),
        "v.status = 'edge'",
        PLACE + WHO + TIER + LISTED + MONEY + CARE,
        BY_TIER,
    ),
    Ledger(
        "three-colour",
        _("Three-colour ledger"),
        "LA 2.1.1",
        _("Exited households by the tier of the ledger; edge households stand beside them."),
        "v.status IN ('exited', 'edge')",
        PLACE + WHO + KIND + TIER + LISTED + MONEY + CARE,
        BY_TIER,
    ),
)
