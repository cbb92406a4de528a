"""What a department is asked about households 部门协查, and the page on which it answers."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.deadlines import figures_of
from accounts.entry import post_required
from accounts.paging import page_of
from accounts.refusals import Refused
from accounts.roles import COUNTY
from monitoring.cases.moving import TakenFirst
from monitoring.cases.records import answer_enquiry
from monitoring.inbox.lists import questions_for, questions_late_below
from monitoring.models import Enquiry

HOMES = ("case__household__village", "case__household__township", "asked_by__division")


class AnswerForm(forms.Form):
    speaks_against = forms.TypedChoiceField(
        label=gettext_lazy("Does what you know speak against the request?"),
        choices=[("no", gettext_lazy("no")), ("yes", gettext_lazy("yes"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("What the department knows"),
        help_text=gettext_lazy("In a few words, with day and figure. No full ID numbers."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def need_line(post):
    if post.role_row.sees != "line":
        raise PermissionDenied


@post_required()
def enquiries(request):
    post, today = request.post, timezone.localdate()
    need_line(post)
    waiting = questions_for(post)
    tab = request.GET.get("tab")
    answered, late = tab == "answered", tab == "late"
    if late:
        page = page_of(_shown(questions_late_below(post)), request.GET, order=("due_on",))
    elif answered:
        rows = Enquiry.objects.visible_to(post).exclude(answered_at=None)
        page = page_of(_shown(rows), request.GET, order=("-answered_at",))
    else:
        page = page_of(_shown(waiting), request.GET, order=("due_on",))
    context = {
        "page": page,
        "answered": answered,
        "late": late,
        "above": post.division.level < COUNTY,
        "late_below": questions_late_below(post).count(),
        "figures": figures_of(waiting, today),
        "today": today,
    }
    return render(request, "monitoring/inbox/enquiries.html", context)


def _shown(rows):
    return rows.select_related(*HOMES, "answered_by__officer", "answered_by__deputy_of__officer")


@post_required()
def enquiry(request, pk):
    need_line(request.post)
    asked = get_object_or_404(_shown(Enquiry.objects.visible_to(request.post)), pk=pk)
    is_open = (
        asked.answered_at is None
        and asked.withdrawn_at is None
        and asked.case.is_open
        and asked.asked_at_division_id == request.post.division_id
    )
    form = AnswerForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                said = form.cleaned_data
                answer_enquiry(asked, **said, by=request.post, at=timezone.now())
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = 409 if isinstance(refusal, TakenFirst) else 422
            else:
                words = _("Your answer about %(head)s has gone to %(place)s.")
                home = asked.case.household
                names = {"head": home.head_name, "place": asked.asked_by.division.name}
                messages.success(request, words % names)
                return redirect("enquiries")
    context = {"asked": asked, "home": asked.case.household, "form": form, "is_open": is_open}
    return render(request, "monitoring/inbox/enquiry.html", context, status=status)
