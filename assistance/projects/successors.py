"""Assets, leases, projects and the collectives' books follow their division when its code is given
up, as households do (``households/successors.py``). The trail says so; by then they were elsewhere.

Of two villages that become one, the books stay two: what is in the one goes over into the other by
an entry in each, so that no line of either is rewritten.
"""

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Division
from accounts.models.divisions import Level
from accounts.successors import HEIRS
from assistance.models import (
    Asset,
    AssetAct,
    AssetWhat,
    Collective,
    CollectiveEntry,
    IncomeKind,
    Lease,
    Project,
    ProjectAct,
    ProjectState,
    ProjectWhat,
    UseKind,
    Way,
)
from assistance.projects.assets import REPAIR, WRITE_OFF, ask_keeper
from assistance.projects.checks import put
from assistance.projects.store import STEP, ask
from duties.doing import open_task, settle
from duties.models.tasks import GONE
from households.successors import BECAUSE


@transaction.atomic
def follow_places(*, on, at):
    """Out of divisions given up by ``on``; may be repeated. Returns how many assets, projects and
    books moved, and the villages whose books cannot: their heir is no village."""
    heirs = _heirs(on)
    assets = [_asset(row, heirs[row.at_id], at) for row in _of(Asset, heirs)]
    projects = [_project(row, heirs[row.at_id], at) for row in _of(Project, heirs)]
    for lease in Lease.objects.filter(village__in=heirs).only("village"):
        heir, _moved_on = heirs[lease.village_id]
        if heir.level == Level.VILLAGE:
            Lease.objects.filter(pk=lease.pk).update(village=heir)
    moved, stuck = _books(heirs, at)
    return {"assets": len(assets), "projects": len(projects), "books": moved}, stuck


def _heirs(on):
    """{division: (its heir, since when)}, of those alone where something may lie."""
    with connection.cursor() as cursor:
        cursor.execute(f"{HEIRS} SELECT old, heir, moved_on FROM heirs", {"on": on})
        found = {old: (heir, moved_on) for old, heir, moved_on in cursor.fetchall()}
    known = Division.objects.in_bulk({heir for heir, _moved_on in found.values()})
    return {old: (known[heir], moved_on) for old, (heir, moved_on) in found.items()}


def _of(model, heirs):
    rows = model.objects.select_for_update(no_key=True, of=("self",)).filter(at__in=heirs)
    return rows.select_related("at").order_by("pk")


def _asset(asset, gone, at):
    heir, moved_on = gone
    words = f"{asset.at.name} → {heir.name}"
    changes = put(asset, at_id=heir.pk)
    asset.at = heir
    AssetAct.objects.create(
        asset=asset, what=AssetWhat.CODE_CHANGED, on=moved_on, words=words, changes=changes,
        by=None, at=at,
    )  # fmt: skip
    if task := settle(REPAIR, asset.pk, outcome=GONE, result=BECAUSE, by=None, at=at):
        ask_keeper(asset, due_on=task.due_on, by=None, at=at)
    if task := settle(WRITE_OFF, asset.pk, outcome=GONE, result=BECAUSE, by=None, at=at):
        open_task(WRITE_OFF, key=asset.pk, at_division=heir.county, figures=task.figures,
                  due_on=task.due_on, by=None, at=at)  # fmt: skip
    return asset


def _project(project, gone, at):
    heir, _moved_on = gone
    words = f"{project.at.name} → {heir.name}"
    changes = put(project, at_id=heir.pk)
    project.at = heir
    ProjectAct.objects.create(
        project=project, what=ProjectWhat.CODE_CHANGED, because=words, changes=changes,
        by=None, at=at,
    )  # fmt: skip
    if project.state == ProjectState.PROPOSED:
        key = f"{project.pk}-{project.waiting_level}"
        if task := settle(STEP, key, outcome=GONE, result=BECAUSE, by=None, at=at):
            ask(project, due_on=task.due_on, by=None, at=at)
    return project


def _books(heirs, at):
    moved, stuck = 0, []
    rows = Collective.objects.select_for_update(of=("self",)).filter(village__in=heirs)
    for book in rows.select_related("village").order_by("pk"):
        heir, moved_on = heirs[book.village_id]
        if heir.level != Level.VILLAGE:
            stuck.append(book.village.name)
            continue
        other = Collective.objects.select_for_update().filter(village=heir).first()
        if other is None:
            book.village = heir
            book.save(update_fields=["village"])
            moved += 1
        elif book.balance:
            _hand_over(book, other, moved_on, at)
            moved += 1
    return moved, stuck


def _hand_over(book, other, on, at):
    amount, said = book.balance, {"on": on, "recorded_at": at}
    with override("zh-hans"):  # what is kept is kept in the language of the house
        to = _("to the books of %(village)s") % {"village": other.village.name}
        out = _("from the books of %(village)s") % {"village": book.village.name}
    _enter(book, Way.OUT, UseKind.PASSED_ON, amount, words=to, **said)
    _enter(other, Way.IN, IncomeKind.TAKEN_OVER, amount, words=out, **said)


def _enter(book, way, what, amount, **said):
    book.balance += amount if way == Way.IN else -amount
    book.save(update_fields=["balance"])
    last = book.entries.order_by("-number").values_list("number", flat=True).first() or 0
    CollectiveEntry.objects.create(
        collective=book, number=last + 1, way=way, what=what, amount=amount,
        balance_after=book.balance, recorded_by=None, **said,
    )  # fmt: skip
