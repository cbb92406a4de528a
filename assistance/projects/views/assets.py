"""Pages of assets: the ledger of a place, one asset with its trail, a new one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.entry import post_required
from accounts.paging import page_of
from accounts.places import narrowed
from assistance.models import (
    Asset,
    AssetAct,
    AssetKind,
    AssetState,
    Nature,
    Owner,
    Project,
    ProjectState,
    Rent,
    Use,
)
from assistance.projects.assets import REPAIR, register_asset
from assistance.projects.checks import keeps, reads, reads_assets, reads_projects, registers
from assistance.projects.forms import AssetForm
from assistance.projects.in_charge import ALL, ASSETS, kinds_of
from assistance.projects.lists import ASSET_CHOICES, Views, asset_views
from assistance.projects.views.asking import asked, given, need_reading, visible_asset
from assistance.projects.views.asset_acts import ACTS, DECISIONS
from duties.models import Task
from households.lists import places_for

# GZ 4.5: 产权归属国有资产的按照国有资产管理规定管理，属村集体所有的按照农村集体“三资”管理规定管理.
MANAGED = {
    Owner.STATE: gettext_lazy("by the rules for state assets (GZ 4.5)"),
    Owner.COLLECTIVE: gettext_lazy("by the rules for rural collective assets, 三资 (GZ 4.5)"),
}


@post_required()
def assets(request):
    need_reading(request.post, reads_assets)
    post = request.post
    rows, place = narrowed(Asset.objects.visible_to(post), post, request.GET.get("division"))
    views = Views(request.GET, rows, asset_views(timezone.localdate(), reads(post)), ASSET_CHOICES)
    shown = views.rows().select_related("at__township")
    context = {
        "page": page_of(shown, request.GET, order=("number",)),
        "views": views,
        "chips": views.chips(),
        "places": places_for(post, place),
        "kinds": AssetKind.choices,
        "natures": Nature.choices,
        "owners": Owner.choices,
        "may_register": registers(post),
        "whole": reads(post),
        "own_kinds": own_kinds(post, ASSETS, AssetKind),
    }
    return render(request, "assistance/projects/assets.html", context)


def own_kinds(post, table, choices):
    """In words what a department reads here; nothing for whoever reads all."""
    kinds = kinds_of(post, table)
    return [] if kinds == ALL else [choices(kind).label for kind in kinds]


@post_required()
def asset(request, pk):
    found = visible_asset(request, pk)
    post = request.post
    acts = found.acts.select_related("by__officer", "by__division", "by__deputy_of__officer")
    today = timezone.localdate()
    late = Rent.objects.overdue(today).filter(lease__asset=found)
    # What it earns is the collective's business, and told with its books.
    leases = list(found.leases.select_related("village").prefetch_related("rents"))
    for lease in leases if reads(post) else []:
        lease.books = keeps(post, lease.village)
    context = {
        "asset": found,
        "acts": acts,
        "money": found.money.all(),
        "leases": leases if reads(post) else [],
        "whole": reads(post),
        "opens_project": reads_projects(post)
        and found.project_id
        and Project.objects.visible_to(post).filter(pk=found.project_id).exists(),
        "late": set(late.values_list("pk", flat=True)),
        "repair": Task.objects.open().filter(kind=REPAIR, key=str(pk)).first(),
        "keeps": keeps(post, found.at) and found.state != AssetState.WRITTEN_OFF,
        "managed": MANAGED.get(found.owner, ""),
        "offered": offered(post, found),
        "today": today,
    }
    return render(request, "assistance/projects/asset.html", context)


def offered(post, found):
    """Acts that the page offers: (address, words), the chief one last: what is to be decided, else
    what is done most."""
    names = [name for name, row in ACTS.items() if row.may(post, found)]
    names.sort(key=lambda name: name in DECISIONS)
    return [(reverse("asset_act", args=[found.pk, name]), ACTS[name].title) for name in names]


@post_required("keep_assets")
def new(request):
    """Of a finished project (``?project=``) what is known of it stands there already."""
    if not registers(request.post):
        raise PermissionDenied
    project = _project(request)
    form = AssetForm(post=request.post, initial=_known(project, request.post), **given(request))
    words = {"title": _("Put an asset into the ledger"), "act": _("Put it into the ledger")}
    words["back"] = reverse("project", args=[project.pk]) if project else reverse("assets")
    words["project"] = project
    words["money_title"] = _("What it was built from, yuan")

    def act(**facts):
        made, _new = register_asset(project=project, **facts, by=request.post, at=timezone.now())
        said = _("%(number)s is in the ledger.") % {"number": made.number}
        messages.success(request, said)
        return redirect("asset", made.pk)

    return asked(request, form, act, words, "assistance/projects/asset_new.html")


def _project(request):
    asked_for = request.GET.get("project", "")
    if not (asked_for.isascii() and asked_for.isdecimal() and len(asked_for) < 18):
        return None
    rows = Project.objects.visible_to(request.post).filter(state=ProjectState.FINISHED)
    return rows.select_related("at").filter(pk=asked_for).first()


def _known(project, post):
    known = {"built_year": timezone.localdate().year, "use": Use.IN_USE, "owner": "collective"}
    if project is None:
        return known | {"at_division": post.division}
    known |= {"at_division": project.at, "name": project.name, "built_year": project.year}
    known |= {f"money_{row.source}": row.amount for row in project.money.all()}
    return known | {"owner_name": project.at.name, "keeper_name": project.at.name}


@post_required()
def photo(request, pk):
    need_reading(request.post, reads_assets)
    rows = AssetAct.objects.visible_to(request.post).exclude(photo="")
    found = get_object_or_404(rows, pk=pk)
    answer = FileResponse(found.photo.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "private, no-store"
    return answer
