from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from accounts.models import Division
from accounts.models.divisions import Level
from monitoring.forms import ParameterForm
from monitoring.models import ParameterValue
from monitoring.policy.parameters import (
    PARAMETERS,
    PUBLISHED,
    ParameterRefusal,
    figures_on,
    set_parameter,
)
from monitoring.policy.rules import DIMENSION_WORDS, RULES


@post_required()
def policy(request):
    """Every figure as it holds today where the post is, and every rule beside its clause."""
    today = timezone.localdate()
    county = _county_of(request.post)
    held = figures_on(today, [county])[county.id] if county else {}
    rows = [(parameter, held.get(name)) for name, parameter in PARAMETERS.items()]
    return render(
        request,
        "monitoring/policy.html",
        {"rows": rows, "rules": _rules(), "today": today, "county": county},
    )


def _rules():
    return [(DIMENSION_WORDS[rule.dimension], rule) for rule in RULES]


def _county_of(post):
    """The post's county; for wider posts the first one below, whose figures are those above it."""
    if post.division.county_id:
        return post.division.county
    return Division.objects.below(post.division).filter(level=Level.COUNTY).first()


@post_required()
def parameter(request, name):
    """The values of one figure over time; the province enters the next one."""
    if name not in PARAMETERS:
        raise Http404
    may = PARAMETERS[name].may_be_entered_by(request.post)
    form = ParameterForm(request.POST or None, post=request.post) if may else None
    if request.method == "POST" and form is None:
        raise Http404
    if request.method == "POST" and form.is_valid() and _set(request, name, form):
        return redirect("policy_parameter", name)
    values = ParameterValue.objects.visible_to(request.post).filter(name=name)
    return render(
        request,
        "monitoring/parameter.html",
        {
            "parameter": PARAMETERS[name],
            "published": [figure for figure in PUBLISHED if figure.name == name],
            "values": values.select_related("territory", "set_by__officer"),
            "names": dict(
                Division.objects.filter(level=Level.PROVINCE).values_list("code", "name")
            ),
            "form": form,
        },
    )


def _set(request, name, form):
    try:
        set_parameter(name=name, by=request.post, at=timezone.now(), **form.cleaned_data)
    except ParameterRefusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The new figure is on record."))
    return True
