"""办事流程: every chain of the table as a drawing, and what each role does in it."""

from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localdate

from accounts.entry import post_required
from accounts.models import Division
from accounts.roles import ROLES
from monitoring.policy.parameters import figures_on
from monitoring.procedure_drawing import drawn
from monitoring.procedure_words import (
    BESIDE,
    DOES,
    asks_of,
    days_words,
    does_of,
    level_words,
    parts_of,
    subjects_of,
    views,
    where_of,
)
from monitoring.procedures import PROCEDURES


@post_required()
def procedures(request):
    """``?role=``: the view of a role; the own one first, where the role has steps."""
    shown = views()
    role = request.GET.get("role", "")
    role = role if role in shown else ""
    return render(
        request,
        "monitoring/procedures/procedures.html",
        {
            "role": role,
            "roles": shown,
            "beside": BESIDE.get(request.post.role),
            "parts": [_part(part) for part in parts_of(role)] if role else [],
            "chains": [_chain(procedure, request.post) for procedure in PROCEDURES.values()],
        },
    )


def _part(part):
    return {"part": part, "asks": asks_of(part.step), "days": days_words(part.step.days)}


def _chain(procedure, post):
    """The usual chain as the steps component; the post's own steps are marked."""
    steps = [
        {
            "name": step.words,
            "state": "now" if step.role == post.role else "",
            "note": f"{level_words(step)} {days_words(step.days)}",
        }
        for step in procedure.variants[-1].steps
    ]
    return {"procedure": procedure, "steps": steps, "subjects": subjects_of(procedure)}


@post_required()
def procedure(request, code):
    row = PROCEDURES.get(code)
    if row is None:
        raise Http404
    holds = _holding(row, request.post)
    return render(
        request,
        "monitoring/procedures/procedure.html",
        {
            "procedure": row,
            "subjects": subjects_of(row),
            "roles": {role: row.name for role, row in ROLES.items()},
            "variants": [
                {
                    "where": where_of(variant),
                    "label": " ".join(filter(None, [str(row.words), where_of(variant)])),
                    "holds": variant is holds,
                    "drawing": drawn(variant, request.post.role),
                    "steps": [_step(step, request.post) for step in variant.steps],
                }
                for variant in sorted(row.variants, key=lambda one: one is not holds)
            ],
        },
    )


def _step(step, post):
    return {
        "step": step,
        "level": level_words(step),
        "days": days_words(step.days),
        "asks": asks_of(step),
        "task": DOES[step.act],
        "does": does_of(step),
        "mine": step.role == post.role,
    }


def _holding(procedure, post):
    """The chain that a case begun today in the post's county would take; None above a county."""
    if post.division.county_id is None:
        return None
    county = Division.objects.get(pk=post.division.county_id)
    day = localdate()
    figures = figures_on(day, [county])[county.id]
    return procedure.variant_for(post.division.code, day, figures)
