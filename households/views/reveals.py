"""A masked value shown once, for a reason that auditors read."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.entry import post_required
from accounts.forms import ReasonForm
from accounts.refusals import Refused
from accounts.reveals import reveal
from households.models import Member
from households.views.household import visible_household

OF_HOUSEHOLD = {"phone", "bank_account", "responsible_phone", "contact_phone"}
OF_MEMBER = {"resident_id", "disability_card", "phone"}


@never_cache
@post_required("reveal_phone")
def of_household(request, pk, field):
    household = visible_household(request, pk)
    if field not in OF_HOUSEHOLD or not request.post.sees_section("identifiers"):
        raise Http404
    return _page(request, household, household, field)


@never_cache
@post_required("reveal_phone")
def of_member(request, pk, member, field):
    household = visible_household(request, pk)
    rows = Member.objects.visible_to(request.post).filter(household=household)
    subject = get_object_or_404(rows, pk=member)
    if field not in OF_MEMBER or not request.post.sees_section("identifiers"):
        raise Http404
    return _page(request, household, subject, field)


def _page(request, household, subject, field):
    if not request.post.may_reveal(field):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    plain = ""
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        try:
            plain = reveal(subject, field, because=because, by=request.post, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "households/reveal.html",
        {
            "household": household,
            "subject_words": f"{household} {subject if subject is not household else ''}",
            "field_words": subject._meta.get_field(field).verbose_name,
            "masked_value": getattr(subject, f"{field}_masked"),
            "form": form,
            "plain": plain,
            "back": reverse("household", args=[household.pk]),
        },
    )
