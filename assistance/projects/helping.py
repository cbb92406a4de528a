"""Households that a project helps. Money that may not be spent on one keeps it out (AH 4.1.2,
4.2.1): the same table of ``assistance/spending.py`` as for measures, on the day of the act."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from assistance.models import Project, ProjectAct, ProjectHousehold, ProjectState, ProjectWhat
from assistance.projects.checks import check_reason, check_words
from assistance.projects.refusals import ProjectRefusal
from assistance.spending import ban_on, standing_on
from households.models import Household

MOST = 2000
OPEN = (
    *(ProjectState.PROPOSED, ProjectState.RETURNED),
    *(ProjectState.IN_STORE, ProjectState.STARTED),
)


def names(post, project):
    """Who may say whom a project helps: whoever plans there."""
    return post.may("plan_projects") and post.division.contains(project.at)


@transaction.atomic
def name_households(
    project, *, households, exception="", exception_problem="", exception_words="", by, at
):
    """``(named, refused)``: how many are named now, and pairs (household, sentence) of the others.
    Who is named already stays so and counts as neither."""
    project = _held(project, by)
    if project.state not in OPEN:
        raise ProjectRefusal(_("This project has ended; nobody is named any more."))
    exception = {
        "exception": exception,
        "exception_problem": exception_problem,
        "exception_words": exception_words.strip(),
    }
    if any(exception.values()) and not all(exception.values()):
        words = _("Say what happened, which problem came of it, and why it cannot be borne.")
        raise ProjectRefusal(words, "exception")
    check_words("exception_words", exception_words)
    there = set(project.helped.standing().values_list("household_id", flat=True))
    homes = {home.pk: home for home in households if home.pk not in there}
    if len(there) + len(homes) > MOST:
        raise ProjectRefusal(_("At most %(most)d households are named.") % {"most": MOST})
    refused = refusals_of(project, homes.values(), any(exception.values()), by, localdate(at))
    taken = [home for home in homes.values() if home.pk not in refused]
    ProjectHousehold.objects.bulk_create(
        ProjectHousehold(project=project, household=home, linked_by=by, linked_at=at, **exception)
        for home in taken
    )
    if taken:
        _record(project, ProjectWhat.LINKED, f"{len(taken)}", by, at)
    return len(taken), [(homes[pk], sentence) for pk, sentence in refused.items()]


def refusals_of(project, households, excepted, by, on):
    """``{household id: sentence}`` of those that cannot be named."""
    ids = [home.pk for home in households]
    seen = set(
        Household.objects.visible_to(by)
        .within(project.at)
        .filter(pk__in=ids)
        .values_list("pk", flat=True)
    )
    sources = list(project.money.values_list("source", flat=True))
    refused = {}
    for home in households:
        if home.pk not in seen:
            refused[home.pk] = _("This household does not live where the project is.")
        elif ban := ban_of(sources, home, on, excepted):
            refused[home.pk] = str(ban)
    return refused


def ban_of(sources, household, on, excepted):
    """The first rule that keeps the money of these sources from the household, or None."""
    standing = standing_on(household, on)
    bans = (ban_on(source, standing=standing, on=on, excepted=excepted) for source in sources)
    return next(filter(None, bans), None)


def check_sources(project, sources, on):
    """Before money is planned or spent: nobody who is named may be one it is forbidden for."""
    links = project.helped.standing().select_related("household__village")
    for link in links:
        if ban := ban_of(sources, link.household, on, bool(link.exception)):
            home = link.household
            said = {"head": home.head_name or home.number, "sentence": ban}
            raise ProjectRefusal(_("%(head)s is named: %(sentence)s") % said, "money_special")


@transaction.atomic
def take_out(link, *, because, by, at):
    """Not helped after all; that it was named stays on record."""
    project = _held(link.project, by)
    check_reason(because)
    link = ProjectHousehold.objects.select_for_update().get(pk=link.pk)
    if link.ended_at:
        raise ProjectRefusal(_("This household has been taken out already."))
    link.ended_at, link.ended_because = at, because.strip()[:200]
    link.save(update_fields=["ended_at", "ended_because"])
    _record(project, ProjectWhat.UNLINKED, because, by, at)
    return link


def _held(project, by):
    rows = Project.objects.select_for_update(no_key=True, of=("self",)).select_related("at")
    project = rows.get(pk=project.pk)
    if not names(by, project):
        raise ProjectRefusal(_("Your post names no households there."))
    return project


def _record(project, what, because, by, at):
    ProjectAct.objects.create(project=project, what=what, because=because[:400], by=by, at=at)
