"""The same person, phone or place twice: each check is a SELECT of its own over all rows."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from households.quality.check import ERROR, HINT, MEMBER, WARNING, Check

# Counted by as little as tells most rows from the others, so that it stays in memory; then the few
# rows that are left are looked at closely.
_SAME = """
SELECT household_id, id FROM (
  SELECT m.household_id, m.id, {close} AS found
  FROM households_member m JOIN (
    SELECT {little} FROM households_member
    WHERE {known} IS NOT NULL AND left_on IS NULL
    GROUP BY {little} HAVING count(*) > 1
  ) twice USING ({little})
  WHERE m.left_on IS NULL
  WINDOW same AS (PARTITION BY {whole})
) looked WHERE found"""
_SAME_ID = partial(_SAME.format, little="resident_id_index", known="resident_id_index")

# fmt: off
CHECKS = (
    Check(
        601, ERROR, "XC 4.1.2", "household_members",
        _("The same resident ID stands in two households."),
        about=MEMBER,
        rows=_SAME_ID(
            whole="m.resident_id_index",
            close="min(m.household_id) OVER same <> max(m.household_id) OVER same",
        ),
    ),
    Check(
        602, ERROR, "XC 4.1.2", "household_members",
        _("The same resident ID stands twice in one household."),
        about=MEMBER,
        rows=_SAME_ID(
            whole="m.household_id, m.resident_id_index", close="count(*) OVER same > 1"
        ),
    ),
    Check(
        603, WARNING, "XC 4.1.2", "household_members",
        _("Two members of one household have the same name and day of birth."),
        about=MEMBER,
        rows=_SAME.format(
            little="household_id, born_on", known="born_on",
            whole="m.household_id, m.born_on, m.name", close="count(*) OVER same > 1",
        ),
    ),
    Check(
        604, WARNING, "default", "household_correct",
        _("Households of different counties have the same phone number."),
        rows="""
SELECT h.id, NULL::bigint FROM households_household h JOIN (
  SELECT phone_index FROM households_household WHERE phone_index IS NOT NULL
  GROUP BY 1 HAVING min(county_id) <> max(county_id)
) shared USING (phone_index)""",
    ),
    Check(
        605, HINT, "default", "household_correct",
        _("More than five households have the same phone number."),
        rows="""
SELECT h.id, NULL::bigint FROM households_household h JOIN (
  SELECT phone_index FROM households_household WHERE phone_index IS NOT NULL
  GROUP BY 1 HAVING count(*) > 5
) shared USING (phone_index)""",
    ),
    Check(
        606, WARNING, "XC 4.1.2", "household_members",
        _("Two households of the village have the same head's name and phone number."),
        rows="""
SELECT h.id, NULL::bigint FROM households_household h JOIN (
  SELECT village_id, head_name, phone_index FROM households_household
  WHERE phone_index IS NOT NULL AND head_name <> ''
  GROUP BY 1, 2, 3 HAVING count(*) > 1
) twice USING (village_id, head_name, phone_index)""",
    ),
    Check(
        607, HINT, "default", "household_correct",
        _("More than three households lie at the very same coordinates."),
        rows="""
SELECT h.id, NULL::bigint FROM households_household h JOIN (
  SELECT longitude, latitude FROM households_household
  WHERE longitude IS NOT NULL AND latitude IS NOT NULL
  GROUP BY 1, 2 HAVING count(*) > 3
) shared USING (longitude, latitude)""",
    ),
)
# fmt: on
