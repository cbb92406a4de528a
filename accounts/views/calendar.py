"""Working days of a year: everybody reads them, an administrator of the province loads them."""

import csv

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts import calendar_page
from accounts.calendar_file import read
from accounts.calendars import load_calendar, may_load
from accounts.entry import post_required
from accounts.forms import CalendarForm
from accounts.refusals import Refused
from accounts.workdays import PUBLISHED, look_again

FAULTS_SHOWN = 50


def _years(known):
    """From the first year that is known to the next one, and whatever is loaded."""
    this = timezone.localdate().year
    return sorted(PUBLISHED | set(known.loaded) | {this, this + 1})


def _year(request, known):
    given = request.GET.get("year") or str(timezone.localdate().year)
    if given not in map(str, _years(known)):
        raise Http404
    return int(given)


@post_required()
def working_days(request):
    form, faults = CalendarForm(request.POST or None, request.FILES or None), []
    if request.method == "POST":
        if not may_load(request.post):
            raise PermissionDenied
        if form.is_valid():
            year, file = form.cleaned_data["year"], form.cleaned_data["file"]
            days, faults = read(file.read(), file.name, year)
            if not faults and _load(request, form, year, days):
                return redirect(f"{reverse('working_days')}?year={year}")
    known = look_again()
    form.fields["year"].initial = max(_years(known))
    return render(
        request, "accounts/working_days.html", _context(request, known) | _result(form, faults)
    )


def _load(request, form, year, days):
    try:
        load_calendar(year=year, days=days, by=request.post, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The working days of %(year)s have been loaded.") % {"year": year})
    return True


def _result(form, faults):
    return {"form": form, "faults": faults[:FAULTS_SHOWN], "fault_count": len(faults)}


def _context(request, known):
    year, years = _year(request, known), _years(known)
    days = calendar_page.days_of(known, year)
    return {
        "year": year,
        "earlier": year - 1 if year - 1 in years else None,
        "later": year + 1 if year + 1 in years else None,
        "origin": calendar_page.origin(known, year),
        "published": known.is_published(year),
        "worked": sum(works for _day, works, _name in days),
        "holidays": calendar_page.holidays(days),
        "months": calendar_page.months(days),
        "weekdays": calendar_page.WEEKDAYS,
        "today": timezone.localdate(),
        "may_load": may_load(request.post),
    }


@post_required()
def working_days_file(request):
    """The year as a table of the form in which it is loaded."""
    known = look_again()
    year = _year(request, known)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="working-days-{year}.csv"'
    answer.write("\ufeff")
    write = csv.writer(answer).writerow
    write(
        [
            pgettext("calendar file", "date"),
            pgettext("calendar file", "works/rest"),
            pgettext("calendar file", "name"),
        ]
    )
    words = {True: pgettext("calendar file", "works"), False: pgettext("calendar file", "rest")}
    for day, works, name in calendar_page.days_of(known, year):
        if name:
            write([day.isoformat(), words[works], name])
    return answer
