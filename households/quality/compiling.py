"""Checks become statements: one for all checks of households, one for all of members.

A check is a bit of a mask (62 in each), so that a row is read once and only rows with a fault are
unfolded. ``:name`` in a condition is a day, put in as a literal, or one of ``GROUPS``.
"""

import re
from datetime import date, timedelta
from pathlib import Path

from households.quality.check import HOUSEHOLD
from households.quality.checks import CHECKS

SQL = Path(__file__).with_name("sql")
BITS = 62
GROUPS = {
    # Household.objects.listed(), .assessed() and due.MONTHLY in SQL.
    "listed": "(h.exited_class = 'monitored' OR h.status IN ('edge', 'sudden'))",
    "poor": "h.status IN ('poor', 'returned', 'newly_poor')",
    "made_up": "h.number LIKE 'SYN%'",  # households/population; the register has no such number
    "assessed": "h.status IN ('exited', 'edge', 'sudden', 'intervention')",
    "monthly": "(h.exited_class = 'monitored' OR h.status IN "
    "('edge', 'sudden', 'intervention', 'returned', 'newly_poor'))",
}
# On the 31 August that began the school year, as school_age.py has it: from, until before.
SCHOOL_AGE = (6, 16)


ALONE = [check.code for check in CHECKS if not check.rows]  # a household answers them by itself


def statements(province, today):
    """The statements that fill ``found`` for a province as of ``today``."""
    whom = f"h.province_id = {int(province.id)}"
    twins = [
        _read("twins").format(code=check.code, rows=check.rows, whom=whom)
        for check in CHECKS
        if check.rows
    ]
    return [_with_days(sql, today) for sql in _judgements(whom) + twins]


def statements_of(household, today):
    """The same for one household, without the checks across households."""
    return [_with_days(sql, today) for sql in _judgements(f"h.id = {int(household.id)}")]


def _judgements(whom):
    plain = [check for check in CHECKS if not check.rows]
    of_household = [check for check in plain if check.about == HOUSEHOLD]
    of_member = [check for check in plain if check.about != HOUSEHOLD]
    return [
        _judging("households", of_household, whom=whom, people=_read("people")),
        _judging("members", of_member, whom=whom),
    ]


def _read(name):
    return (SQL / f"{name}.sql").read_text()


def _judging(name, checks, **parts):
    lists = [checks[start : start + BITS] for start in range(0, len(checks), BITS)]
    masks = ",\n".join(
        "\n | ".join(
            f"CASE WHEN {check.condition} THEN {1 << bit}::bigint ELSE 0 END"
            for bit, check in enumerate(part)
        )
        + f" AS mask{number}"
        for number, part in enumerate(lists)
    )
    codes = ", ".join(
        f"({check.code}, {number}, {1 << bit}::bigint)"
        for number, part in enumerate(lists)
        for bit, check in enumerate(part)
    )
    numbers = range(len(lists))
    return _read(name).format(
        masks=masks,
        codes=codes,
        picks=" ".join(f"WHEN {n} THEN judged.mask{n}" for n in numbers),
        suspect="\n OR ".join(f"({check.condition})" for check in checks),
        any=" | ".join(f"mask{n}" for n in numbers) + " <> 0",
        **parts,
    )


def _with_days(sql, today):
    return re.sub(r"(?<![:\w]):([a-z]\w*)", lambda found: _literal(found[1], today), sql)


def _literal(name, today):
    return GROUPS[name] if name in GROUPS else f"'{_day(name, today).isoformat()}'::date"


def _day(name, today):
    """``today``; ``y16``: sixteen years before; ``months13``; the beginnings of what is past."""
    if name == "today":
        return today
    if name == "last_month":
        return _months_before(today.replace(day=1), 1)
    if name == "last_quarter":
        return _months_before(today.replace(day=1), (today.month - 1) % 3 + 3)
    if name in ("school_to", "school_from"):
        begins = date(today.year - (today < date(today.year, 9, 1)), 8, 31)
        return _months_before(begins, 12 * SCHOOL_AGE[name == "school_from"])
    if name.startswith("months"):
        return _months_before(today, int(name[6:]))
    return _months_before(today, 12 * int(name[1:]))


def _months_before(day, months):
    """The same day of an earlier month; where it has none, its last."""
    count = day.year * 12 + day.month - 1 - months
    first = date(count // 12, count % 12 + 1, 1)
    last = date((count + 1) // 12, (count + 1) % 12 + 1, 1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
