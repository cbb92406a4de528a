"""Who has nobody to look after them, or somebody whose post has ended, and the tasks of it.

Exited and poor households have a responsible person, edge households a contact person (AH 4.1.3,
4.2.2); newly poor and returned ones at once (XC 4.5.23). The township names them (AH 4.2.1).
"""

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from duties.doing import open_task, settle
from duties.following import follow
from duties.kinds import Kind, add_kind
from households.correcting import WHEN_NAMED
from households.models import Household
from households.models.choices import Status

LOOKED_AFTER = (
    *(Status.EXITED, Status.POOR, Status.RETURNED, Status.NEWLY_POOR),
    *(Status.EDGE, Status.SUDDEN, Status.INTERVENTION),
)
NOBODY = Q(responsible_name="", contact_name="", in_charge=None)
ROLES = ("assigned", "village", "township", "county")


def looked_after(households):
    """Those of ``households`` that must have a person."""
    return households.filter(status__in=LOOKED_AFTER)


def left_behind(today):
    """A condition: the person in charge holds no post any more where the household lives."""
    posts = Post.objects.open_on(today).filter(
        Q(division=OuterRef("village"))
        | Q(division=OuterRef("township"))
        | Q(division=OuterRef("county")),
        officer=OuterRef("in_charge"),
        officer__is_active=True,
        deputy_of=None,
        role__in=ROLES,
    )
    return Q(in_charge__isnull=False) & ~Q(Exists(posts))


def without_person(households, today):
    """Nobody is named, or whoever was has left the post."""
    return looked_after(households).filter(NOBODY | left_behind(today))


def follow_missing_persons(*, today, at):
    """One task for a household; every night, or whenever."""
    rows = without_person(Household.objects.order_by(), today).annotate(
        key=Cast("id", CharField()),
        household_id=F("id"),
        at_id=F("township_id"),
        figures=JSONObject(why=Case(When(NOBODY, then=Value("nobody")), default=Value("left"))),
    )
    return follow("person_missing", rows, at=at)


def want_person(household, *, by, at):
    """At once, when a case lists a household that has nobody (XC 4.5.23)."""
    row = Household.objects.filter(pk=household.pk)
    if without_person(row, localdate(at)).exists():
        open_task(
            "person_missing", key=household.pk, at_division=household.township,
            household=household, figures={"why": "nobody"}, by=by, at=at,
        )  # fmt: skip


def _named(household, *, before, name, by, at):
    settle("person_missing", household.pk, outcome="mended", by=None, at=at)


TOLD = {
    "nobody": _("Nobody looks after the household: name a responsible or contact person."),
    "left": _("Whoever looked after the household has left the post: hand it over."),
}
add_kind(
    "person_missing",
    Kind(
        words=_("nobody looks after them"),
        todo=TOLD["nobody"],
        clause="AH 4.1.3, 4.2.2, XC 4.5.23",
        role="township",
        days=3,
        follows=True,
        page=lambda task: reverse("household_person", args=[task.household_id]),
        told=lambda task: TOLD[task.figures.get("why", "nobody")],
    ),
)
WHEN_NAMED.append(_named)
