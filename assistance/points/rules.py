"""Rules and goods of a village or township: set, ended, stocked. Nothing in use is changed."""

from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models.divisions import Level
from accounts.typed import number_typed
from assistance.models import PointRule, ShopGood, ShopMove
from assistance.points.refusals import PointRefusal

MOST_POINTS = 1000
MOST_STOCK = 100_000


def keeps(post, division):
    """A village its own shop; a township its own and those of its villages."""
    fits = division.level in (Level.TOWNSHIP, Level.VILLAGE)
    return post.may("keep_points") and fits and post.division.contains(division)


def check_keeps(division, by):
    if not keeps(by, division):
        raise PointRefusal(_("Your post keeps no points there."))


def check_words(field, *words):
    """No number of a person stands in entries and lists."""
    if sentence := number_typed(*words):
        raise PointRefusal(sentence, field)


def _check_points(points):
    if not 0 < points <= MOST_POINTS:
        said = {"most": MOST_POINTS}
        raise PointRefusal(_("Enter points from 1 to %(most)d.") % said, "points")


def set_rule(*, division, words, points, since, most=None, client_id=None, by, at):
    """The same ``client_id`` again gives the stored rule."""
    check_keeps(division, by)
    if stored := _same(PointRule, client_id, division):
        return stored
    _check_points(points)
    if not words.strip():
        raise PointRefusal(_("Say what earns the points."), "words")
    check_words("words", words)
    if most is not None and most < 1:
        raise PointRefusal(_("At least once a month, or leave it open."), "most")
    said = {"words": words.strip(), "points": points, "most": most, "since": since}
    said |= {"division": division, "set_by": by, "set_at": at}
    return PointRule.objects.get_or_create(client_id=client_id or uuid4(), defaults=said)[0]


def _same(model, client_id, division):
    stored = model.objects.filter(client_id=client_id).first() if client_id else None
    if stored and stored.division_id != division.pk:
        raise PointRefusal(_("This is already stored for another place."))
    return stored


def rules_on(day, village):
    """What earns points in a village on a day: its own rules and its township's."""
    rows = PointRule.objects.serving(village).filter(since__lte=day).exclude(until__lte=day)
    return rows.select_related("division").order_by("division__level", "id")


@transaction.atomic
def end_rule(rule, *, until, by, at):
    """It holds up to the day before. What was earned by it stays."""
    current = PointRule.objects.select_for_update().get(pk=rule.pk)
    check_keeps(current.division, by)
    if current.until:
        raise PointRefusal(_("This rule ends already."))
    if until < current.since or until < localdate(at):
        raise PointRefusal(_("It can end today at the earliest."), "until")
    current.until, current.ended_by, current.ended_at = until, by, at
    current.save(update_fields=["until", "ended_by", "ended_at"])
    return current


def add_good(*, division, name, points, stock, client_id=None, by, at):
    """The same ``client_id`` again gives the stored goods."""
    check_keeps(division, by)
    if stored := _same(ShopGood, client_id, division):
        return stored
    _check_points(points)
    if not name.strip():
        raise PointRefusal(_("Name the goods."), "name")
    if not 0 <= stock <= MOST_STOCK:
        raise PointRefusal(_("Enter how many lie in the shop."), "stock")
    said = {"name": name.strip(), "points": points, "stock": stock, "division": division}
    said |= {"set_by": by, "set_at": at}
    try:
        with transaction.atomic():
            return ShopGood.objects.get_or_create(client_id=client_id or uuid4(), defaults=said)[0]
    except IntegrityError:
        words = _("Goods of this name lie in the shop already; put more of them in.")
        raise PointRefusal(words, "name") from None


@transaction.atomic
def put_in(good, *, count, words="", client_id=None, by, at):
    """More of it came in; with a minus, some spoiled or went missing. The same ``client_id`` again
    moves nothing."""
    current = _good(good, by)
    if client_id and (stored := ShopMove.objects.filter(client_id=client_id).first()):
        if stored.good_id != current.pk:
            raise PointRefusal(_("This is already stored for other goods."))
        return current
    if not 0 <= current.stock + count <= MOST_STOCK or not count:
        said = {"stock": current.stock}
        raise PointRefusal(_("%(stock)d lie in the shop; it cannot hold that.") % said, "count")
    if count < 0 and not words.strip():
        raise PointRefusal(_("Say why they are missing."), "words")
    check_words("words", words)
    current.stock += count
    current.save(update_fields=["stock"])
    ShopMove.objects.create(
        client_id=client_id or uuid4(), good=current, count=count, stock_after=current.stock,
        words=words.strip()[:200], by=by, at=at,
    )  # fmt: skip
    return current


@transaction.atomic
def take_out_of_shop(good, *, by, at):
    """It is no longer offered; to change its points, offer it anew."""
    current = _good(good, by)
    current.closed_on, current.closed_by, current.closed_at = localdate(at), by, at
    current.save(update_fields=["closed_on", "closed_by", "closed_at"])
    return current


def _good(good, by):
    current = ShopGood.objects.select_for_update(no_key=True).get(pk=good.pk)
    check_keeps(current.division, by)
    if current.closed_on:
        raise PointRefusal(_("These goods are no longer offered."))
    return current


def goods_of(village):
    """What lies in the shop of a village, its township's included."""
    rows = ShopGood.objects.serving(village).filter(closed_on=None)
    return rows.select_related("division").order_by("points", "name", "id")
