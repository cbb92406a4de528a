"""Acts on assets: registered, changed, transferred, written off (GZ 4.5). Nothing is deleted."""

from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from accounts.models.divisions import Level
from assistance.models import Asset, AssetAct, AssetMoney, AssetState, AssetWhat, ProjectState
from assistance.projects.checks import (
    FIRST_YEAR,
    check_keeps,
    check_past,
    check_reason,
    check_said,
    check_words,
    money_of,
    next_number,
    oversees,
    put,
    registers,
    seen_as,
)
from assistance.projects.refusals import ProjectRefusal
from duties.doing import open_task, settle
from duties.models.tasks import GONE

WRITE_OFF, REPAIR = "asset_write_off", "asset_repair"
ROLES = {Level.VILLAGE: "village", Level.TOWNSHIP: "township", Level.COUNTY: "county"}


@transaction.atomic
def register_asset(*, at_division, money, project=None, client_id=None, by, at, **facts):
    """``(asset, registered now)``. ``money``: {source: yuan}; its sum is the value. By township or
    county; of a finished project, its asset."""
    client_id = client_id or uuid4()
    if stored := Asset.objects.filter(client_id=client_id).first():
        if not by.division.contains(stored.at):
            raise ProjectRefusal(_("This asset is already stored for another place."))
        return stored, False
    if not registers(by) or not by.division.contains(at_division):
        raise ProjectRefusal(_("Township and county put assets of their place into the ledger."))
    if at_division.level < Level.COUNTY:
        raise ProjectRefusal(_("An asset belongs to a county, township or village."), "at_division")
    if project and project.state != ProjectState.FINISHED:
        raise ProjectRefusal(_("Only a finished project becomes an asset."))
    amounts = money_of(money)
    check_facts(facts, at)
    number = next_number(Asset, "A", at_division, facts["built_year"])
    given = {"at": at_division, "number": number, "value": sum(amounts.values()), **facts}
    given |= {"project": project, "registered_by": by, "registered_at": at}
    asset, new = Asset.objects.get_or_create(client_id=client_id, defaults=given)
    if new:
        AssetMoney.objects.bulk_create(
            AssetMoney(asset=asset, source=source, amount=yuan) for source, yuan in amounts.items()
        )
        record(asset, AssetWhat.REGISTERED, on=localdate(at), by=by, at=at)
    return asset, new


def check_facts(facts, at):
    for field in ("name", "place", "keeper_name", "supervisor"):
        check_said(field, facts[field])
    if not FIRST_YEAR <= facts["built_year"] <= localdate(at).year:
        raise ProjectRefusal(_("Check the year in which it was built."), "built_year")
    check_upkeep(facts)


def check_upkeep(facts):
    if (facts.get("upkeep") is None) != (not facts.get("upkeep_source")):
        words = _("Upkeep money has an amount a year and a source; enter both or neither.")
        raise ProjectRefusal(words, "upkeep")
    if facts.get("upkeep") is not None and facts["upkeep"] < 0:
        raise ProjectRefusal(_("The amount cannot be less than nothing."), "upkeep")


@transaction.atomic
def change_asset(asset, *, because, seen_version=None, by, at, **facts):
    """Its keeper, supervisor, upkeep money, place or use: by whoever keeps it, with the reason."""
    asset = taken(asset, seen_version, by)
    check_reason(because)
    whole = {name: facts.get(name, getattr(asset, name)) for name in CHANGEABLE}
    check_facts(whole | {"built_year": asset.built_year}, at)
    changes = put(asset, **{name: whole[name] for name in CHANGEABLE})
    if not changes:
        raise ProjectRefusal(_("Nothing is different from what the ledger says."))
    record(asset, AssetWhat.CHANGED, words=because, changes=changes, on=localdate(at), by=by, at=at)
    return asset


CHANGEABLE = (
    *("name", "place", "keeper", "keeper_name", "supervisor"),
    *("upkeep", "upkeep_source", "use"),
)


