"""The epidemic register: whom it befell and how, how it stands, what was done, who is in charge.

AH0 2: cases and who was set apart 重点人员, with a person in charge 专人包保, until recovery; AH0
3.1: who cannot leave for work (四帮四促) and produce that is not sold (四压); AH0 3.4.5: households
with a case come first, and are helped. A case that the health department alone told stands here.
"""

from django.utils.translation import gettext_lazy as _

from households.models.choices import CaseState, EventKind
from reports.ledgers.helped import HELP
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

EPIDEMIC = (
    EventKind.EPIDEMIC_CASE,
    EventKind.EPIDEMIC_APART,
    EventKind.EPIDEMIC_WORK,
    EventKind.EPIDEMIC_LOSS,
)
WHAT = {
    EventKind.EPIDEMIC_CASE: _("illness"),
    EventKind.EPIDEMIC_APART: _("isolation or close contact"),
    EventKind.EPIDEMIC_WORK: _("cannot leave for work"),
    EventKind.EPIDEMIC_LOSS: _("produce unsold, business at a standstill"),
    "reported": _("told by the health department"),
}
STAGES = {
    "suspected": CaseState.SUSPECTED.label,
    "confirmed": CaseState.CONFIRMED.label,
    "carrier": _("carrier without symptoms"),
    "": _("suspected or confirmed: nobody said which"),
    "isolated": _("in isolation"),
    "open": _("under way"),
    "cured": _("recovered"),
    "died": _("died"),
    "over": _("over"),
}
GOING_ON = "v.stage NOT IN ('cured', 'died', 'over')"
# How it stood, by the health department's word before the visit's (``as_of_event.sql``).
PARTS = {"unsaid": "", "recovered": "cured"}
# What helps: relief, treatment, work, the sale of produce and its losses (AH0 2, 3.1, 3.4.5, 4).
KINDS = (
    *("temporary_relief", "relief_fund", "medical_aid", "medical_top_up", "care", "donation"),
    *("employment", "workshop", "home_work", "welfare_post", "temporary_post", "travel_subsidy"),
    *("consumption", "orders", "industry", "loss_subsidy", "farm_insurance", "micro_credit"),
)


def _stage(row):
    return STAGES[row.stage]


def _part(code):
    stage = PARTS.get(code, code)
    return Part(code, STAGES[stage], f"v.stage = '{stage}'")


def _of_kind(code, kind):
    return Part(code, WHAT[kind], f"v.event_kind = '{kind}' AND {GOING_ON}")


def _in_charge(row):
    return row.responsible_name or row.contact_name or None


LEDGERS = (
    Ledger(
        "epidemic",
        _("Epidemic register"),
        "AH0 2, AH0 3.1, AH0 3.4.5",
        _(
            "Whom the epidemic befell: cases, isolation, work that cannot be reached, produce"
            " unsold; how each stands, what was done since, who is in charge."
        ),
        "true",
        (
            *PLACE,
            *WHO,
            Column("what", _("what befell them"), 14, lambda row: WHAT[row.event_kind]),
            Column(
                "name", _("whom"), 10, lambda row: row.member_name or None, blank=_("not named")
            ),
            *KIND,
            *TIER,
            Column("happened_on", _("reported for"), 12, attribute("happened_on"), kind="day"),
            Column("stage", _("how it stands"), 14, _stage),
            Column(
                "recovered_on", _("over on"), 12, attribute("resolved_on"), kind="day", blank="–"
            ),
            Column("loss", _("loss, yuan"), 10, attribute("loss"), kind="amount", blank="–"),
            Column(
                "description", _("description"), 26, lambda row: row.description or None, blank="–"
            ),
            Column("help", _("newest help since"), 16, HELP[0].value),
            Column("in_charge", _("person in charge"), 12, _in_charge, blank=NOBODY),
        ),
        (
            *map(_part, ("suspected", "confirmed", "unsaid", "isolated")),
            _of_kind("work", EventKind.EPIDEMIC_WORK),
            _of_kind("loss", EventKind.EPIDEMIC_LOSS),
            *map(_part, ("recovered", "died")),
            Part(
                "nobody",
                _("nobody in charge"),
                f"{GOING_ON} AND v.responsible_name = '' AND v.contact_name = ''",
            ),
            Part(
                "unhelped",
                _("no help since"),
                f"{GOING_ON} AND NOT EXISTS (SELECT FROM {{measures}} s"
                " WHERE s.household_id = v.household_id AND s.started_on >= v.happened_on)",
            ),
        ),
        of=EVENT,
        subjects=f"m.kind IN ({', '.join(repr(kind.value) for kind in EPIDEMIC)})",
        kinds=KINDS,
    ),
)
