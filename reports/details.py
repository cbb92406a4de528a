"""What the rows of a ledger tell besides: members, income, last visit, help, names — of the day."""

from datetime import datetime, time, timedelta
from types import SimpleNamespace

from django.db import connection
from django.utils.timezone import get_current_timezone

from accounts.models import Division
from reports.ledgers.branches import measures_sql, text_of
from reports.ledgers.shape import EVENT, HOUSEHOLD, MEMBER, NEED, OF_PLACES

PEOPLE = ("persons", "masked_id", "allowance", "extreme", "disabled_members")
LABOUR = ("able", "skilled", "unskilled", "working")
NOBODY = (0, None, False, False, False, 0, 0, 0, 0)
# Of several measures the newest, one for the member before one for the whole household.
NEWEST = """SELECT household_id, member_id, kind, ended_on, result, started_on FROM {measures} m
WHERE household_id = ANY (%(ids)s)
ORDER BY started_on, subject_id"""


def end_of(day):
    """The first moment after the day."""
    return datetime.combine(day + timedelta(days=1), time(), get_current_timezone())


def with_details(rows, day, ledger):
    """As many queries as the ledger has kinds of details, however many rows."""
    codes = {column.code for column in ledger.columns}
    for row in rows:
        row.day = day
    if ledger.of not in (MEMBER, *OF_PLACES):
        _with_people(rows, day)
    if "per_capita" in codes:
        _with_money(rows, day)
    if "visited_on" in codes:
        visits = _told("visited", [row.pk for row in rows], day)
        for row in rows:
            (row.visited_on,) = visits.get(row.pk, (None,))
    if "points_left" in codes:
        points = _told("points", [row.pk for row in rows], day)
        for row in rows:
            told = points.get(row.pk, (0, 0, 0, None))
            row.earned, row.spent, row.points_left, row.earned_on = told
    if "help" in codes:
        _with_help(rows, day, ledger)
    if ledger.of not in (HOUSEHOLD, MEMBER, NEED, *OF_PLACES):
        names = _told("named", [row.member_id for row in rows if row.member_id], day)
        for row in rows:
            (row.member_name,) = names.get(row.member_id, ("",))
    return rows


def _with_people(rows, day):
    people = _told("people", [row.pk for row in rows], day)
    for row in rows:
        known = people.get(row.pk, NOBODY)
        vars(row).update(zip(PEOPLE + LABOUR, known, strict=True))


def _with_money(rows, day):
    money = _told("money", [row.pk for row in rows], day)
    for row in rows:
        net, row.income_to = money.get(row.pk, (None, None))
        row.per_capita = None if net is None or not row.persons else _cut(net / row.persons)


def _cut(yuan):
    """Cut to the fen, as the rules do: 4,999.996 is under 5,000."""
    return yuan.quantize(yuan.__class__("0.01"), rounding="ROUND_DOWN")


def _with_help(rows, day, ledger):
    sql, newest = NEWEST.format(measures=measures_sql(ledger, day)), {}
    given = {"ids": [row.pk for row in rows], "day": day, "end": end_of(day)}
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        for household, member, *facts in cursor.fetchall():
            measure = SimpleNamespace(
                **dict(zip(("kind", "ended_on", "result", "started_on"), facts, strict=True))
            )
            newest[household, member] = measure
            if ledger.of in (HOUSEHOLD, EVENT):
                newest[household, None] = measure
    for row in rows:
        own = newest.get((row.pk, row.key)) if ledger.of == MEMBER else None
        row.help = own or newest.get((row.pk, None))
        # What was there before it happened is no answer to it.
        if ledger.of == EVENT and row.help and row.help.started_on < row.happened_on:
            row.help = None


def _told(name, ids, day):
    with connection.cursor() as cursor:
        cursor.execute(text_of(name), {"ids": ids, "day": day, "end": end_of(day)})
        return {row[0]: row[1:] for row in cursor.fetchall()}


def named(rows):
    """Gives each row the names of its divisions, of those given up since too."""
    levels = ("city_id", "county_id", "township_id", "village_id")
    ids = {getattr(row, level) for row in rows for level in levels}
    names = dict(Division.objects.filter(id__in=ids).values_list("id", "name"))
    for row in rows:
        row.names = names
    return rows
