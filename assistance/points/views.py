"""Pages of points: who has how many, one household's entries, rules, goods, the lists of months."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import chosen, narrowed
from assistance.models import PointAccount, PointEntry, PointList, PointRule, ShopGood
from assistance.points import booking, forms, posting, rules
from assistance.social.asking import asked, need_office, sent
from households.lists import places_for
from households.models import Household
from households.views.household import visible_household

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MOVES_SHOWN = 20


def _now(request):
    return {"by": request.post, "at": timezone.now()}


@post_required()
def points(request):
    """Households with an account of points, in the order of the register: nobody is ranked."""
    need_office(request.post)
    post = request.post
    homes = Household.objects.visible_to(post).exclude(points=None)
    homes, place = narrowed(homes, post, request.GET.get("division"))
    homes = homes.select_related("points", "village", "township")
    context = {
        "page": page_of(homes, request.GET, order=("id",)),
        "places": places_for(post, place),
        "keeps": post.may("keep_points"),
    }
    return render(request, "assistance/points/points.html", context)


@post_required()
def of_household(request, pk):
    household = visible_household(request, pk)
    need_office(request.post)
    rows = PointEntry.objects.visible_to(request.post).filter(household=household)
    account = PointAccount.objects.filter(household=household).first()
    context = {
        "household": household,
        "page": page_of(rows.select_related("recorded_by__officer", "reversed_by"), request.GET,
                        order=("-id",)),
        "balance": account.balance if account else 0,
        "agree": booking.books_agree(household),
        "keeps": rules.keeps(request.post, household.village),
    }  # fmt: skip
    return render(request, "assistance/points/household.html", context)


def _kept(request, pk):
    household = visible_household(request, pk)
    if not rules.keeps(request.post, household.village):
        raise PermissionDenied
    return household


def _of_home(request, household, form, act, words):
    def acted(**facts):
        act(household, **facts, **_now(request))
        messages.success(request, _("Done: %(act)s.") % {"act": words["act"]})
        return redirect("household_points", household.pk)

    account = PointAccount.objects.filter(household=household).first()
    said = {"head": household.head_name or household.number, "place": household.village.name}
    said["balance"] = account.balance if account else 0
    words["text"] = _("%(head)s, %(place)s: %(balance)d points") % said
    back = reverse("household_points", args=[household.pk])
    return asked(request, form, acted, words | {"back": back})


@post_required("keep_points")
def earn(request, pk):
    household = _kept(request, pk)
    known = PointRule.objects.serving(household.village)
    holding = rules.rules_on(timezone.localdate(), household.village)
    form = forms.EarnForm(sent(request), rules=known if request.method == "POST" else holding)
    words = {"title": _("Enter points earned"), "act": _("Enter the points")}
    if not holding:
        words["warning"] = _("No rule holds here today. Set what earns points first.")
    return _of_home(request, household, form, booking.earn, words)


@post_required("keep_points")
def spend(request, pk):
    household = _kept(request, pk)
    goods = rules.goods_of(household.village)
    form = forms.SpendForm(sent(request), goods=goods)
    words = {"title": _("Exchange points for goods"), "act": _("Hand out the goods")}
    if not goods:
        words["warning"] = _("Nothing lies in the shop here. Put goods in first.")
    return _of_home(request, household, form, booking.spend, words)


@post_required("keep_points")
def back(request, pk):
    need_office(request.post)
    rows = PointEntry.objects.visible_to(request.post).select_related("household__village")
    entry = get_object_or_404(rows, pk=pk)

    def act(household, because, by, at):
        return booking.book_back(entry, because=because, by=by, at=at)

    words = {"title": _("Book an entry back"), "act": _("Book it back")}
    words["warning"] = f"{entry.on:%Y-%m-%d} {entry.words} {entry.points:+d}"
    return _of_home(request, entry.household, forms.BackForm(sent(request)), act, words)


@post_required()
def shop(request):
    """What earns points and what they buy, in the post's places."""
    need_office(request.post)
    post = request.post
    place = chosen(post, request.GET.get("division"))
    known = PointRule.objects.visible_to(post).select_related("division")
    goods = ShopGood.objects.visible_to(post).filter(closed_on=None).select_related("division")
    if place:
        known, goods = known.within(place), goods.within(place)
    today = timezone.localdate()
    context = {
        "rules": known.exclude(until__lt=today).order_by("division__code", "since", "id")[:200],
        "goods": goods.order_by("division__code", "points", "id")[:200],
        "places": places_for(post, place),
        "keeps": post.may("keep_points"),
        "today": today,
        "post_division": post.division,
    }
    return render(request, "assistance/points/shop.html", context)


