"""Own scheduled downloads: saved, listed, paused, resumed, deleted."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.refusals import Refused
from jobs.models import Rhythm, ScheduledDownload, ScheduledFile
from jobs.schedules import acts
from jobs.schedules.periods import OCCASIONS, next_moment
from jobs.tables.page import address_of, table_at, tables_at

WEEKDAYS = (
    (1, gettext_lazy("Monday")),
    (2, gettext_lazy("Tuesday")),
    (3, gettext_lazy("Wednesday")),
    (4, gettext_lazy("Thursday")),
    (5, gettext_lazy("Friday")),
    (6, gettext_lazy("Saturday")),
    (7, gettext_lazy("Sunday")),
)


class ScheduleForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the download"), max_length=60)
    part = forms.ChoiceField(label=gettext_lazy("Table"), required=False)
    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=Rhythm.choices, widget=forms.RadioSelect
    )
    day_of_month = forms.TypedChoiceField(
        label=gettext_lazy("Day of the month"),
        choices=[(n, n) for n in range(1, 29)],
        coerce=int,
        required=False,
        help_text=gettext_lazy("for a file every month"),
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Day of the week"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        help_text=gettext_lazy("for a file every week"),
    )

    def __init__(self, *args, tables, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [(table.part, table.words) for table in tables]
        if len(tables) == 1:
            self.fields["part"].widget = forms.HiddenInput()
        if "review" not in OCCASIONS:
            self.fields["rhythm"].choices = Rhythm.choices[:2]

    def day(self):
        data = self.cleaned_data
        monthly = data["rhythm"] == Rhythm.MONTHLY
        return int((data["day_of_month"] if monthly else data["weekday"]) or 0)


@post_required()
def schedules(request):
    rows = list(ScheduledDownload.objects.visible_to(request.post))
    last = ScheduledFile.objects.filter(schedule__in=rows).order_by("schedule_id", "-id")
    last = last.distinct("schedule_id").select_related("job")
    last = {made.schedule_id: made for made in last}
    for row in rows:
        table, path = table_at(row.address), row.address.partition("#")[0]
        row.table = table.words if table else ""
        row.path = f"{path}?{row.query.open()}" if row.query else path
        row.weekday = dict(WEEKDAYS).get(row.day)
        row.next = next_moment(row, timezone.now())
        row.last = last.get(row.pk)
    return render(request, "jobs/schedules.html", {"rows": rows})


@post_required()
def new_schedule(request):
    sent = request.POST if request.method == "POST" else request.GET
    path, query = sent.get("path", ""), sent.get("query", "")
    tables = [table for table in tables_at(path).values() if table.offered_to(request.post)]
    if not tables:
        raise Http404
    usual = {"name": tables[0].words, "rhythm": Rhythm.MONTHLY, "day_of_month": 1, "weekday": 1}
    posted = request.POST if request.method == "POST" else None
    form = ScheduleForm(posted, initial=usual | {"part": tables[0].part}, tables=tables)
    if request.method == "POST" and form.is_valid():
        try:
            acts.schedule_download(
                name=form.cleaned_data["name"], query=query, day=form.day(),
                address=address_of(path, form.cleaned_data["part"]),
                rhythm=form.cleaned_data["rhythm"], by=request.post, at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The download is scheduled; its files come as messages."))
            return redirect("schedules")
    context = {"form": form, "table": tables[0], "path": path, "query": query}
    context["back"] = f"{path}?{query}" if query else path
    return render(request, "jobs/schedule.html", context, status=422 if form.errors else 200)


def _own(request, pk):
    return get_object_or_404(ScheduledDownload.objects.visible_to(request.post), pk=pk)


def _done(request, pk, act, said):
    act(_own(request, pk), by=request.post, at=timezone.now())
    messages.success(request, said)
    return redirect("schedules")


@require_POST
@post_required()
def pause(request, pk):
    said = _("The download is paused; no file is made until it is resumed.")
    return _done(request, pk, acts.pause_schedule, said)


@require_POST
@post_required()
def resume(request, pk):
    said = _("The download goes on with its next period.")
    return _done(request, pk, acts.resume_schedule, said)


@require_POST
@post_required()
def delete(request, pk):
    said = _("The scheduled download is deleted; files already made stay among the messages.")
    return _done(request, pk, acts.delete_schedule, said)
