"""Inspections, repairs and upkeep of assets (GZ 4.5: no project built lies idle)."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models.divisions import Level
from assistance.models import AssetAct, AssetState, AssetWhat, Use, UseKind
from assistance.projects.assets import REPAIR, ask_keeper, record, taken
from assistance.projects.checks import check_amount, check_past, oversees, put
from assistance.projects.collective import use
from assistance.projects.refusals import ProjectRefusal
from assistance.spending import Source
from duties.doing import settle

OPEN = (AssetState.KEPT, AssetState.ASKED)
LONGEST = 120  # working days


@transaction.atomic
def inspect(asset, *, on, words, found, photo=None, taken_at=None, client_id=None, by, at):
    """What an inspection found: in use, idle or out of order. The same ``client_id`` is once."""
    asset = taken(asset, None, by, OPEN)
    if stored := _stored(asset, client_id):
        return stored
    check_past(on, at)
    latest = max(filter(None, (asset.inspected_on, on)))
    facts = {"inspected_on": latest}
    if latest == on:
        facts["use"] = found
    changes = put(asset, **facts)
    return _record(
        asset, AssetWhat.INSPECTED, on, words, by, at, changes=changes, photo=photo or "",
        taken_at=taken_at, client_id=client_id,
    )  # fmt: skip


@transaction.atomic
def ask_repair(asset, *, words, days, seen_version=None, by, at):
    """A task of the keeping desk, due in working days; one at a time. By the county."""
    asset = taken(asset, seen_version, by)
    if not oversees(by, asset.at):
        raise ProjectRefusal(_("The county asks for repairs."))
    if not words.strip():
        raise ProjectRefusal(_("Say what is to be repaired."), "words")
    if not 1 <= days <= LONGEST:
        said = _("Give it one to %(most)d working days.")
        raise ProjectRefusal(said % {"most": LONGEST}, "days")
    _task, new = ask_keeper(asset, days=days, by=by, at=at)
    if not new:
        raise ProjectRefusal(_("A repair is asked for already; it has its own deadline."))
    changes = put(asset, use=Use.BROKEN)
    return _record(asset, AssetWhat.REPAIR_ASKED, localdate(at), words, by, at, changes=changes)


@transaction.atomic
def repaired(
    asset, *, on, words, amount=None, source="", photo=None, taken_at=None, client_id=None, by, at
):
    """Ends the repair that was asked for; it is in use again."""
    asset = taken(asset, None, by, OPEN)
    if stored := _stored(asset, client_id):
        return stored
    check_past(on, at)
    _spend(asset, amount, source, on, words, by, at)
    changes = put(asset, use=Use.IN_USE)
    settle(REPAIR, asset.pk, outcome="repaired", result=words, by=by, at=at)
    return _record(
        asset, AssetWhat.REPAIRED, on, words, by, at, changes=changes, amount=amount,
        source=source, photo=photo or "", taken_at=taken_at, client_id=client_id,
    )  # fmt: skip


@transaction.atomic
def note_upkeep(
    asset, *, on, words, amount, source, photo=None, taken_at=None, client_id=None, by, at
):
    """Upkeep done and paid for; paid by the collective it is a use of its income."""
    asset = taken(asset, None, by, OPEN)
    if stored := _stored(asset, client_id):
        return stored
    check_past(on, at)
    check_amount(amount)
    _spend(asset, amount, source, on, words, by, at)
    return _record(
        asset, AssetWhat.UPKEEP, on, words, by, at, amount=amount, source=source,
        photo=photo or "", taken_at=taken_at, client_id=client_id,
    )  # fmt: skip


def _spend(asset, amount, source, on, words, by, at):
    if (amount is None) != (not source):
        raise ProjectRefusal(_("An amount has a source; enter both or neither."), "source")
    if source != Source.COLLECTIVE:
        return
    if asset.at.level != Level.VILLAGE:
        words = _("Only a village has income of the collective; choose another source.")
        raise ProjectRefusal(words, "source")
    use(asset.at, what=UseKind.UPKEEP, amount=amount, on=on, words=words, asset=asset, by=by, at=at)


def _stored(asset, client_id):
    """The act of this id, when the same form came before."""
    stored = client_id and AssetAct.objects.filter(client_id=client_id).first()
    if stored and stored.asset_id != asset.pk:
        raise ProjectRefusal(_("This is already stored for another asset."))
    return stored


def _record(asset, what, on, words, by, at, **facts):
    if not words.strip():
        raise ProjectRefusal(_("Say what was found or done."), "words")
    return record(asset, what, on=on, words=words, by=by, at=at, **facts)