def _in_shop(request, form, act, words):
    def acted(**facts):
        act(**facts, **_now(request))
        messages.success(request, _("Done: %(act)s.") % {"act": words["act"]})
        return redirect("points_shop")

    return asked(request, form, acted, words | {"back": reverse("points_shop")})


@post_required("keep_points")
def new_rule(request):
    form = forms.RuleForm(sent(request), post=request.post, initial={"since": timezone.localdate()})
    words = {"title": _("Set what earns points"), "act": _("Set the rule")}
    words["text"] = _("A rule is not changed: end it and set another, so that old entries stay.")
    return _in_shop(request, form, rules.set_rule, words)


def _kept_row(request, rows, pk):
    row = get_object_or_404(rows.visible_to(request.post).select_related("division"), pk=pk)
    if not rules.keeps(request.post, row.division):
        raise PermissionDenied
    return row


@post_required("keep_points")
def end_rule(request, pk):
    rule = _kept_row(request, PointRule.objects, pk)
    words = {"title": _("End a rule"), "act": _("End the rule"), "text": rule.words}
    form = forms.EndRuleForm(sent(request), initial={"until": timezone.localdate()})
    return _in_shop(request, form, lambda **facts: rules.end_rule(rule, **facts), words)


@post_required("keep_points")
def new_good(request):
    form = forms.GoodForm(sent(request), post=request.post)
    words = {"title": _("Put new goods in the shop"), "act": _("Put the goods in")}
    return _in_shop(request, form, rules.add_good, words)


@post_required("keep_points")
def put_in(request, pk):
    good = _kept_row(request, ShopGood.objects, pk)
    words = {"title": _("Goods came in"), "act": _("Enter what came in")}
    words["text"] = _("%(good)s: %(stock)d in the shop") % {"good": good, "stock": good.stock}
    words["told"] = good.moves.select_related("by__officer")[:MOVES_SHOWN]
    form = forms.PutInForm(sent(request))
    return _in_shop(request, form, lambda **facts: rules.put_in(good, **facts), words)


@post_required("keep_points")
def close_good(request, pk):
    good = _kept_row(request, ShopGood.objects, pk)
    words = {"title": _("No longer offer the goods"), "act": _("Take the goods out")}
    words["text"] = _("%(good)s: %(stock)d in the shop") % {"good": good, "stock": good.stock}
    form = forms.ShopForm(sent(request))
    return _in_shop(request, form, lambda **facts: rules.take_out_of_shop(good, **facts), words)


@post_required()
def lists(request):
    need_office(request.post)
    rows = PointList.objects.visible_to(request.post)
    rows, place = narrowed(rows, request.post, request.GET.get("division"))
    rows = rows.select_related("village", "published_by__officer")
    context = {
        "page": page_of(rows, request.GET, order=("-month", "-id")),
        "places": places_for(request.post, place),
        "keeps": request.post.may("keep_points"),
    }
    return render(request, "assistance/points/lists.html", context)


@post_required("keep_points")
def publish(request):
    form = forms.ListForm(sent(request), post=request.post)

    def act(division, month):
        made = posting.publish_list(
            village=division, month=date.fromisoformat(month), **_now(request)
        )
        messages.success(request, _("The list is published. Print it for the board."))
        return redirect("points_list", made.pk)

    words = {"title": _("Publish the list of a month"), "act": _("Publish the list")}
    words["text"] = _("Names are masked. What is entered later does not change the list.")
    return asked(request, form, act, words | {"back": reverse("points_lists")})


def _visible_list(request, pk):
    need_office(request.post)
    rows = PointList.objects.visible_to(request.post).select_related("village")
    return get_object_or_404(rows, pk=pk)


@post_required()
def month_list(request, pk):
    found = _visible_list(request, pk)
    sums = [sum(row[at] for row in found.rows) for at in (1, 2, 3)]
    context = {"list": found, "sums": sums}
    return render(request, "assistance/points/list.html", context)


@post_required()
def month_file(request, pk):
    found = _visible_list(request, pk)
    answer = HttpResponse(posting.list_workbook(found), content_type=XLSX)
    name = f"points-{found.village.code}-{found.month:%Y-%m}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
