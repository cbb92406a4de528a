"""The page behind every "Show" beside a masked value. Rooms load the subject and call this."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.forms import ReasonForm
from accounts.refusals import Refused
from accounts.reveals import reveal


@never_cache
def reveal_page(request, subject, field, *, subject_words, back):
    """``subject`` comes from ``visible_to(request.post)``; ``back`` is the address to return to."""
    if not request.post.may_reveal(field):
        raise PermissionDenied
    form, plain = ReasonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            plain = reveal(
                subject,
                field,
                because=form.cleaned_data["because"],
                by=request.post,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("because", str(refusal))
    context = {
        "subject_words": subject_words,
        "field_words": subject._meta.get_field(field).verbose_name,
        "masked_value": getattr(subject, field),
        "form": form,
        "plain": plain,
        "back": back,
    }
    return render(request, "accounts/reveal.html", context)
