"""Leases of the collective's assets: a rent a year, due on a day, late until it is paid."""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.db.models import BigIntegerField, Case, CharField, F, Q, Value, When
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.models import Lease, Owner, Rent
from assistance.projects.assets import REPAIR, WRITE_OFF, taken
from assistance.projects.checks import (
    FIRST_YEAR,
    check_amount,
    check_past,
    check_reason,
    check_said,
)
from assistance.projects.collective import RENT_LATE
from assistance.projects.refusals import ProjectRefusal
from duties.doing import settle
from duties.following import follow
from duties.kinds import Kind, add_kind
from duties.models.tasks import GONE

LONGEST = 70  # years; a lease of farm land may be long
AHEAD = 5  # years; later it is mistyped


@transaction.atomic
def make_lease(asset, *, lessee, paper, since, until, rent, first_due_on, client_id=None, by, at):
    """``(lease, made now)``, with a rent due each year from ``first_due_on`` until its end."""
    asset = taken(asset, None, by)
    client_id = client_id or uuid4()
    if stored := Lease.objects.filter(client_id=client_id).first():
        if stored.asset_id != asset.pk:
            raise ProjectRefusal(_("This lease is already stored for another asset."))
        return stored, False
    if asset.owner != Owner.COLLECTIVE or not asset.at.village_id:
        raise ProjectRefusal(_("Only an asset of a village's collective is leased here."))
    check_said("lessee", lessee, paper)
    check_amount(rent, "rent")
    if not FIRST_YEAR <= since.year <= localdate(at).year + AHEAD:
        raise ProjectRefusal(_("The day lies too far back, or too far ahead."), "since")
    if until <= since or until > _years_after(since, LONGEST):
        raise ProjectRefusal(_("Check the days: it ends after it begins."), "until")
    if not since <= first_due_on <= until:
        raise ProjectRefusal(_("The first rent is due while the lease lasts."), "first_due_on")
    _check_free(asset, since, until)
    lease = Lease.objects.create(
        asset=asset, village=asset.at, lessee=lessee.strip(), paper=paper.strip(), since=since,
        until=until, rent=rent, client_id=client_id, made_by=by, made_at=at,
    )  # fmt: skip
    days = _dues(first_due_on, until)
    Rent.objects.bulk_create(Rent(lease=lease, due_on=day, amount=rent) for day in days)
    return lease, True


def _check_free(asset, since, until):
    for other in asset.leases.filter(since__lt=until, until__gt=since):
        if (other.ended_on or other.until) > since:
            words = _("It is leased to %(lessee)s until %(until)s.")
            said = {"lessee": other.lessee, "until": other.ended_on or other.until}
            raise ProjectRefusal(words % said, "since")


def _dues(first, until):
    days = []
    while (day := _years_after(first, len(days))) <= until:
        days.append(day)
    return days


def _years_after(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, in a year that has none
        return date(day.year + years, 2, 28)


@transaction.atomic
def end_lease(lease, *, on, because, by, at):
    """Ended early: what falls due after the day falls away, what was due before stays."""
    taken(lease.asset, None, by)
    lease = Lease.objects.select_for_update().get(pk=lease.pk)
    check_reason(because)
    check_past(on, at)
    if lease.ended_on:
        raise ProjectRefusal(_("This lease has ended already."))
    if not lease.since <= on <= lease.until:
        raise ProjectRefusal(_("The day lies outside the lease."), "on")
    lease.ended_on, lease.ended_because = on, because.strip()[:200]
    lease.save(update_fields=["ended_on", "ended_because"])
    gone = lease.rents.filter(due_on__gt=on, paid=0)
    for rent in gone:
        settle(RENT_LATE, rent.pk, outcome=GONE, result=because, by=by, at=at)
    gone.update(cancelled=True)
    return lease


def follow_rents(*, at):
    """Every night: a task of the village for each rent that is late, until it is paid."""
    rows = Rent.objects.overdue(localdate(at)).annotate(
        key=Cast("id", CharField()),
        household_id=Cast(Value(None), BigIntegerField()),
        at_id=F("lease__village_id"),
        figures=JSONObject(
            asset=F("lease__asset_id"),
            due=Cast("due_on", CharField()),
            # Of an asset that has gone to another village its books are the page to book it on.
            village=Case(When(~Q(lease__asset__at=F("lease__village")), then="lease__village_id")),
        ),
    )
    return follow(RENT_LATE, rows, at=at)


def _asset(task):
    return reverse("asset", args=[task.figures.get("asset") or task.key])


def _rent(task):
    if village := task.figures.get("village"):
        return reverse("collective", args=[village])
    return _asset(task)


KINDS = {
    REPAIR: Kind(
        words=gettext_lazy("repair of an asset"),
        todo=gettext_lazy("Repair what the inspection found, and record the repair."),
        clause="GZ 4.5",
        role="village",
        days=20,
        outcomes={"repaired": gettext_lazy("repaired")},
        page=_asset,
        told=lambda task: _("Asset %(number)s is to be repaired.") % task.figures,
        done_elsewhere=True,
    ),
    WRITE_OFF: Kind(
        words=gettext_lazy("write-off of an asset"),
        todo=gettext_lazy("Decide whether the asset is written off."),
        clause="GZ 4.5",
        role="county",
        days=10,
        outcomes={
            "written_off": gettext_lazy("written off"),
            "kept": gettext_lazy("write-off refused"),
        },
        page=_asset,
        told=lambda task: _("Asset %(number)s is to be written off; decide it.") % task.figures,
        done_elsewhere=True,
    ),
    RENT_LATE: Kind(
        words=gettext_lazy("late rent"),
        todo=gettext_lazy("Collect the rent and book it, or end the lease."),
        clause="GZ 2.5, 4.5",
        role="village",
        days=10,
        follows=True,
        page=_rent,
        told=lambda task: _("The rent that was due on %(due)s is not paid.") % task.figures,
    ),
}
for code, kind in KINDS.items():
    add_kind(code, kind)
