"""Naming the households that a project helps: ticked in a list, by numbers, by a workbook."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import narrowed
from accounts.refusals import Refused
from assistance.groups.picking import GROUPS
from assistance.models import ProjectHousehold
from assistance.projects.forms import EndLeaseForm, HelpedForm
from assistance.projects.helping import OPEN, ban_of, name_households, names, take_out
from assistance.projects.views.asking import asked, given
from assistance.projects.views.store import visible_project
from households.lists import places_for
from households.models import Household
from households.models.choices import ExitedClass, Status
from households.search import found_by_words, plain_words

NARROW = {
    "listed": lambda rows: rows.listed(),
    "exited": lambda rows: rows.filter(status=Status.EXITED),
    "edge": lambda rows: rows.filter(status=Status.EDGE),
    "monitored": lambda rows: rows.filter(status=Status.EXITED, exited_class=ExitedClass.MONITORED),
}


@post_required("plan_projects")
def households(request, pk):
    found = visible_project(request, pk)
    if not names(request.post, found) or found.state not in OPEN:
        raise PermissionDenied
    form, refused = HelpedForm(**given(request)), []
    if request.method == "POST" and form.is_valid():
        answer, refused = _named(request, found, form)
        if answer:
            return answer
    rows, place, chosen = _narrowed(request, found)
    page = page_of(rows.select_related("village"), request.GET, order=("id",), size=100)
    sources = list(found.money.values_list("source", flat=True))
    for row in page:
        row.ban = ban_of(sources, row, timezone.localdate(), False)
    context = {
        "project": found,
        "form": form,
        "refused": refused,
        "page": page,
        "groups": GROUPS,
        "chosen": chosen,
        "places": places_for(request.post, place or found.at),
    }
    status = 422 if form.errors or refused else 200
    return render(request, "assistance/projects/households.html", context, status=status)


def _narrowed(request, found):
    """Households of the project's place that are not named yet."""
    rows = Household.objects.visible_to(request.post).within(found.at)
    rows, place = narrowed(rows, request.post, request.GET.get("division"))
    chosen = {"group": "", "q": plain_words(request.GET.get("q"))}
    if request.GET.get("group") in NARROW:
        chosen["group"] = request.GET["group"]
        rows = NARROW[chosen["group"]](rows)
    if chosen["q"]:
        rows = found_by_words(rows, chosen["q"], request.post)
    return rows.exclude(projects__in=found.helped.standing()), place, chosen


def _named(request, found, form):
    """``(answer, refused)``: those that cannot be named stay on the page with their reason."""
    ticked = [int(pk) for pk in request.POST.getlist("pick") if pk.isdecimal() and len(pk) < 18]
    try:
        lines = form.lines(request.post)
        wrong = [(line.said, line.refusal) for line in lines if line.refusal]
        ids = {line.household_id for line in lines if not line.refusal} | set(ticked)
        homes = Household.objects.visible_to(request.post).filter(pk__in=ids)
        number, refused = name_households(
            found, households=list(homes.select_related("village")), by=request.post,
            at=timezone.now(), **form.exception_facts(),
        )  # fmt: skip
    except Refused as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, str(refusal))
        return None, []
    wrong += [(home.head_name or home.number, sentence) for home, sentence in refused]
    if number:
        words = ngettext("%(n)d household is named.", "%(n)d households are named.", number)
        messages.success(request, words % {"n": number})
    elif not wrong:
        form.add_error(None, _("Nobody new is named. Tick somebody or enter numbers."))
    return (redirect("project", found.pk) if number and not wrong else None), wrong


@post_required("plan_projects")
def household_out(request, pk, link):
    found = visible_project(request, pk)
    if not names(request.post, found):
        raise PermissionDenied
    rows = ProjectHousehold.objects.visible_to(request.post).filter(project=found).standing()
    named = get_object_or_404(rows.select_related("household", "project__at"), pk=link)
    form = EndLeaseForm(**given(request))
    del form.fields["on"]

    def done(because):
        take_out(named, because=because, by=request.post, at=timezone.now())
        messages.success(request, _("The household is taken out."))
        return redirect("project", found.pk)

    home = named.household
    words = {"title": _("Take a household out"), "act": _("Take it out"), "about": found}
    words["text"] = f"{home.head_name or home.number} {home.number}"
    return asked(request, form, done, words | {"back": reverse("project", args=[pk])})
