"""Medical costs that a department paid and knows: the least that a household has spent (LA 2.1.1).

What the insurance booked inside the twelve months of a household's latest income statement was
spent, whatever the statement says; drugs from a shop it does not know. So a statement that says
less, or nothing, is stated anew with that sum, and one that says more stays.
"""

from django.utils import timezone

from feeds.kinds import KINDS
from feeds.matching import statement


def settle_costs(cursor, division, *, by, at):
    """States anew what is too low in ``division``. Returns how many households."""
    given = {
        "kind": KINDS["medical_payment"].number,
        "division_id": division.id,
        "today": timezone.localdate(at),
        "by": by.pk if by else None,
        "at": at,
    }
    cursor.execute(statement("costs", division=division.level_column), given)
    cursor.execute("SELECT count(*) FROM too_low")
    found = cursor.fetchone()[0]
    cursor.execute("DROP TABLE too_low")
    return found
