"""Pages of one act on a measure: how it goes, its end, why it is still open, open again."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from assistance import forms
from assistance.checks import MeasureRefusal, Outdated
from assistance.planning import end_measure, explain_open, note_progress, resume_measure
from assistance.views.measures import refuse, visible_measure
from households.photos import checked_photo


@post_required("carry_measures")
def progress(request, pk):
    measure = visible_measure(request, pk)
    initial = {"on": timezone.localdate(), "client_id": uuid4()}
    form = forms.Progress(request.POST or None, request.FILES or None, initial=initial)

    def act(photo=None, **said):
        if photo:
            said["photo"], said["taken_at"] = checked_photo(photo)
        note_progress(measure, **said, by=request.post, at=timezone.now())

    words = {"title": _("How it goes"), "act": _("Record the progress")}
    words |= {"done": _("The progress is recorded.")}
    return done_or_shown(request, measure, form, act, words)


@post_required("carry_measures")
def end(request, pk):
    words = {"title": _("End the measure"), "act": _("Record the end")}
    words |= {"text": _("It stays in the history of the household."), "done": _("It has ended.")}
    measure = visible_measure(request, pk)
    kind = forms.EndPaid if measure.amount and not measure.source else forms.End
    return _page(request, measure, kind, end_measure, words, on=timezone.localdate())


@post_required("carry_measures")
def explain(request, pk):
    words = {
        "title": _("Why it is still open"),
        "text": _("A household can be closed only when each open measure is accounted for."),
        "act": _("Record the reason"),
        "done": _("The reason is recorded."),
    }
    return _page(request, visible_measure(request, pk), forms.Explain, explain_open, words)


@post_required("carry_measures")
def resume(request, pk):
    words = {
        "title": _("Open the measure again"),
        "text": _("For a measure that was ended wrongly."),
        "act": _("Open it again"),
        "done": _("The measure is open again."),
    }
    return _page(request, visible_measure(request, pk), forms.Resume, resume_measure, words)


def _page(request, measure, kind, act, words, **known):
    form = kind(request.POST or None, initial={"seen_version": measure.version, **known})

    def acted(**said):
        act(measure, **said, by=request.post, at=timezone.now())

    return done_or_shown(request, measure, form, acted, words)


def done_or_shown(request, measure, form, act, words, after=None):
    """Does the act and goes on to ``after()``, else to the measure; or shows the form again."""
    context = {"measure": measure, "household": measure.household, **words}
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data)
        except Outdated as outdated:
            context["outdated"] = outdated
            form = type(form)(initial={**form.cleaned_data, "seen_version": measure.version})
        except MeasureRefusal as refusal:
            refuse(form, refusal)
        except ValidationError as refusal:
            form.add_error("photo", refusal)
        else:
            messages.success(request, words["done"])
            return after() if after else redirect("measure", measure.pk)
    return render(request, "assistance/act.html", {**context, "form": form})
