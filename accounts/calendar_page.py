"""What the page of working days shows of one year: its months, and its holidays in words."""

from calendar import Calendar
from datetime import date, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import AccountAct, What

WEEKDAYS = [
    pgettext_lazy("weekday", "Mo"),
    pgettext_lazy("weekday", "Tu"),
    pgettext_lazy("weekday", "We"),
    pgettext_lazy("weekday", "Th"),
    pgettext_lazy("weekday", "Fr"),
    pgettext_lazy("weekday", "Sa"),
    pgettext_lazy("weekday", "Su"),
]
# As the library calls them; a loaded year brings names of its own.
HOLIDAYS = {
    "New Year's Day": gettext_lazy("New Year's Day"),
    "Spring Festival": gettext_lazy("Spring Festival"),
    "Tomb-sweeping Day": gettext_lazy("Tomb-sweeping Day"),
    "Labour Day": gettext_lazy("Labour Day"),
    "Dragon Boat Festival": gettext_lazy("Dragon Boat Festival"),
    "National Day": gettext_lazy("National Day"),
    "Mid-autumn Festival": gettext_lazy("Mid-autumn Festival"),
    "Anti-Fascist 70th Day": gettext_lazy("70th anniversary of the victory over fascism"),
}
FAR = timedelta(days=20)  # the same name again after this many days is another holiday


def days_of(known, year):
    """(day, works, name) of every day of the year."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    return [(day, known.is_workday(day), words_of(known.name_of(day))) for day in days]


def words_of(name):
    return str(HOLIDAYS.get(name, name))


def months(days):
    """Twelve months of weeks of cells; a cell outside the month is None."""
    by_day = {day: _cell(day, works, name) for day, works, name in days}
    weeks = Calendar().monthdatescalendar
    return [
        {
            "first": date(days[0][0].year, month, 1),
            "weeks": [
                [by_day[day] if day.month == month else None for day in week]
                for week in weeks(days[0][0].year, month)
            ],
        }
        for month in range(1, 13)
    ]


def _cell(day, works, name):
    weekend = day.weekday() >= 5
    kind = ("on" if weekend else "") if works else ("off" if name or not weekend else "weekend")
    return {"day": day, "kind": kind, "name": name}


def holidays(days):
    """Name, first and last day, days of rest, and the days worked for it."""
    named = [(day, works, name) for day, works, name in days if name]
    found = []
    for name in dict.fromkeys(name for _day, _works, name in named):
        rest = [day for day, works, other in named if other == name and not works]
        worked = [day for day, works, other in named if other == name and works]
        for block in _blocks(rest):
            row = {"name": name, "first": block[0], "last": block[-1], "count": len(block)}
            found.append(row | {"worked": [day for day in worked if abs(day - block[0]) < FAR * 2]})
    return sorted(found, key=lambda row: row["first"])


def _blocks(days):
    """Days that belong together; the weekend between them may not be named."""
    starts = [day for place, day in enumerate(days) if not place or day - days[place - 1] > FAR]
    groups = groupby(days, key=lambda day: max(start for start in starts if start <= day))
    return [list(group) for _start, group in groups]


def origin(known, year):
    """Where the year's days come from, as a sentence."""
    if year in known.loaded:
        act = AccountAct.objects.filter(what=What.CALENDAR_LOADED, about=str(year))
        act = act.select_related("post__officer").first()
        if act:
            given = {"name": act.post.officer.name, "day": date_format(timezone.localdate(act.at))}
            return _("As %(name)s loaded it on %(day)s.") % given
        return _("As it was loaded.")
    if known.is_published(year):
        return _("As the State Council published it.")
    return _("The State Council has not published %(year)s yet: Monday to Friday are taken.") % {
        "year": year
    }
