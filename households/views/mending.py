"""After the register was mended: is the fault gone, and where does the list go on?"""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from households.models import Fault
from households.quality.compiling import ALONE
from households.quality.running import look_again
from households.views.quality import FILTERS


def fault_asked(request, household):
    """The fault that brought the person here, if it is one of this household."""
    asked = request.GET.get("fault", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return None
    return Fault.objects.visible_to(request.post).filter(household=household, pk=asked).first()


def on_to_the_next(request, household):
    """Looks at the household again. The page to go on with when a list of faults is worked off,
    else None."""
    fault = fault_asked(request, household)
    look_again(household, at=timezone.now())
    if fault is None:
        return None
    fault.refresh_from_db()
    words = {"fault": fault.check_.words}
    if fault.fixed_on:
        messages.success(request, _("Mended: %(fault)s") % words)
    elif fault.code in ALONE:
        messages.warning(request, _("Saved, but still open: %(fault)s") % words)
        return redirect(_address("fault", request, fault))
    else:
        messages.info(request, _("Saved; the check of this night sees it: %(fault)s") % words)
    return redirect(_address("next_fault", request, fault))


def _address(name, request, fault):
    kept = {key: request.GET[key] for key in FILTERS if request.GET.get(key)}
    return reverse(name, args=[fault.pk]) + (f"?{urlencode(kept)}" if kept else "")
