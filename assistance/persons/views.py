"""Pages of responsible and contact persons: the load of each, their households, handing over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import ngettext

from accounts.entry import post_required
from accounts.models import Officer
from accounts.paging import page_of
from accounts.places import narrowed
from accounts.roles import COUNTY
from assistance.checks import MeasureRefusal
from assistance.persons.forms import HandOverForm
from assistance.persons.handing import hand_over
from assistance.persons.load import MOST, loads_in, of_person
from assistance.persons.missing import NOBODY, left_behind, looked_after
from assistance.views.measures import refuse
from households.lists import places_for
from households.models import Household
from households.models.choices import Method

PAGE = 100
WHICH = ("nobody", "left")


def need_persons(post):
    if not post.sees_section("history"):
        raise PermissionDenied


@post_required()
def persons(request):
    """The load of each person. A city or province chooses a county first."""
    post, today = request.post, timezone.localdate()
    need_persons(post)
    homes, place = narrowed(Household.objects.visible_to(post), post, request.GET.get("division"))
    here = place or post.division
    context = {"places": places_for(post, place), "here": here, "wide": here.level < COUNTY}
    if not context["wide"]:
        loads = loads_in(homes, today)
        missing = looked_after(homes)
        context |= {
            "loads": loads[:MOST],
            "most": MOST if len(loads) > MOST else 0,
            "nobody": missing.filter(NOBODY).count(),
            "left": missing.filter(left_behind(today)).count(),
            "methods": dict(Method.choices),
        }
        for load in loads:
            load.how = [(Method(code).label, n) for code, n in sorted(load.methods.items())]
    return render(request, "assistance/persons/persons.html", context)


@post_required()
def of_one(request):
    """The households of one person, of nobody, or of those who left: ticked and handed over."""
    post, today = request.post, timezone.localdate()
    need_persons(post)
    homes, place = narrowed(Household.objects.visible_to(post), post, request.GET.get("division"))
    which, person = request.GET.get("which", ""), request.GET.get("person", "")
    if which in WHICH:
        condition = NOBODY if which == "nobody" else left_behind(today)
        rows, name = looked_after(homes).filter(condition), ""
    elif person and "\0" not in person:
        rows = of_person(homes, person)
        name = _name_of(person, rows)
    else:
        raise Http404
    here = place or post.division
    form = None
    if post.may("assign"):
        typed = request.POST if request.method == "POST" else None
        form = HandOverForm(typed, by=post, place=here)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        done = form.is_valid() and _handed(request, rows, form)
        if done:
            return done
    context = {
        "which": which if which in WHICH else "",
        "person": person,
        "name": name,
        "form": form,
        "page": page_of(rows.select_related("village", "township"), request.GET, size=PAGE),
        "places": places_for(post, place),
        "ticked": set(request.POST.getlist("pick")),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "assistance/persons/households.html", context, status=status)


def _name_of(person, rows):
    """The name of an account only where it is in charge of one of the households seen."""
    if not person.isdecimal() or len(person) > 17:
        return person
    officer = Officer.objects.filter(pk=person, pk__in=rows.order_by().values("in_charge")).first()
    return officer.name if officer else person


def _handed(request, rows, form):
    ids = [pk for pk in request.POST.getlist("pick") if pk.isdecimal() and len(pk) < 18]
    try:
        done = hand_over(
            rows.filter(pk__in=ids), **form.cleaned_data, by=request.post, at=timezone.now()
        )
    except MeasureRefusal as refusal:
        refuse(form, refusal)
        return None
    words = ngettext(
        "%(n)d household is handed over, with its open measures and tasks.",
        "%(n)d households are handed over, with their open measures and tasks.",
        done.households,
    )
    messages.success(request, words % {"n": done.households})
    kept = {"division": request.GET["division"]} if request.GET.get("division") else {}
    return redirect(f"{reverse('persons')}?{urlencode(kept)}")
