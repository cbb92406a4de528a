"""A page that asks before an act; a refusal stands on it, with what was typed."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render

from accounts.refusals import Refused


def need_office(post):
    """Needs and points are the offices' and the persons in charge's, not the departments'."""
    if not post.sees_section("history"):
        raise PermissionDenied


def asked(request, form, act, words):
    if request.method == "POST" and form.is_valid():
        facts = form.facts() if hasattr(form, "facts") else form.cleaned_data
        try:
            return act(**facts)
        except Refused as refusal:
            field = getattr(refusal, "field", None)
            form.add_error(field if field in form.fields else None, str(refusal))
        except ValidationError as fault:
            form.add_error(None, fault.messages)
    context = {**words, "form": form}
    status = 422 if form.errors else 200
    return render(request, "assistance/social/act.html", context, status=status)


def sent(request):
    """What a form is made of: an empty one that was sent answers with its faults."""
    return request.POST if request.method == "POST" else None
