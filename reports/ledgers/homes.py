"""Households by their houses: unsafe ones, relocated ones."""

from django.utils.translation import gettext_lazy as _

from households.models.choices import HouseMaterial
from reports.ledgers.helped import HELP
from reports.ledgers.shape import (
    IN_CHARGE,
    KIND,
    PLACE,
    TIER,
    WHO,
    Column,
    Ledger,
    Part,
    attribute,
    worded,
    yes_no,
)

# A household may belong to several of the four key groups (XC 4.3.13); it is named in each.
REGISTERED = ("poor", "exited", "returned", "newly_poor")


def _somebody(condition):
    return (
        f"EXISTS (SELECT FROM {{members}} m WHERE m.household_id = v.household_id AND {condition})"
    )


KEY_GROUPS = (
    Part("registered", _("registered household"), f"v.status IN {REGISTERED}"),
    Part("allowance", _("on subsistence allowance"), _somebody("m.low_income_allowance")),
    Part("extreme", _("supported as extremely poor"), _somebody("m.extreme_poverty_support")),
    Part(
        "disabled",
        _("poor household with a disabled member"),
        f"v.status IN {REGISTERED} AND {_somebody('m.disabled')}",
    ),
)


def _groups(row):
    registered = row.status in REGISTERED
    held = (registered, row.allowance, row.extreme, registered and row.disabled_members)
    words = [str(part.words) for part, holds in zip(KEY_GROUPS, held, strict=True) if holds]
    return "、".join(words) or None


ABLE = "m.labour IN ('skilled', 'ordinary')"
SKILLED = "(m.labour = 'skilled' OR m.trained)"
WITHOUT_SKILL = _somebody(f"{ABLE} AND m.labour <> 'skilled' AND NOT m.trained")
SKILL_UNKNOWN = _somebody(f"{ABLE} AND m.labour <> 'skilled' AND m.trained IS NULL")


NOBODY_ABLE, LACKING, EVERYBODY = (
    _("nobody able to work"),
    _("somebody without a skill"),
    _("everybody"),
)


def _skill(row):
    """At least one skill for each able member (AH 5.4)."""
    if not row.able:
        return NOBODY_ABLE
    if row.unskilled:
        return LACKING
    return EVERYBODY if row.skilled == row.able else None


LEDGERS = (
    Ledger(
        "unsafe-houses",
        _("Unsafe houses"),
        "XC 4.3.13, LA 3.4",
        _("Homes of grade C or D or known to be unsafe, with the four key groups."),
        "(v.house_grade IN ('C', 'D') OR v.unsafe_house)",
        (
            *PLACE,
            *WHO,
            *KIND,
            Column("groups", _("key group"), 26, _groups, blank=_("none of the four")),
            Column("grade", _("house grade"), 8, lambda row: row.house_grade or None),
            Column(
                "material", _("house material"), 12, worded("house_material", HouseMaterial.choices)
            ),
            Column("only_home", _("only home"), 8, yes_no("only_home")),
            Column("elsewhere", _("safe home elsewhere"), 10, yes_no("safe_home_elsewhere")),
            *HELP,
            *IN_CHARGE,
        ),
        KEY_GROUPS,
        kinds=("house_repair", "home_lease", "children_repair", "resettlement"),
    ),
    Ledger(
        "relocation",
        _("Relocated households"),
        "AH 5.4",
        _("Who was moved where, who can work, and whether each able member has a skill."),
        "v.relocated",
        (
            *PLACE,
            *WHO,
            *KIND,
            *TIER,
            Column("site", _("relocation site"), 18, lambda row: row.relocation_site or None),
            Column("able", _("able to work"), 8, attribute("able"), kind="number"),
            Column("working", _("of these at work"), 8, attribute("working"), kind="number"),
            Column("skilled", _("of these with a skill"), 8, attribute("skilled"), kind="number"),
            Column("skill", _("a skill for each able member"), 18, _skill),
            *HELP,
            *IN_CHARGE,
        ),
        (
            Part("unskilled", LACKING, WITHOUT_SKILL),
            Part("unknown", _("skill to be verified"), f"{SKILL_UNKNOWN} AND NOT {WITHOUT_SKILL}"),
            Part(
                "idle",
                _("nobody at work"),
                f"{_somebody(ABLE)} AND NOT {_somebody(f'{ABLE} AND m.work_months > 0')}",
            ),
        ),
        kinds=("relocation", "employment", "workshop", "home_work", "welfare_post", "training"),
    ),
)
