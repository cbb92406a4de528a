"""What the pages of a campaign list: views of the lines for each desk, and progress by division."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS, Level
from monitoring.campaigns.acts import with_visits
from monitoring.models import CampaignLine
from monitoring.models.campaigns import WAITING, LineStep

ANSWER, LOOK, CONFIRM, DONE = LineStep.ANSWER, LineStep.LOOK, LineStep.CONFIRM, LineStep.DONE
TAKEN_UP = Q(case__isnull=False) | Q(clue__isnull=False)
UNVISITED = Q(visit_found=None, household__isnull=False)


@dataclass(frozen=True)
class View:
    words: str
    condition: Q
    by_visits: bool = False  # looks at each household's visits, so only near the household
    acts: bool = False  # its rows are decided here


VIEWS = {
    "village": {
        "todo": View(_("to answer"), Q(state=ANSWER), acts=True),
        "visited": View(_("visited, to answer"), Q(state=ANSWER) & ~UNVISITED, True, acts=True),
        "unvisited": View(_("no visit in person"), Q(state=ANSWER) & UNVISITED, True, acts=True),
        "returned": View(_("returned to us"), Q(state=ANSWER, returns__gt=0), acts=True),
        "sent": View(_("with township or county"), Q(state__in=[LOOK, CONFIRM]), acts=True),
        "done": View(_("answered"), Q(state=DONE)),
    },
    "township": {
        "look": View(_("to look through"), Q(state=LOOK), acts=True),
        "below": View(_("with the villages"), Q(state=ANSWER)),
        "above": View(_("with the county"), Q(state=CONFIRM)),
        "done": View(_("answered"), Q(state=DONE)),
    },
    "county": {
        "confirm": View(_("to confirm"), Q(state=CONFIRM), acts=True),
        "below": View(_("with villages and townships"), Q(state__in=[ANSWER, LOOK])),
        "taken": View(_("taken up by a case or clue"), Q(state=DONE) & TAKEN_UP),
        "done": View(_("answered"), Q(state=DONE)),
    },
    "": {
        "waiting": View(_("not answered"), Q(state__in=WAITING)),
        "taken": View(_("taken up by a case or clue"), Q(state=DONE) & TAKEN_UP),
        "done": View(_("answered"), Q(state=DONE)),
    },
}


def views_for(post):
    return VIEWS[post.role if post.role in VIEWS else ""]


def lines_for(campaign, post):
    return CampaignLine.objects.visible_to(post).filter(campaign=campaign).counted()


def counts_of(lines, views):
    near = {name: view for name, view in views.items() if not view.by_visits}
    counted = lines.aggregate(**{n: Count("id", filter=v.condition) for n, v in near.items()})
    for name in views.keys() - near.keys():
        counted[name] = with_visits(lines).filter(views[name].condition).count()
    return {name: counted[name] for name in views}


STATES = (*WAITING, DONE)
FIGURES = {
    "all": Count("id"),
    "answer": Count("id", filter=Q(state=ANSWER)),
    "look": Count("id", filter=Q(state=LOOK)),
    "confirm": Count("id", filter=Q(state=CONFIRM)),
    "done": Count("id", filter=Q(state=DONE)),
    "taken": Count("id", filter=Q(state=DONE) & TAKEN_UP),
}


def figures_of(lines):
    return lines.order_by().aggregate(**FIGURES)


def figures_of_each(campaigns, post):
    """Campaign id -> lines by state, in one question for a page of campaigns."""
    lines = CampaignLine.objects.visible_to(post).filter(campaign__in=campaigns).counted()
    found = {campaign.pk: dict.fromkeys(["all", *STATES], 0) for campaign in campaigns}
    counted = lines.order_by().values_list("campaign", "state").annotate(n=Count("id"))
    for pk, state, number in counted:
        found[pk][state] += number
        found[pk]["all"] += number
    return found


def progress(lines, place):
    """A row for each division below ``place``, in the order of the codes."""
    if place.level >= Level.VILLAGE:
        return []
    column = LEVEL_COLUMNS[place.level + 1]
    counted = lines.filter(**{place.level_column: place.pk}).order_by().values(column)
    found = {row[column]: row for row in counted.annotate(**FIGURES)}
    divisions = Division.objects.filter(pk__in=found).order_by("code")
    return [{"division": division, **found[division.pk]} for division in divisions]


def added_of(lines):
    """The groups of its own that the county added, in its words."""
    words = lines.exclude(added_because="").order_by("added_because")
    return list(words.values_list("added_because", flat=True).distinct())


def answers_of(lines, kind):
    """How often each answer was given, in the order of the table."""
    given = dict(
        lines.exclude(state=ANSWER).order_by().values_list("answer").annotate(n=Count("id"))
    )
    return [(answer, given.get(answer.code, 0)) for answer in kind.answers]