@transaction.atomic
def transfer_asset(
    asset, *, owner, owner_name="", keeper, keeper_name, supervisor, at_division=None, paper, on,
    because, seen_version=None, by, at,
):  # fmt: skip
    """To another owner, keeper or division of the county; by township or county, with the paper."""
    asset = taken(asset, seen_version, by)
    if not registers(by):
        raise ProjectRefusal(_("Township and county transfer an asset."))
    check_reason(because)
    check_past(on, at)
    check_said("paper", paper)
    check_said("keeper_name", keeper_name, supervisor)
    to = at_division or asset.at
    if not by.division.contains(to) or to.level < Level.COUNTY:
        raise ProjectRefusal(_("It can go to a place of your own division only."), "at_division")
    running = asset.leases.filter(until__gt=on).exclude(ended_on__lte=on)
    if to != asset.at and running.exists():  # so what is unpaid was due before, to the old village
        raise ProjectRefusal(_("It is leased; end the lease first."), "at_division")
    said = {"owner": owner, "owner_name": owner_name, "keeper": keeper, "at_id": to.pk}
    changes = put(asset, **said, keeper_name=keeper_name.strip(), supervisor=supervisor.strip())
    if not changes:
        raise ProjectRefusal(_("Nothing is different from what the ledger says."))
    said = {"words": because, "paper": paper, "changes": changes, "on": on}
    record(asset, AssetWhat.TRANSFERRED, **said, by=by, at=at)
    if "at_id" in changes:
        _repair_follows(asset, because, by, at)
    return asset


def _repair_follows(asset, because, by, at):
    """A repair that was asked for goes to the desk of the new place; its deadline stays."""
    if task := settle(REPAIR, asset.pk, outcome=GONE, result=because, by=by, at=at):
        ask_keeper(asset, due_on=task.due_on, by=by, at=at)


def ask_keeper(asset, *, by, at, **due):
    return open_task(
        REPAIR, key=asset.pk, at_division=asset.at, role=ROLES[asset.at.level],
        figures={"number": asset.number}, by=by, at=at, **due,
    )  # fmt: skip


@transaction.atomic
def ask_write_off(asset, *, because, seen_version=None, by, at):
    """By whoever keeps it; the county decides, somebody else than who asked."""
    asset = taken(asset, seen_version, by)
    check_reason(because)
    changes = put(asset, state=AssetState.ASKED)
    record(
        asset, AssetWhat.WRITE_OFF_ASKED, words=because, changes=changes, on=localdate(at),
        by=by, at=at,
    )  # fmt: skip
    open_task(
        WRITE_OFF, key=asset.pk, at_division=asset.at.county, figures={"number": asset.number},
        by=by, at=at,
    )  # fmt: skip
    return asset


@transaction.atomic
def decide_write_off(asset, *, approve, because, seen_version=None, by, at):
    asset = taken(asset, seen_version, by, states=(AssetState.ASKED,))
    check_reason(because)
    asked = asset.acts.filter(what=AssetWhat.WRITE_OFF_ASKED).first()
    if not oversees(by, asset.at):
        raise ProjectRefusal(_("The county decides whether an asset is written off."))
    if persons_behind(by) & persons_behind(asked.by):
        raise ProjectRefusal(_("You asked for it; somebody else of the county decides."))
    if approve and asset.leases.filter(ended_on=None, until__gt=localdate(at)).exists():
        raise ProjectRefusal(_("It is leased; end the lease first."))
    state = AssetState.WRITTEN_OFF if approve else AssetState.KEPT
    what = AssetWhat.WRITTEN_OFF if approve else AssetWhat.KEPT
    changes = put(asset, state=state)
    record(asset, what, words=because, changes=changes, on=localdate(at), by=by, at=at)
    outcome = "written_off" if approve else "kept"
    settle(WRITE_OFF, asset.pk, outcome=outcome, result=because, by=by, at=at)
    if approve:
        settle(REPAIR, asset.pk, outcome=GONE, result=because, by=by, at=at)
    return asset


def taken(asset, seen_version, by, states=(AssetState.KEPT,)):
    """The row, locked, as it was seen, kept by ``by`` and in one of the states."""
    row = Asset.objects.select_for_update(no_key=True, of=("self",)).select_related("at")
    row = row.get(pk=asset.pk)
    check_keeps(by, row.at)
    seen_as(row, seen_version)
    if row.state not in states:
        words = _("This asset is not open to this: %(state)s.")
        raise ProjectRefusal(words % {"state": row.get_state_display()})
    return row


def record(asset, what, *, on, by, at, words="", client_id=None, **facts):
    check_words("words", words)
    return AssetAct.objects.create(
        client_id=client_id or uuid4(), asset=asset, what=what, on=on, words=words.strip()[:400],
        by=by, at=at, **facts,
    )  # fmt: skip
