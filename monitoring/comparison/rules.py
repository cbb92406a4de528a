"""What is compared: one row a rule, as the policy's.

``kind`` is a kind of feed. ``condition`` is SQL over ``c`` (the department's newest row: ``said``,
``on``), ``m`` (the member), ``h`` (the household); ``threshold`` is a parameter of the policy that
it may read as ``figure``. ``figures`` are the values of its sentence and ``mark`` what must change
before it is asked again. ``source``: ``current`` rows, ``payments`` of twelve months of a
household, or who is ``absent`` from the newest list.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

CLUE, TASK, COUNTER = "clue", "task", "counter"
ANSWERS = {
    CLUE: _("clue: the village checks at home"),
    TASK: _("task: the village mends the register, or says why not"),
    COUNTER: _("evidence shown beside cases and the household"),
}
UNLISTED = (
    "h.status IN ('general', 'edge_cleared')"
    " OR (h.status = 'exited' AND h.exited_class <> 'monitored')"
)
LISTED = f"NOT ({UNLISTED})"
LATELY = "(c.said->>'{}')::date > c.\"on\" - 366"


@dataclass(frozen=True)
class ComparisonRule:
    code: str
    kind: str
    answer: str
    clause: str
    words: object
    sentence: object  # of what the department knows and what the register holds
    condition: str
    figures: dict  # name -> SQL
    mark: str  # SQL of a text
    todo: object = ""
    source: str = "current"
    per: str = "member"  # or household
    threshold: str = ""


def _rule(code, kind, answer, clause, words, sentence, condition, figures, mark, **more):
    return ComparisonRule(
        code, kind, answer, clause, words, sentence, condition, figures, mark, **more
    )


def _item(name, cast="date"):
    """The latest of several items of a row."""
    return f"(SELECT max((i->>'{name}')::{cast}) FROM jsonb_array_elements(c.said->'items') i)"


ITEMS = "jsonb_array_length(c.said->'items')"
MEND = _("Look on site. Mend the register by a visit or a correction, or keep it and say why.")
RECORD = _("Ask the household, and record what happened as a visit.")

_ROWS = (
    _rule(
        "big_payment", "medical_payment", CLUE, "AH 3.2, GZ 4.2",
        _("big medical self-payment"),
        _("Self-payment of %(amount)s yuan in twelve months."),
        f"({UNLISTED}) AND (c.said->>'amount')::numeric >= figure.big_payment",
        {"amount": "c.said->>'amount'"},
        "floor((c.said->>'amount')::numeric / figure.big_payment)::text",
        source="payments", per="household", threshold="big_payment",
    ),
    _rule(
        "disaster", "disaster", CLUE, "AH 2.3", _("disaster of a household that is not listed"),
        _("Struck by a disaster on %(day)s."),
        f"({UNLISTED}) AND coalesce({_item('happened_on')}, c.\"on\") > c.\"on\" - 366",
        {"day": f"coalesce({_item('happened_on')}, c.\"on\")"},
        f"coalesce({_item('happened_on')}, c.\"on\")::text", per="household",
    ),
    _rule(
        "epidemic", "epidemic", CLUE, "AH 5.2, AH0 2",
        _("epidemic case in a household that is not listed"),
        _("%(name)s: an epidemic case."),
        f"({UNLISTED}) AND c.said->>'state' IN ('confirmed', 'suspected')",
        {"name": "m.name"}, "c.said->>'state'",
    ),
    _rule(
        "worker_died", "deaths", CLUE, "AH 2.3", _("death of somebody who worked"),
        _("%(name)s, who worked, died on %(day)s."),
        f"({UNLISTED}) AND m.labour IN ('skilled', 'ordinary') AND m.left_on IS NULL"
        f" AND {LATELY.format('died_on')}",
        {"name": "m.name", "day": "c.said->>'died_on'"}, "c.said->>'died_on'",
    ),
    _rule(
        "severe_disability", "disability", CLUE, "LA 2.2",
        _("severe disability in a household that is not registered"),
        _("%(name)s is disabled of grade %(grade)s."),
        "h.status = 'general' AND (c.said->>'grade')::int <= 2",
        {"name": "m.name", "grade": "c.said->>'grade'"}, "c.said->>'grade'",
    ),
    _rule(
        "allowance_unlisted", "low_income", CLUE, "GZ 4.4.3",
        _("subsistence allowance, but not registered"),
        _("%(name)s gets the subsistence allowance; the household is not registered."),
        "h.status = 'general' AND (c.said->>'granted')::boolean",
        {"name": "m.name"}, "'granted'", per="household",
    ),
    _rule(
        "death", "deaths", TASK, "XC 4.1.2", _("death of somebody who lives in the register"),
        _("%(name)s died on %(day)s; in the register the member lives there."),
        "m.left_on IS NULL",
        {"name": "m.name", "day": "c.said->>'died_on'"}, "c.said->>'died_on'", todo=MEND,
    ),
    _rule(
        "allowance", "low_income", TASK, "GZ 4.4.3", _("subsistence allowance differs"),
        _("Subsistence allowance of %(name)s: department %(said_yes_no)s, register "
          "%(held_yes_no)s."),
        "m.low_income_allowance IS NOT NULL"
        " AND (c.said->>'granted')::boolean <> m.low_income_allowance",
        {"name": "m.name", "said_yes_no": "(c.said->>'granted')::boolean",
         "held_yes_no": "m.low_income_allowance"},
        "concat(c.said->>'granted', m.low_income_allowance)", todo=MEND,
    ),
    _rule(
        "allowance_gone", "low_income", TASK, "GZ 4.4.3",
        _("subsistence allowance in the register alone"),
        _("%(name)s gets the subsistence allowance in the register, but is not in the "
          "department's newest list."),
        "m.low_income_allowance", {"name": "m.name"}, "'absent'", todo=MEND, source="absent",
    ),
    _rule(
        "extreme_poverty", "extreme_poverty", TASK, "LA 2.2",
        _("support for the extremely poor differs"),
        _("Support for the extremely poor of %(name)s: department %(said_yes_no)s, register "
          "%(held_yes_no)s."),
        "m.extreme_poverty_support IS NOT NULL"
        " AND (c.said->>'granted')::boolean <> m.extreme_poverty_support",
        {"name": "m.name", "said_yes_no": "(c.said->>'granted')::boolean",
         "held_yes_no": "m.extreme_poverty_support"},
        "concat(c.said->>'granted', m.extreme_poverty_support)", todo=MEND,
    ),
    _rule(
        "insurance", "medical_insurance", TASK, "AH 3.2, XC 4.3.14",
        _("medical insurance differs"),
        _("Medical insurance of %(name)s: department %(said_yes_no)s, register %(held_yes_no)s."),
        "m.medical_insurance IS NOT NULL"
        " AND (c.said->>'enrolled')::boolean <> m.medical_insurance",
        {"name": "m.name", "said_yes_no": "(c.said->>'enrolled')::boolean",
         "held_yes_no": "m.medical_insurance"},
        "concat(c.said->>'enrolled', m.medical_insurance)", todo=MEND,
    ),
    _rule(
        "insurance_gone", "medical_insurance", TASK, "AH 3.2, XC 4.3.14",
        _("insured in the register alone"),
        _("%(name)s is insured in the register, but is not in the department's newest list."),
        "m.medical_insurance", {"name": "m.name"}, "'absent'", todo=MEND, source="absent",
    ),
    _rule(
        "house_grade", "house_grade", TASK, "AH 3.2, XC 4.3.13",
        _("unsafe house for the department, safe in the register"),
        _("House grade: department %(said)s, register %(held)s."),
        "c.said->>'grade' IN ('C', 'D') AND h.house_grade IN ('A', 'B')",
        {"said": "c.said->>'grade'", "held": "h.house_grade"},
        "concat(c.said->>'grade', h.house_grade)", todo=MEND, per="household",
    ),
    _rule(
        "school", "school", TASK, "AH 3.2, XC 4.3.15", _("school differs"),
        _("School of %(name)s: department “%(said_school)s”, register “%(held_school)s”."),
        "m.school <> '' AND c.said->>'school' <> m.school"
        " AND 'none' IN (c.said->>'school', m.school)",
        {"name": "m.name", "said_school": "c.said->>'school'", "held_school": "m.school"},
        "concat(c.said->>'school', m.school)", todo=MEND,
    ),
    _rule(
        "disability", "disability", TASK, "LA 2.2", _("grade of disability differs"),
        _("Grade of disability of %(name)s: department %(said)s, register %(held)s."),
        "(m.disabled IS FALSE OR m.disability_grade <> (c.said->>'grade')::int)",
        {"name": "m.name", "said": "c.said->>'grade'",
         "held": "CASE WHEN m.disabled THEN m.disability_grade ELSE 0 END"},
        "concat(c.said->>'grade', m.disability_grade)", todo=MEND,
    ),
    _rule(
        "water", "water", TASK, "AH 3.2, XC 4.3.16",
        _("unsafe water for the department, safe in the register"),
        _("Drinking water: not safe for the department, safe in the register."),
        "(c.said->>'water_safe')::boolean IS FALSE AND h.water_safe",
        {}, "'unsafe'", todo=MEND, per="household",
    ),
    _rule(
        "hazard_spot", "hazard_spot", TASK, "GZ 4.2.1",
        _("threatened by a hazard spot, not so in the register"),
        _("The department lists the house as threatened by a hazard spot; the register does not."),
        "(c.said->>'threatened')::boolean AND h.hazard_spot IS FALSE",
        {}, "'threatened'", todo=MEND, per="household",
    ),
    _rule(
        "work", "employment", TASK, "GZ 4.2.1", _("work in the register alone"),
        _("Months of work of %(name)s: department %(said)s, register %(held)s."),
        "(c.said->>'months')::numeric < 1 AND m.work_months >= 6",
        {"name": "m.name", "said": "c.said->>'months'", "held": "m.work_months"},
        "concat(c.said->>'months', '/', m.work_months)", todo=MEND,
    ),
    _rule(
        "disaster_listed", "disaster", TASK, "AH 2.3",
        _("disaster of a listed household that nobody has recorded"),
        _("Struck by a disaster on %(day)s; the register knows no event since."),
        f"({LISTED}) AND coalesce({_item('happened_on')}, c.\"on\") > c.\"on\" - 366"
        " AND NOT EXISTS (SELECT FROM households_event e WHERE e.household_id = h.id"
        f" AND e.happened_on >= coalesce({_item('happened_on')}, c.\"on\") - 31)",
        {"day": f"coalesce({_item('happened_on')}, c.\"on\")"},
        f"coalesce({_item('happened_on')}, c.\"on\")::text", todo=RECORD, per="household",
    ),
    _rule(
        "vehicles", "vehicles", COUNTER, "AH 2.1", _("vehicles"),
        _("%(name)s has %(number)s vehicles: %(what)s."), f"{ITEMS} > 0",
        {"name": "m.name", "number": ITEMS,
         "what": "left((SELECT string_agg(i->>'model', '、')"
                 " FROM jsonb_array_elements(c.said->'items') i), 120)"},
        "md5((c.said->'items')::text)",
    ),
    _rule(
        "companies", "companies", COUNTER, "AH 2.1", _("companies"),
        _("%(name)s has a part in %(number)s companies: %(what)s."), f"{ITEMS} > 0",
        {"name": "m.name", "number": ITEMS,
         "what": "left((SELECT string_agg(i->>'company', '、')"
                 " FROM jsonb_array_elements(c.said->'items') i), 120)"},
        "md5((c.said->'items')::text)",
    ),
    _rule(
        "property", "property", COUNTER, "AH 2.1", _("more than one house"),
        _("%(name)s owns %(number)s houses or shops."), f"{ITEMS} > 1",
        {"name": "m.name", "number": ITEMS}, "md5((c.said->'items')::text)",
    ),
)  # fmt: skip
RULES = {rule.code: rule for rule in _ROWS}


def rules_of(kind=""):
    """The rules of a kind of feed, or all."""
    return [rule for rule in _ROWS if kind in ("", rule.kind)]
