"""Data quality: what is wrong by division, check and severity; a run on demand."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import chosen, narrowed
from households.lists import places_for
from households.models import Fault, QualityRun
from households.quality import counting
from households.quality.asking import ask_for_run
from households.quality.check import Severity
from households.quality.checks import BY_CODE, CHECKS, codes_of
from households.quality.listing import page_of_faults
from households.quality.mending import mended_at

STATES = {
    "open": gettext_lazy("open"),
    "waived": gettext_lazy("waived"),
    "fixed": gettext_lazy("fixed"),
}
FILTERS = ("division", "severity", "check")


def seen_faults(request):
    """Faults tell of every section: a department and an administrator see none."""
    if not request.post.sees_section("history"):
        raise PermissionDenied
    return Fault.objects.visible_to(request.post)


class Asked:
    """What the address asks for: the rows, their place and the checks (None: all)."""

    def __init__(self, request):
        asked, post = request.GET, request.post
        self.rows, place = narrowed(seen_faults(request), post, asked.get("division"))
        self.place = place or post.division
        self.severity = asked.get("severity", "")
        self.check = _check(asked.get("check"))
        self.codes = self._codes()
        self.wanted = self.rows
        if self.codes is not None:
            self.wanted = self.rows.filter(code__in=self.codes)
        # The chosen filters; a link changes one of them.
        self.kept = {name: asked[name] for name in FILTERS if asked.get(name)}

    def numbers(self, counts, state):
        """{code: (how many there may be, how many for sure)} of the asked checks. What is waived
        may be open again since the counts were made, nothing else."""
        return {
            code: (sum(pair), pair[0] if state == "open" else 0)
            for code, pair in counts.items()
            if self.codes is None or code in self.codes
        }

    def _codes(self):
        codes = codes_of(self.severity) if self.severity in Severity.values else None
        if self.check is None:
            return codes
        return [self.check.code] if codes is None or self.check.code in codes else []


def _check(code):
    return BY_CODE.get(int(code)) if code and code.isascii() and code.isdecimal() else None


@post_required()
def faults(request):
    given, today, post = Asked(request), timezone.localdate(), request.post
    wanted, place = given.wanted, given.place
    state = request.GET["state"] if request.GET.get("state") in STATES else "open"
    told = counting.by_code(given.rows, post, place, today)
    counts = counting.by_state(told, given.codes) | {"fixed": counting.fixed(wanted)}
    in_state = {"open": wanted.open(today), "waived": wanted.waived(today), "fixed": wanted.fixed()}
    listed = in_state[state].select_related("household__village", "household__township", "member")
    if state == "fixed":
        page = page_of(listed, request.GET, order=("-id",))
    else:
        page = page_of_faults(listed, given.numbers(told, state), request.GET)
    for row in page:
        row.mend_url, row.mend_words = mended_at(row, post)
    context = {
        "page": page,
        "state": state,
        "states": [(name, words, counts[name]) for name, words in STATES.items()],
        "severities": Severity.choices,
        "severity": given.severity,
        "check": given.check,
        "checks": CHECKS,
        "places": places_for(post, chosen(post, request.GET.get("division"))),
        "division": place,
        "below": counting.by_division(post, place, state, given.codes),
        "trend": counting.trend(post, place),
        "last": QualityRun.objects.visible_to(post).first(),
        "kept": given.kept,
    }
    return render(request, "households/quality/faults.html", context)


@post_required()
def checks(request):
    given, post = Asked(request), request.post
    counts = counting.by_code(given.rows, post, given.place, timezone.localdate())
    division = chosen(post, request.GET.get("division"))
    context = {
        "told": counting.by_check(counts),
        "clean": counting.clean_checks(counts),
        "all": len(CHECKS),
        "places": places_for(post, division),
        "division": division,
        "last": QualityRun.objects.visible_to(post).first(),
    }
    return render(request, "households/quality/checks.html", context)


@post_required("run_review")
@require_POST
def run(request):
    province = request.post.division.province
    job = ask_for_run(province=province, by=request.post, at=timezone.now())
    messages.info(request, _("The check was asked for: %(job)s.") % {"job": job.title})
    return redirect("jobs")
