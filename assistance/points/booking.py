"""Points of a household: earned by a rule, spent on goods, booked back. Each act holds the account
of the household, so that its balance is the sum of its entries and never below nothing."""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from assistance.models import PointAccount, PointEntry, PointKind, ShopGood
from assistance.points.refusals import PointRefusal
from assistance.points.rules import check_keeps, check_words, rules_on
from households.models import Household

EARLIEST_DAYS = 62  # points of the month before may still be entered


def check_household(household, by):
    check_keeps(household.village, by)
    if not Household.objects.visible_to(by).filter(pk=household.pk).exists():
        raise PointRefusal(_("This household lies outside the division of your post."))


@transaction.atomic
def earn(household, *, rule, on, words="", client_id=None, by, at):
    """``(entry, booked now)``. The same ``client_id`` again gives the stored entry."""
    check_household(household, by)
    account = hold(household)
    if stored := _stored(household, client_id):
        return stored, False
    _check_day(on, at)
    check_words("words", words)
    if not rules_on(on, household.village).filter(pk=rule.pk).exists():
        raise PointRefusal(_("This rule does not hold there on that day."), "rule")
    if rule.most is not None and _times(household, rule, on) >= rule.most:
        raise PointRefusal(
            _("“%(rule)s” has been counted %(most)d times in that month already.")
            % {"rule": rule.words, "most": rule.most},
            "rule",
        )
    said = {"rule": rule, "words": _with(rule.words, words)}
    return _book(account, PointKind.EARNED, rule.points, on, client_id, by, at, **said), True


@transaction.atomic
def spend(household, *, good, count, on, client_id=None, by, at):
    """Goods for points; the shop's stock goes down by as many."""
    check_household(household, by)
    account = hold(household)
    if stored := _stored(household, client_id):
        return stored, False
    _check_day(on, at)
    good = ShopGood.objects.select_for_update(no_key=True).get(pk=good.pk)
    if good.division_id not in (household.village_id, household.township_id) or good.closed_on:
        raise PointRefusal(_("These goods are not offered there."), "good")
    if count < 1 or count > good.stock:
        said = {"stock": good.stock, "good": good.name}
        raise PointRefusal(_("%(stock)d of %(good)s lie in the shop.") % said, "count")
    good.stock -= count
    good.save(update_fields=["stock"])
    words = good.name if count == 1 else f"{good.name} × {count}"
    said = {"good": good, "count": count, "words": words}
    points = -good.points * count
    return _book(account, PointKind.SPENT, points, on, client_id, by, at, **said), True


@transaction.atomic
def book_back(entry, *, because, by, at):
    """The same points the other way; once. Goods that come back lie in the shop again."""
    check_household(entry.household, by)
    account = hold(entry.household)
    if not because.strip():
        raise PointRefusal(_("Say why it is booked back."), "because")
    check_words("because", because)
    if entry.kind == PointKind.BACK:
        raise PointRefusal(_("What books back is not booked back itself."))
    if PointEntry.objects.filter(reverses=entry).exists():
        raise PointRefusal(_("This entry has been booked back already."))
    if entry.good_id:
        good = ShopGood.objects.select_for_update(no_key=True).get(pk=entry.good_id)
        good.stock += entry.count
        good.save(update_fields=["stock"])
    said = {"reverses": entry, "words": because.strip()[:200]}
    return _book(account, PointKind.BACK, -entry.points, localdate(at), None, by, at, **said)


def hold(household):
    """The account; whoever else books for this household waits until the transaction ends."""
    PointAccount.objects.get_or_create(household=household)
    return PointAccount.objects.select_for_update(no_key=True).get(household=household)


def _stored(household, client_id):
    stored = client_id and PointEntry.objects.filter(client_id=client_id).first()
    if stored and stored.household_id != household.pk:
        raise PointRefusal(_("This entry is already stored for another household."))
    return stored


def _book(account, kind, points, on, client_id, by, at, **said):
    if account.balance + points < 0:
        raise PointRefusal(
            _("The household has %(balance)d points; that is less than %(points)d.")
            % {"balance": account.balance, "points": -points},
            "count" if kind == PointKind.SPENT else None,
        )
    account.balance += points
    account.save(update_fields=["balance"])
    return PointEntry.objects.create(
        client_id=client_id or uuid4(), household_id=account.household_id, kind=kind,
        points=points, balance_after=account.balance, on=on, recorded_by=by, recorded_at=at, **said,
    )  # fmt: skip


def _check_day(on, at):
    today = localdate(at)
    if on > today or (today - on).days > EARLIEST_DAYS:
        raise PointRefusal(_("The day lies in the future, or more than two months back."), "on")


def _times(household, rule, on):
    """How often the rule was counted in the month of the day, without what was booked back."""
    rows = PointEntry.objects.filter(household=household, rule=rule, kind=PointKind.EARNED)
    first = on.replace(day=1)
    month = rows.filter(on__gte=first, on__lt=next_month(first))
    return month.filter(reversed_by=None).count()


def next_month(first):
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _with(rule, words):
    return f"{rule}：{words.strip()}"[:200] if words.strip() else rule


def books_agree(household):
    """The balance equals the sum of the entries, added up anew."""
    total = PointEntry.objects.filter(household=household).aggregate(t=Sum("points"))["t"] or 0
    account = PointAccount.objects.filter(household=household).first()
    return (account.balance if account else 0) == total
