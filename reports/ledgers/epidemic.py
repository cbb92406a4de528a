"""The epidemic register: whom it befell, how it stands, who is in charge (AH0 2)."""

from django.utils.translation import gettext_lazy as _

from households.models.choices import CaseState
from reports.ledgers.shape import (
    EVENT,
    KIND,
    NOBODY,
    PLACE,
    TIER,
    WHO,
    Column,
    Ledger,
    Part,
    attribute,
)

STAGES = {
    "suspected": CaseState.SUSPECTED.label,
    "confirmed": CaseState.CONFIRMED.label,
    "": _("suspected or confirmed: nobody said which"),
    "cured": _("recovered"),
    "died": _("died"),
}
# How it stood, by the health department's word before the visit's (``as_of_event.sql``).
PARTS = {"unsaid": "", "recovered": "cured"}


def _stage(row):
    return STAGES[row.stage]


def _part(code):
    stage = PARTS.get(code, code)
    return Part(code, STAGES[stage], f"v.stage = '{stage}'")


def _in_charge(row):
    return row.responsible_name or row.contact_name or None


LEDGERS = (
    Ledger(
        "epidemic",
        _("Epidemic register"),
        "AH0 2, AH0 3.4.5",
        _("Each suspected or confirmed case of a household until recovery, with who is in charge."),
        "true",
        (
            *PLACE,
            *WHO,
            Column(
                "name",
                _("who fell ill"),
                10,
                lambda row: row.member_name or None,
                blank=_("not named"),
            ),
            *KIND,
            *TIER,
            Column("happened_on", _("reported for"), 12, attribute("happened_on"), kind="day"),
            Column("stage", _("how it stands"), 14, _stage),
            Column(
                "recovered_on",
                _("recovered on"),
                12,
                attribute("resolved_on"),
                kind="day",
                blank="–",
            ),
            Column(
                "description", _("description"), 30, lambda row: row.description or None, blank="–"
            ),
            Column("in_charge", _("person in charge"), 12, _in_charge, blank=NOBODY),
        ),
        (
            *map(_part, ("suspected", "confirmed", "unsaid", "recovered", "died")),
            Part(
                "nobody",
                _("nobody in charge"),
                "v.stage NOT IN ('cured', 'died')"
                " AND v.responsible_name = '' AND v.contact_name = ''",
            ),
        ),
        of=EVENT,
        subjects="m.kind = 'epidemic_case'",
    ),
)
