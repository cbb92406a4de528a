"""What a visit found at home becomes what the register knows (AH 3.2: checked at home is a fact).

A finding of an earlier day never overwrites what became known later about the same thing; it does
enter beside later changes of other things. So a visit sent late loses nothing and undoes nothing.
"""

from households.models.choices import Origin
from households.register import record_household, record_member


def bring_into_register(visit, household_findings, member_findings, *, by, at):
    """``household_findings``: field -> value; ``member_findings``: member -> the same.

    Returns the fields about which the register knew something newer, as ``[member id, field]``
    (None for the household itself).
    """
    kept = _bring(visit, visit.household, record_household, household_findings, by, at)
    names = [[None, name] for name in kept]
    for member, findings in member_findings.items():
        kept = _bring(visit, member, record_member, findings, by, at)
        names += [[member.id, name] for name in kept]
    return names


def _bring(visit, row, record, findings, by, at):
    row.refresh_from_db()  # the caller holds the lock; the row was read before it
    changed_later = _changed_after(row, visit.visited_on)
    news = {name: value for name, value in findings.items() if name not in changed_later}
    record(
        row,
        on=max(visit.visited_on, row.since),
        origin=Origin.VISIT,
        origin_id=visit.id,
        by=by.officer,
        at=at,
        **news,
    )
    return [
        name
        for name, value in findings.items()
        if name in changed_later and getattr(row, name) != value
    ]


def _changed_after(row, day):
    """The facts that took another value after ``day``."""
    if row.since <= day:
        return set()
    later = [*row.past.filter(until__gt=day).order_by("since", "id"), row]
    names = [field.name for field in row.facts_model._meta.local_fields]
    return {
        name
        for name in names
        for before, after in zip(later, later[1:], strict=False)
        if getattr(before, name) != getattr(after, name)
    }
