"""Which period a scheduled download is in, and when its file was due (Asia/Shanghai).

Only the newest period counts: if nothing ran for two months, one file is made and not two.
"""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localtime

from jobs.models import Rhythm

HOUR = 6  # in the morning, after the night's checks and before the offices open
# What happens once a period in a room above: name -> function of a post that gives the period
# and the moment it happened, or None.
OCCASIONS = {}


def occasion(name, newest):
    OCCASIONS[name] = newest


def newest_period(schedule, at):
    """``(period, moment it became due)``, or None where nothing has become due yet."""
    if schedule.rhythm == Rhythm.REVIEW:
        return OCCASIONS["review"](schedule.post) if "review" in OCCASIONS else None
    today = localtime(at).date()
    if schedule.rhythm == Rhythm.MONTHLY:
        due = _moment(today.replace(day=schedule.day))
        if due > at:
            due = _moment((today.replace(day=1) - timedelta(days=1)).replace(day=schedule.day))
        return f"{localtime(due):%Y-%m}", due
    due = _moment(today - timedelta(days=today.isoweekday() - schedule.day))
    if due > at:
        due = _moment(localtime(due).date() - timedelta(days=7))
    year, week, _day = localtime(due).isocalendar()
    return f"{year}-W{week:02}", due


def is_due(schedule, at):
    """The period whose file is to be made now, or None; periods before it was saved are not."""
    found = newest_period(schedule, at)
    if found is None or found[1] < schedule.made_at:
        return None
    return found[0]


def next_moment(schedule, at):
    """When the next file is due; None where that hangs on an occasion."""
    if schedule.rhythm == Rhythm.REVIEW:
        return None
    day = localtime(at).date()
    while True:
        period = day.day if schedule.rhythm == Rhythm.MONTHLY else day.isoweekday()
        if period == schedule.day and _moment(day) > at:
            return _moment(day)
        day += timedelta(days=1)


def _moment(day):
    return datetime.combine(day, time(HOUR), get_current_timezone())
