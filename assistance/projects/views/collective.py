"""Pages of the village collectives: villages by income, the books of one, income, uses."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from accounts.models import Division
from accounts.models.divisions import Level
from accounts.paging import page_of
from accounts.places import chosen
from assistance.models import Collective, CollectiveEntry, Rent
from assistance.projects import collective as books
from assistance.projects.checks import keeps
from assistance.projects.forms import EndLeaseForm, IncomeForm, UseForm
from assistance.projects.lists import VILLAGE_VIEWS, Views, a_year_to, villages_of
from assistance.projects.refusals import ProjectRefusal
from assistance.projects.views.asking import asked, given, need_reading
from households.lists import places_for
from households.models import Household

YEARS = 5


def years_back(today):
    return [today.year - n for n in range(1, YEARS + 1)]


def span(asked_for, today):
    """``(year or None, first day, last day)``: a whole year, else the twelve months to today."""
    year = next((y for y in years_back(today) if str(y) == asked_for), None)
    return (year, date(year, 1, 1), date(year, 12, 31)) if year else (None, *a_year_to(today))


@post_required()
def collectives(request):
    need_reading(request.post)
    post, today = request.post, timezone.localdate()
    division = chosen(post, request.GET.get("division"))
    year, since, last = span(request.GET.get("year"), today)
    rows = villages_of(division or post.division, since, last).select_related("township")
    rows = rows.filter(Q(collective__isnull=False) | ~Q(valid_to__lte=today))
    views = Views(request.GET, rows, VILLAGE_VIEWS, {})
    context = {
        "page": page_of(views.rows(), request.GET, order=("code",)),
        "views": views,
        "chips": views.chips(),
        "places": places_for(post, division),
        "year": year,
        "years": years_back(today),
        "since": since,
        "last": last,
    }
    return render(request, "assistance/projects/collectives.html", context)


def visible_village(request, pk):
    need_reading(request.post)
    rows = Division.objects.below(request.post.division).filter(level=Level.VILLAGE)
    return get_object_or_404(rows.select_related("township", "county"), pk=pk)


@post_required()
def collective(request, pk):
    village = visible_village(request, pk)
    today = timezone.localdate()
    book = Collective.objects.filter(village=village).first()
    rows = CollectiveEntry.objects.filter(collective=book)
    rows = rows.select_related(
        "asset", "household", "rent", "reverses", "reversed_by", "recorded_by__officer"
    )
    months = villages_of(village, *a_year_to(today)).get()
    page = page_of(rows, request.GET, order=("-number",))
    homes = {row.household_id for row in page if row.household_id}
    late = Rent.objects.overdue(today).filter(lease__village=village)
    context = {
        "village": village,
        "book": book,
        "agrees": book is None or books.sum_of(book) == book.balance,
        "months": months,
        "years": [(y, villages_of(village, *span(str(y), today)[1:]).get()) for y in _known(rows)],
        "page": page,
        "seen": set(
            Household.objects.visible_to(request.post)
            .filter(pk__in=homes)
            .values_list("pk", flat=True)
        ),
        "late": late.select_related("lease__asset"),
        "keeps": keeps(request.post, village),
    }
    return render(request, "assistance/projects/collective.html", context)


def book_of_nobody():
    return CollectiveEntry.objects.none()


def _known(rows):
    """The whole years that something is booked in."""
    years = set(rows.order_by().values_list("on__year", flat=True).distinct())
    return sorted(years & set(years_back(timezone.localdate())), reverse=True)


def kept_village(request, pk):
    village = visible_village(request, pk)
    if not keeps(request.post, village):
        raise PermissionDenied
    return village


@post_required("keep_assets")
def income(request, pk):
    village = kept_village(request, pk)
    due = Rent.objects.filter(lease__village=village, cancelled=False).select_related(
        "lease__asset"
    )
    # What a form names was due when it was opened; sent twice, it finds its entry.
    due = [rent for rent in due if rent.left or request.method == "POST"]
    wanted = next((rent for rent in due if str(rent.pk) == request.GET.get("rent")), None)
    initial = {"on": timezone.localdate()}
    if wanted:
        initial |= {"rent": wanted.pk, "amount": wanted.left, "party": wanted.lease.lessee}
        initial["paper"] = wanted.lease.paper
    form = IncomeForm(rents=due, initial=initial, **given(request))

    def act(**facts):
        books.earn(village, **facts, by=request.post, at=timezone.now())
        messages.success(request, _("The income is booked."))
        return redirect("collective", village.pk)

    words = {"title": _("Book income of the collective"), "act": _("Book the income")}
    words["text"] = _("Rent, solar power, dividends, business and services count as what the"
                      " village earns (GZ 2.5).")  # fmt: skip
    return asked(request, form, act, words | _about(village))


@post_required("keep_assets")
def uses(request, pk):
    """One use; or with households named the same amount to each of them, all or none."""
    village = kept_village(request, pk)
    form = UseForm(initial={"on": timezone.localdate()}, **given(request))

    def act(numbers, file, amount, **facts):
        given_to = homes_of(form.lines(request.post), request.post)
        facts |= {"by": request.post, "at": timezone.now()}
        if given_to:
            books.distribute(village, each=amount, households=given_to, **facts)
        else:
            books.use(village, amount=amount, **facts)
        messages.success(request, _("The use is booked."))
        return redirect("collective", village.pk)

    words = {"title": _("Book a use of the collective's income"), "act": _("Book the use")}
    words["text"] = _(
        "After the reserve mainly for public-welfare posts, small public works, awards, aid and"
        " bonuses (GZ 4.3.1); never more than came in."
    )
    return asked(request, form, act, words | _about(village))


def homes_of(lines, post):
    """The households of lines; a line that is not taken refuses them all, with its reason."""
    for line in lines:
        if line.refusal:
            raise ProjectRefusal(f"{line.said}: {line.refusal}", "numbers")
    ids = {line.household_id for line in lines}
    rows = Household.objects.visible_to(post).filter(pk__in=ids)
    return list(rows.select_related("village").order_by("pk"))


@post_required("keep_assets")
def book_back(request, pk, entry):
    village = kept_village(request, pk)
    rows = CollectiveEntry.objects.filter(collective__village=village)
    booked = get_object_or_404(rows.select_related("collective__village"), pk=entry)
    form = EndLeaseForm(**given(request))
    del form.fields["on"]

    def act(because):
        books.book_back(booked, because=because, by=request.post, at=timezone.now())
        messages.success(request, _("The entry is booked back."))
        return redirect("collective", village.pk)

    said = {"number": booked.number, "what": booked.what_words, "amount": f"{booked.amount:,.2f}"}
    words = {"title": _("Book an entry back"), "act": _("Book it back")}
    words["text"] = _("Entry %(number)d: %(what)s, %(amount)s yuan.") % said
    return asked(request, form, act, words | _about(village))


def _about(village):
    return {"about": village, "back": reverse("collective", args=[village.pk])}
