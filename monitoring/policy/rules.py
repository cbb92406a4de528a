"""When is a household at risk? One declaration per rule of domain.md 3, beside its clause.

``red`` and ``yellow`` are conditions over facts (``monitoring/models/assessments.py``), what follows
from them (``DERIVED``) and figures (``:name``, ``parameters.py``). They compile to SQL; its NULL is
the policy's *not known*. ``number`` is the rule's bit for ever: never reused, never changed.

A finding that nobody reported (a warning, a shortage, an event) counts as *no*; a state that
nobody ascertained (insurance, water, work) as *not known* (docs/decisions/0001).
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Dimension(StrEnum):
    """The three dimensions of the monthly analysis (AH 3.2)."""

    ASSURANCES = "assurances"
    INCOME = "income"
    RESILIENCE = "resilience"


DIMENSION_WORDS = {
    Dimension.ASSURANCES: _("assurances"),
    Dimension.INCOME: _("income stability"),
    Dimension.RESILIENCE: _("resilience"),
}

# What follows from the facts and is read by more than one rule.
DERIVED = {
    "has_able": "CASE WHEN able > 0 THEN TRUE WHEN labour_unknown > 0 THEN NULL ELSE FALSE END",
    "no_labour": "CASE WHEN able + weak > 0 THEN FALSE WHEN labour_unknown > 0 THEN NULL ELSE TRUE END",
    "nobody_skilled": "CASE WHEN able_skilled > 0 THEN FALSE WHEN able_skill_unknown > 0 THEN NULL ELSE TRUE END",
    "employed": "CASE WHEN longest_work > 0 THEN TRUE WHEN work_unknown > 0 THEN NULL ELSE FALSE END",
    "steady_job": "CASE WHEN longest_work >= :steady_months THEN TRUE WHEN work_unknown > 0 THEN NULL ELSE FALSE END",
    "sound_business": "business > 0 AND business_per_head >= :small_business",
    "covered": "business > 0 OR industry_measure",
}
# Reads the derived facts above.
STABLE_INCOME = "steady_job OR sound_business OR assured"


@dataclass(frozen=True)
class Rule:
    number: int
    code: str
    dimension: Dimension
    words: str
    clause: str
    red: str = "FALSE"
    yellow: str = "FALSE"
    # A sentence, or several with the test that says which of them holds.
    red_words: str | tuple = ""
    yellow_words: str | tuple = ""
    turns: str | tuple = ""
    reads: tuple = ()
    answered_by: tuple = ()
    # Red only with yellow or worse in both other dimensions (AH 3.2): judged after all others.
    reads_answers: bool = False

    @property
    def bit(self):
        return 1 << self.number

    def sentences(self, answer, facts=None):
        """What is said for ``red``, ``yellow`` or ``turns``: all of it, or what fits ``facts``."""
        words = {"red": self.red_words, "yellow": self.yellow_words, "turns": self.turns}[answer]
        if not isinstance(words, tuple):
            return [words] if words else []
        return [text for holds, text in words if facts is None or holds(facts)]


A, E, R = Dimension.ASSURANCES, Dimension.INCOME, Dimension.RESILIENCE
RULES = (
    Rule(
        0, "food", A, _("food"), "AH 3.2, LA 2.1.1",
        red="food = 'insecure'",
        yellow="food = 'at_risk'",
        red_words=_("The latest visit found that food is not secure."),
        yellow_words=_("The latest visit found that food is at risk."),
        turns=_("A later visit finds that food is secure."),
        reads=("food",),
        answered_by=("allowance", "temporary_relief", "relief_fund", "donation"),
    ),
    Rule(
        1, "clothing", A, _("clothing"), "AH 3.2, LA 2.1.1",
        red="clothing = 'insecure'",
        yellow="clothing = 'at_risk'",
        red_words=_("The latest visit found that clothing is not secure."),
        yellow_words=_("The latest visit found that clothing is at risk."),
        turns=_("A later visit finds that clothing is secure."),
        reads=("clothing",),
        answered_by=("temporary_relief", "relief_fund", "donation"),
    ),
    Rule(
        2, "education", A, _("compulsory education"), "AH 3.2, XC 4.3.15",
        red="child_out_of_school",
        yellow="child_warned",
        red_words=_("A child of school age is out of school without an exemption."),
        yellow_words=_("A child is warned of dropping out of school."),
        turns=_("The child goes to school again, or an exemption is recorded."),
        reads=("child_out_of_school", "child_warned"),
        answered_by=("schooling", "school_aid"),
    ),
    Rule(
        3, "medical", A, _("basic medical care"), "AH 3.2, XC 4.3.14",
        red="uninsured OR untreated",
        yellow="chronic_without_doctor",
        red_words=(
            (lambda f: f["uninsured"], _("A member is without basic medical insurance.")),
            (lambda f: f["untreated"], _("A major illness is untreated for want of money.")),
        ),
        yellow_words=_("A member with a chronic illness has no family doctor contract."),
        turns=_("Everybody is insured, major illnesses are treated, chronic ones have a doctor."),
        reads=("uninsured", "untreated", "chronic_without_doctor"),
        answered_by=(
            *("insurance_enrolment", "medical_aid", "family_doctor"),
            *("medical_top_up", "premium_subsidy", "health_check"),
        ),
    ),
    Rule(
        4, "housing", A, _("housing"), "AH 3.2, GZ 4.2.1, XC 4.3.13, XC 4.4.18",
        red="dangerous_house AND NOT COALESCE(safe_home_elsewhere, FALSE)",
        yellow="only_earth_house OR COALESCE(house_at_risk, FALSE)",
        red_words=_("The household lives in a dangerous house and has no safe home elsewhere."),
        yellow_words=(
            (lambda f: f["only_earth_house"], _("The only home is an earth house.")),
            (lambda f: f["house_at_risk"], _("The house has defects.")),
        ),
        turns=_("The house is repaired and graded A or B, or a safe home is leased or exchanged."),
        reads=("dangerous_house", "safe_home_elsewhere", "only_earth_house", "house_at_risk"),
        answered_by=("house_repair", "resettlement", "home_lease", "children_repair"),
    ),
    Rule(
        5, "water", A, _("drinking water"), "AH 3.2, XC 4.3.16",
        red="NOT water_met",
        yellow="COALESCE(water_shortage, FALSE)",
        red_words=_("Drinking water is not safe: quality, quantity, hours, reach or reliability."),
        yellow_words=_("Drinking water is short in some seasons."),
        turns=_("All five requirements of drinking water are met."),
        reads=("water_met", "water_shortage"),
        answered_by=("water_supply",),
    ),
    Rule(
        6, "low_income", E, _("low income"), "AH 2.2, 3.2, 4.1.1",
        red="per_capita < :line",
        yellow="per_capita < :line",
        reads_answers=True,
        red_words=_(
            "Per-capita net income is {per_capita:yuan} yuan, under the line of {line:yuan} yuan, and "
            "there are risks in both other dimensions."
        ),
        yellow_words=_(
            "Per-capita net income is {per_capita:yuan} yuan, under the line of {line:yuan} yuan."
        ),
        turns=_("Per-capita net income rises by {to_line:yuan} yuan to the line."),
        reads=("per_capita", "net", "members"),
        answered_by=(
            *("employment", "welfare_post", "industry", "allowance"),
            *("workshop", "home_work", "startup", "orders", "shares", "land_lease"),
            *("photovoltaic", "asset_income", "consumption"),
        ),
    ),
    Rule(
        7, "no_stable_income", E, _("no stable income"), "LA 2.1.1",
        red=f"no_labour AND NOT has_resources AND NOT ({STABLE_INCOME})",
        red_words=_("There is no labour, no land or other resources, and no stable income."),
        turns=_("Somebody finds steady work, or allowance or support is granted."),
        reads=("able", "weak", "has_resources", "longest_work", "business_per_head", "assured"),
        answered_by=(
            *("allowance", "extreme_support", "industry"),
            *("photovoltaic", "asset_income", "shares", "land_lease"),
        ),
    ),
    Rule(
        8, "income_drop", E, _("income drop"), "GZ 2.2",
        yellow="previous_net > 0 AND net <= previous_net * (1 - :drop_share)",
        yellow_words=_(
            "Net income fell by {drop:share}: from {previous_net:yuan} to {net:yuan} yuan."
        ),
        turns=_("The fall of net income is less than {drop_share:share}."),
        reads=("net", "previous_net"),
        answered_by=(
            *("employment", "industry", "temporary_relief"),
            *("temporary_post", "travel_subsidy", "loss_subsidy", "consumption"),
        ),
    ),
    Rule(
        9, "transfer_dependence", E, _("transfer dependence"), "GZ 4.2.1",
        yellow=(
            '"group" IN (\'exited\', \'independent\', \'supported\', \'monitored\')'
            " AND gross > 0 AND transfer > gross * :transfer_share"
        ),
        yellow_words=_(
            "Transfers are {transfer_part:share} of gross income, more than {transfer_share:share}."
        ),
        turns=_("Income of one's own rises until transfers are {transfer_share:share} or less."),
        reads=("transfer", "gross"),
        answered_by=(
            *("employment", "industry", "welfare_post"),
            *("workshop", "home_work", "startup", "orders", "shares"),
        ),
    ),
    Rule(
        10, "idle_labour", E, _("idle labour"), "GZ 4.2.1, 2.4",
        yellow=(
            "has_able AND CASE WHEN :idle_either = 1 THEN NOT employed OR NOT (covered)"
            " ELSE NOT employed AND NOT (covered) END"
        ),
        yellow_words=_(
            "There is labour, but nobody has work, and neither own business nor an industry measure."
        ),
        turns=_("Somebody finds work, or an industry measure begins."),
        reads=("able", "longest_work", "business", "industry_measure"),
        answered_by=(
            *("employment", "workshop", "welfare_post", "industry"),
            *("home_work", "temporary_post", "startup", "orders", "shares"),
        ),
    ),
    Rule(
        11, "weak_skill", E, _("weak skill"), "LA 2.1.1",
        yellow=(
            "(has_able AND nobody_skilled AND per_capita < :line * :skill_line)"
            " OR (business > 0 AND COALESCE(short_of_funds, FALSE))"
        ),
        yellow_words=(
            (
                lambda f: None not in (f["per_capita"], f["line"]) and f["per_capita"] < f["line"] * f["skill_line"] and not f["able_skilled"],
                _("Nobody able to work has a skill or training, and per-capita net income is {per_capita:yuan} yuan."),
            ),
            (lambda f: f["short_of_funds"], _("The business is short of funds.")),
        ),
        turns=_("Somebody is trained in a skill, or the business gets its funds."),
        reads=("able", "able_skilled", "per_capita", "business", "short_of_funds"),
        answered_by=("training", "micro_credit", "farm_advice"),
    ),
    Rule(
        12, "unstable_work", E, _("unstable work"), "LA 2.1.1",
        yellow=(
            "(employed AND NOT steady_job)"
            " OR (business > 0 AND business_per_head < :small_business)"
        ),
        yellow_words=(
            (
                lambda f: f["longest_work"] and 0 < f["longest_work"] < f["steady_months"],
                _("The longest work is {longest_work:months} months in the year, under {steady_months:months}."),
            ),
            (
                lambda f: f["business"] and f["business_per_head"] < f["small_business"],
                _("Business income per head is {business_per_head:yuan} yuan, under {small_business:yuan} yuan."),
            ),
        ),
        turns=_(
            "Work of {steady_months:months} months a year, and a business of {small_business:yuan} "
            "yuan a head if there is one."
        ),
        reads=("longest_work", "business", "business_per_head"),
        answered_by=(
            *("employment", "welfare_post", "industry"),
            *("workshop", "temporary_post", "travel_subsidy", "startup", "orders", "farm_advice"),
        ),
    ),
    Rule(
        13, "industry_loss", E, _("industry loss"), "GZ 2.2, AH 5.1, AH0 4.2",
        yellow=(
            "COALESCE(industry_loss_on > :as_of - make_interval(months => CAST(:loss_months AS int)),"
            " FALSE)"
        ),
        yellow_words=_("A loss of {industry_loss_on:day} is not made good."),
        turns=_("The loss is made good."),
        reads=("industry_loss_on",),
        answered_by=(
            *("industry", "poverty_insurance", "consumption", "disaster_relief"),
            *("loss_subsidy", "farm_insurance"),
        ),
    ),
    Rule(
        14, "rigid_expenditure", R, _("rigid expenditure"), "LA 2.1.1, GZ 4.2",
        red="rigid > 0 AND rigid > net * :rigid_red",
        yellow=(
            "(rigid > 0 AND rigid >= net * :rigid_yellow)"
            " OR (rigid > previous_rigid AND rigid >= previous_rigid * (1 + :rigid_rise))"
        ),
        red_words=_(
            "Rigid expenditure of twelve months, {rigid:yuan} yuan, is {rigid_part:share} of net income."
        ),
        yellow_words=(
            (
                lambda f: f["rigid"] and f["rigid"] >= f["net"] * f["rigid_yellow"],
                _("Rigid expenditure of twelve months, {rigid:yuan} yuan, is {rigid_part:share} of net income."),
            ),
            (
                lambda f: f["previous_rigid"] is not None and f["rigid"] > f["previous_rigid"] and f["rigid"] >= f["previous_rigid"] * (1 + f["rigid_rise"]),
                _("Rigid expenditure of twelve months rose from {previous_rigid:yuan} to {rigid:yuan} yuan."),
            ),
        ),
        turns=(
            (
                lambda f: f["rigid_gap"] > 0,
                _("Rigid expenditure falls, or net income rises by {rigid_gap:yuan} yuan."),
            ),
            (lambda f: f["rigid_gap"] <= 0, _("Rigid expenditure falls.")),
        ),
        reads=("rigid", "net", "previous_rigid"),
        answered_by=(
            *("medical_aid", "temporary_relief", "poverty_insurance", "relief_fund", "schooling"),
            *("medical_top_up", "school_aid", "donation"),
        ),
    ),
    Rule(
        15, "weak_labour", R, _("weak labour"), "GZ 4.2.1",
        yellow=(
            "CASE WHEN able > 0 OR weak > 1 THEN FALSE WHEN labour_unknown > 0 THEN NULL"
            " ELSE TRUE END"
        ),
        yellow_words=_("The only labour is one weak or half labourer, or there is none."),
        turns=_("Somebody able to work joins the household."),
        reads=("able", "weak"),
        answered_by=(
            *("welfare_post", "allowance", "industry"),
            *("home_work", "photovoltaic", "asset_income", "shares", "land_lease"),
        ),
    ),
    Rule(
        16, "major_illness", R, _("major illness"), "GZ 4.2.1, LA 2.2",
        yellow="major_illness",
        yellow_words=_("A member has a major illness."),
        turns=_("The illness is cured."),
        reads=("major_illness",),
        answered_by=(
            *("medical_aid", "family_doctor", "poverty_insurance"),
            *("medical_top_up", "health_check"),
        ),
    ),
    Rule(
        17, "severe_disability", R, _("severe disability"), "LA 2.2",
        yellow="severe_disability",
        yellow_words=_("A member is disabled of grade 1 or 2."),
        reads=("severe_disability",),
        answered_by=("disability_subsidy", "care", "central_care"),
    ),
    Rule(
        18, "pupils", R, _("children in school"), "GZ 4.2.1",
        yellow=(
            "CASE WHEN pupils >= :pupils_from THEN TRUE"
            " WHEN pupils + school_unknown >= :pupils_from THEN NULL ELSE FALSE END"
        ),
        yellow_words=_("{pupils} members are at school."),
        turns=_("Fewer than {pupils_from:plain} members are at school."),
        reads=("pupils",),
        answered_by=("schooling", "school_aid", "vocational"),
    ),
    Rule(
        19, "hazard_spot", R, _("hazard spot"), "GZ 4.2.1",
        yellow="hazard_spot",
        yellow_words=_("The household lives in or near a hazard spot."),
        turns=_("The household moves out of the hazard spot, or the spot is made safe."),
        reads=("hazard_spot",),
        answered_by=("resettlement",),
    ),
    Rule(
        20, "skipped_generation", R, _("skipped generation"), "GZ 4.2.1",
        yellow="skipped_generation",
        yellow_words=_("Grandparents raise minors, and no parent lives in the home."),
        turns=_("A parent lives in the home again."),
        reads=("skipped_generation",),
        answered_by=("care", "schooling"),
    ),
    Rule(
        21, "sudden_event", R, _("sudden event"), "AH 2.3, 5.2, AH0 3.4.5",
        red=(
            "CASE WHEN sudden_event IS NOT NULL THEN TRUE WHEN event_not_judged THEN NULL"
            " ELSE FALSE END"
        ),
        red_words=_("A sudden event puts the household at risk and is not resolved: {event}."),
        turns=_("The event is resolved."),
        reads=("sudden_event", "event_not_judged"),
        answered_by=(
            *("temporary_relief", "relief_fund", "disaster_relief", "poverty_insurance"),
            *("accident_insurance", "home_insurance", "donation"),
        ),
    ),
    Rule(
        22, "other_risk", R, _("another risk"), "AH 2.1",
        yellow="COALESCE(other_risk, '') <> ''",
        yellow_words=_("The latest visit found another risk: {other_risk}."),
        turns=_("A later visit finds that the risk is gone."),
        reads=("other_risk",),
        answered_by=("temporary_relief", "donation"),
    ),
)  # fmt: skip

BY_CODE = {rule.code: rule for rule in RULES}
SUDDEN_EVENT = BY_CODE["sudden_event"]


BITS = tuple((rule.bit, rule) for rule in RULES)


def rules_of(bits):
    """The rules whose bits are set, in the order of the table."""
    return [rule for bit, rule in BITS if bits & bit]
