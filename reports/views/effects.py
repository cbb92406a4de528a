"""The page and the workbook of what measures achieve (domain.md 5: effect)."""

from datetime import date, timedelta
from io import BytesIO

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from accounts.entry import post_required
from accounts.places import chosen
from households.lists import places_for
from reports.effects import effects_in, write_effects

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TWO_YEARS = timedelta(days=730)


class Asked:
    """Place and days of the address. Whoever sees a whole division reads it."""

    def __init__(self, request):
        post = request.post
        if post.role_row.sees != "division":
            raise PermissionDenied
        self.today = localdate()
        self.chosen = chosen(post, request.GET.get("division"))
        self.place = self.chosen or post.division
        self.until = min(_day(request.GET.get("until")) or self.today, self.today)
        self.since = _day(request.GET.get("since")) or self.today - TWO_YEARS

    def lines(self):
        days = {"since": self.since, "until": self.until, "today": self.today}
        return effects_in(self.place, **days)


def _day(words):
    try:
        return date.fromisoformat(words or "")
    except ValueError:
        return None


@post_required()
def effects(request):
    asked = Asked(request)
    places = places_for(request.post, asked.chosen)
    context = {"asked": asked, "lines": asked.lines(), "places": places}
    return render(request, "reports/effects/effects.html", context)


@post_required()
def effects_workbook(request):
    asked, file = Asked(request), BytesIO()
    write_effects(file, asked.lines(), place=asked.place, since=asked.since, until=asked.until)
    answer = HttpResponse(file.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="effects.xlsx"'
    return answer
