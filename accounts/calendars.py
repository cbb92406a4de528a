"""Loading a year of working days, whole, in place of what stood for it."""

from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import AccountAct, CalendarDay, What
from accounts.models.divisions import Level
from accounts.refusals import Refused
from accounts.workdays import FIRST_YEAR, LAST_YEAR, look_again

# Public holidays on fixed days of the solar year (Regulation on Public Holidays, art. 2). A file
# that does not rest on them is not the year's notice, or not all of it.
ALWAYS_REST = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))


def may_load(post):
    """The calendar holds for everybody, so it is loaded at the top."""
    return post.may("manage_accounts") and post.division.level == Level.PROVINCE


@transaction.atomic
def load_calendar(*, year, days, by, at):
    """``days``: (day, works, name) of all days that the notice of the year names.

    Days not named are plain weekdays. Deadlines that were set before stay as they were set.
    """
    if not may_load(by):
        raise Refused(_("Only an administrator of the province loads the calendar."))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(_("The calendar begins in %(first)s and ends in %(last)s.") % limits())
    _check_whole(year, days)
    with connection.cursor() as cursor:
        # One load after the other: the newest id is the calendar's version.
        cursor.execute("LOCK TABLE accounts_calendarday IN SHARE ROW EXCLUSIVE MODE")
    CalendarDay.objects.filter(day__year=year).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day, works=works, name=name) for day, works, name in sorted(days)
    )
    AccountAct.objects.create(
        post=by,
        officer=by.officer,
        division=by.division,
        what=What.CALENDAR_LOADED,
        about=str(year),
        at=at,
    )
    look_again()


def limits():
    return {"first": FIRST_YEAR, "last": LAST_YEAR}


def _check_whole(year, days):
    named = [day for day, _works, _name in days]
    if len(set(named)) < len(named) or any(day.year != year for day in named):
        raise Refused(_("Each day of the year may be named once, and no day of another year."))
    if worked := worked_holidays(year, days):
        raise Refused(
            _("%(day)s is a public holiday and must rest: a year is loaded whole.")
            % {"day": worked[0].isoformat()}
        )


def worked_holidays(year, days):
    """The holidays of every year that ``days`` leaves out or calls worked."""
    rests = {day for day, works, _name in days if not works}
    return [day for day in (date(year, *fixed) for fixed in ALWAYS_REST) if day not in rests]
