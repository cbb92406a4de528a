"""Pages of funds: the list, the books of one, deposits, many payments at once, the public list."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import narrowed
from assistance.funds.booking import books_agree, deposit, handles, open_fund, reverse_deposit
from assistance.funds.closing import close_fund
from assistance.funds.forms import BookBackForm, CloseForm, DepositForm, FundForm
from assistance.funds.lists import with_figures
from assistance.funds.paying import payable
from assistance.funds.public import public_rows, public_workbook, years_of
from assistance.funds.refusals import FundRefusal
from assistance.funds.run import ask_to_pay
from assistance.models import Entry, EntryKind, Fund, Grant
from assistance.views.funds_asking import asked, sent
from households.lists import places_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def visible_fund(request, pk):
    rows = Fund.objects.visible_to(request.post).with_cash().select_related("division", "successor")
    return get_object_or_404(rows, pk=pk)


@post_required("read_funds")
def funds(request):
    post = request.post
    rows, place = narrowed(Fund.objects.visible_to(post), post, request.GET.get("division"))
    total = rows.with_cash().aggregate(total=Sum("money"))["total"] or 0
    rows = rows.with_cash().select_related("division")
    page = page_of(rows, request.GET, order=("division__level", "division__code", "id"))
    with_figures(page.rows, timezone.localdate())
    context = {"page": page, "total": total, "places": places_for(post, place)}
    return render(request, "assistance/funds/funds.html", context)


@post_required("handle_funds")
def new(request):
    form = FundForm(sent(request), post=request.post, initial={"on": timezone.localdate()})

    def act(division, name, on):
        made = open_fund(division=division, name=name, on=on, by=request.post, at=timezone.now())
        return redirect("fund", made.pk)

    words = {"title": _("Open a fund"), "act": _("Open the fund"), "back": reverse("funds")}
    words["text"] = _("The county has a relief fund, townships and villages emergency funds.")
    return asked(request, form, act, words)


@post_required("read_funds")
def fund(request, pk):
    """The books of one fund, the latest entry first."""
    found = visible_fund(request, pk)
    with_figures([found], timezone.localdate())
    rows = found.entries.select_related(
        "from_account", "to_account", "grant", "reverses", "reversed_by", "recorded_by__officer"
    )
    page = page_of(rows, request.GET, order=("-number",))
    grants = {entry.grant_id for entry in page if entry.grant_id}
    seen = Grant.objects.visible_to(request.post).filter(pk__in=grants)
    context = {
        "fund": found,
        "page": page,
        "accounts": found.accounts.order_by("kind", "source"),
        "agree": books_agree(found),
        "seen": set(seen.values_list("pk", flat=True)),
        "keeps": handles(request.post, found) and not found.closed_on,
        "predecessors": found.predecessors.visible_to(request.post),
    }
    return render(request, "assistance/funds/fund.html", context)


def kept_fund(request, pk):
    found = visible_fund(request, pk)
    if not handles(request.post, found):
        raise PermissionDenied
    return found


@post_required("handle_funds")
def new_deposit(request, pk):
    found = kept_fund(request, pk)
    initial = {"on": timezone.localdate(), "client_id": uuid4()}
    form = DepositForm(sent(request), initial=initial)

    def act(**said):
        deposit(found, **said, by=request.post, at=timezone.now())
        messages.success(request, _("The deposit is booked."))
        return redirect("fund", found.pk)

    words = {"title": _("Record a deposit"), "act": _("Book the deposit"), "text": found.name}
    return asked(request, form, act, words | {"back": reverse("fund", args=[found.pk])})


@post_required("handle_funds")
def close(request, pk):
    found = kept_fund(request, pk)

    def act(**said):
        close_fund(found, **said, by=request.post, at=timezone.now())
        messages.success(request, _("The fund is closed; its books stay."))
        return redirect("fund", found.pk)

    words = {"title": _("Close the fund"), "act": _("Close the fund")}
    words["text"] = _(
        "%(fund)s holds %(cash)s yuan. What is in it goes to the fund that takes it over; after "
        "that it accepts nothing more."
    ) % {"fund": found.name, "cash": f"{found.money:,.2f}"}
    words["back"] = reverse("fund", args=[found.pk])
    return asked(request, CloseForm(sent(request), fund=found), act, words)


@post_required("handle_funds")
def book_back(request, pk, entry):
    found = kept_fund(request, pk)
    rows = Entry.objects.filter(fund=found, kind=EntryKind.DEPOSIT)
    booked = get_object_or_404(rows.select_related("fund"), pk=entry)

    def act(because):
        reverse_deposit(booked, because=because, by=request.post, at=timezone.now())
        messages.success(request, _("The deposit is booked back."))
        return redirect("fund", found.pk)

    said = {"number": booked.number, "amount": f"{booked.amount:,.2f}", "donor": booked.donor}
    words = {"title": _("Book a deposit back"), "act": _("Book it back")}
    words["text"] = _("Entry %(number)d: %(amount)s yuan from %(donor)s.") % said
    words["back"] = reverse("fund", args=[found.pk])
    return asked(request, BookBackForm(sent(request)), act, words)


@post_required("handle_funds")
def pay_many(request, pk):
    """Approved grants with a tick each; those ticked are paid in the background."""
    found = kept_fund(request, pk)
    ready = payable(found).select_related("household__village")
    if request.method == "POST":
        ids = [pk for pk in request.POST.getlist("grant") if pk.isascii() and pk.isdecimal()]
        chosen = ready.filter(pk__in=[pk for pk in ids if len(pk) < 18])
        try:
            ids = chosen.values_list("pk", flat=True)
            job = ask_to_pay(fund=found, grants=ids, by=request.post, at=timezone.now())
        except FundRefusal as refusal:
            messages.error(request, str(refusal))
        else:
            return redirect("job", job.pk)
    rows = list(ready[:500])
    context = {"fund": found, "rows": rows, "total": sum(row.amount for row in rows)}
    return render(request, "assistance/funds/pay.html", context)


def _year(request, found):
    years, asked_for = years_of(found), request.GET.get("year", "")
    known = [year for year in years if str(year) == asked_for]
    return years, (known or years or [timezone.localdate().year])[0]


@post_required("read_funds")
def public(request, pk):
    """To be printed and posted: masked names, no number of a household."""
    found = visible_fund(request, pk)
    years, year = _year(request, found)
    rows = public_rows(found, year)
    context = {"fund": found, "rows": rows, "year": year, "years": years}
    context["total"] = sum(row["amount"] for row in rows)
    return render(request, "assistance/funds/public.html", context)


@post_required("read_funds")
def public_file(request, pk):
    found = visible_fund(request, pk)
    _years, year = _year(request, found)
    answer = HttpResponse(public_workbook(found, year), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="grants-{found.pk}-{year}.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer
