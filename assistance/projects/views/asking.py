"""A page that asks before an act; a refusal stands on it, with what was typed."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, render

from accounts.refusals import Refused
from assistance.models import Asset
from assistance.projects.checks import reads, reads_assets
from households.photos import checked_photo


def need_reading(post, may=reads):
    if not may(post):
        raise PermissionDenied


def visible_asset(request, pk):
    need_reading(request.post, reads_assets)
    rows = Asset.objects.visible_to(request.post)
    return get_object_or_404(rows.select_related("at__township", "at__county", "project"), pk=pk)


def given(request):
    """What a form is bound to: also a POST without a field."""
    if request.method != "POST":
        return {}
    return {"data": request.POST, "files": request.FILES}


def asked(request, form, act, words, template="assistance/projects/act.html"):
    """``act`` gets the form's facts and gives the answer."""
    if request.method == "POST" and form.is_valid():
        facts = form.facts() if hasattr(form, "facts") else dict(form.cleaned_data)
        try:
            return act(**with_photo(facts))
        except ValidationError as refusal:
            form.add_error("photo", refusal)
        except Refused as refusal:
            field = getattr(refusal, "field", None)
            form.add_error(field if field in form.fields else None, str(refusal))
    context = {**words, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


def with_photo(facts):
    if "photo" in facts:
        upload = facts.pop("photo")
        facts["photo"], facts["taken_at"] = checked_photo(upload) if upload else (None, None)
    return facts
