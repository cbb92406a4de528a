"""Townships' lists of closing requests: who sees them, how they stand, their signed cover sheet."""

from collections import Counter

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from monitoring.cases.moving import at_desk
from monitoring.cases.records import add_paper
from monitoring.models import Case, Consolidation, State
from monitoring.procedures import PaperKind

# Lists are papers between township, county and province; villages do not take part.
READERS = ("township", "county", "city", "province", "auditor")


def sees_lists(post):
    return post.role in READERS


def lists_for(post):
    if not sees_lists(post):
        return Consolidation.objects.none()
    return Consolidation.objects.visible_to(post).select_related(
        "township__city", "township__county", "made_by__officer", "made_by__deputy_of__officer"
    )


def counted(lists):
    """With the number of cases, and of those still under way."""
    return lists.annotate(
        count=Count("cases"), under_way=Count("cases", filter=Q(cases__state=State.OPEN))
    )


def cases_of(made, post):
    """The cases of the list as they are now, in the order of villages."""
    rows = Case.objects.visible_to(post).filter(consolidation=made)
    return list(
        rows.select_related(
            "household__village",
            "household__township",
            "household__county",
            "household__city",
            "household__province",
            "waiting_at",
        ).order_by("household__village__code", "number")
    )


def states_of(cases):
    """[(words, how many)] of where the cases are, most first."""
    return Counter(state_words(case) for case in cases).most_common()


def state_words(case):
    if case.is_open:
        return str(case.at_step.words)
    return str(case.get_state_display())


@transaction.atomic
def add_cover(made, *, file, name, digest, by, at):
    """Puts the signed cover sheet to every case of the list that is on the desk of ``by``.

    Returns how many. Raises ``Refused`` when none is.
    """
    content = file.read()
    here = [case for case in cases_of(made, by) if at_desk(case, by)]
    if not here:
        raise Refused(_("No case of this list is on your desk."))
    for case in sorted(here, key=lambda case: case.pk):  # as consolidating locks them
        copy = ContentFile(content, name=file.name)
        add_paper(case, kind=PaperKind.COVER, file=copy, name=name, digest=digest, by=by, at=at)
    return len(here)
