"""What a phone keeps to work without a network: the shell, and the own village's forms."""

import hashlib

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.entry import post_required
from households.due import with_due
from households.models import Household
from households.views.visits import form_context
from households.visit_form import VisitForm

SHELL = (
    *("vendor/bootstrap.min.css", "vendor/idb.js", "icons.svg", "favicon.svg"),
    *(f"css/{name}.css" for name in ("ground", "frame", "components", "forms", "phone", "print")),
    *("css/visits.css", "js/frame.js", "js/outbox.js", "js/visit.js", "js/offline.js"),
)
WORKER = settings.BASE_DIR / "static" / "service-worker.js"
AT_ONCE = 20
MOST = 100  # those that are due first: a form costs the server about 40 ms


@never_cache
def service_worker(request):
    """The worker with its list of files before it; a changed file makes another version."""
    files = [static(name) for name in SHELL]
    body = WORKER.read_text(encoding="utf-8")
    version = hashlib.sha256("\n".join([*map(_stamp, SHELL), *files, body]).encode()).hexdigest()
    head = (
        f'const VERSION = "{version[:16]}";\n'
        f'const OFFLINE = "{reverse("visits_offline")}";\n'
        f"const SHELL = {files!r};\n"
    )
    return HttpResponse(head + body, content_type="text/javascript; charset=utf-8")


def _stamp(name):
    path = settings.BASE_DIR / "static" / name
    return f"{name} {path.stat().st_mtime_ns}" if path.exists() else name


def shell(request):
    """The one page that is cached. It is the same for everybody and holds no name."""
    answer = render(request, "households/visits/offline.html", {"post": None, "user": None})
    answer["Cache-Control"] = "no-store"
    return answer


@never_cache
@post_required("record_visit")
def homes(request):
    """``?page=N``: forms of the households that are due first, twenty at once."""
    page = int(number) if (number := request.GET.get("page", "0")).isdecimal() else 0
    start, now = min(page, MOST) * AT_ONCE, timezone.now()
    due = with_due(Household.objects.visible_to(request.post), timezone.localdate(now))
    due = due.order_by("due_on", "id").select_related("village")[start : start + AT_ONCE + 1]
    rows = list(due)
    more = len(rows) > AT_ONCE and start + AT_ONCE < MOST
    return JsonResponse(
        {
            "homes": [
                _home(request, household, start + place, now)
                for place, household in enumerate(rows[:AT_ONCE])
            ],
            "next": f"{request.path}?page={page + 1}" if more else None,
        }
    )


def _home(request, household, place, now):
    context = form_context(household, VisitForm(household, at=now))
    return {
        "id": household.pk,
        "place": place,
        "name": household.head_name,
        "group": household.group_name,
        "form": render_to_string("households/visits/offline_form.html", context, request),
    }
