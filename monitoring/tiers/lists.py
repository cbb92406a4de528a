"""What the pages of a tier round list: views of the lines for each desk, and progress."""

from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, Q, Sum, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from accounts.models.divisions import LEVEL_COLUMNS, Level
from monitoring.models import TierLine, TierRound
from monitoring.models.rounds import DESKS, DIVIDED, OPEN, LineState
from monitoring.policy.rules import rules_of
from monitoring.tiers.checks import differs, with_visits

SUBMIT, REVIEW, FILE, DONE = LineState.SUBMIT, LineState.REVIEW, LineState.FILE, LineState.DONE
DIFFERS = Q(analysis__in=DIVIDED) & ~Q(suggested="") & ~Q(analysis=F("suggested"))
TWO_TIERS = Q(last="red", suggested="blue") | Q(last="blue", suggested="red")
# What the township looks at one by one; the rest it may review together.
EXCEPTION = DIFFERS | TWO_TIERS | Q(returns__gt=0)
# A tier other than the last one: the suggested, or while there is none the one filled in.
CHANGED = Q(proposed__in=DIVIDED) & ~Q(proposed=F("last"))
PROPOSED = Case(
    When(~Q(suggested=""), F("suggested")), default=F("analysis"), output_field=CharField()
)
UNVISITED = Q(visited_on=None) | Q(visited_on__lt=F("visit_since"))


@dataclass(frozen=True)
class View:
    words: str
    condition: Q
    by_visits: bool = False  # looks at each household's visits, so only near the household
    acts: bool = False  # its rows are decided here


def _view(words, *states, also=None, **options):
    return View(words, Q(state__in=states) & (also or Q()), **options)


VIEWS = {
    "village": {
        "todo": _view(_("to suggest"), SUBMIT, acts=True),
        "unvisited": _view(
            _("no visit in person"), SUBMIT, also=UNVISITED, by_visits=True, acts=True
        ),
        "returned": _view(_("returned to us"), SUBMIT, also=Q(returns__gt=0), acts=True),
        "sent": _view(_("with the township"), REVIEW, acts=True),
        "differs": _view(_("differs from the analysis"), *OPEN, DONE, also=DIFFERS, acts=True),
        "changed": _view(_("changed from last time"), *OPEN, DONE, also=CHANGED, acts=True),
        "filed": _view(_("passed on or filed"), FILE, DONE),
    },
    "township": {
        "exceptions": _view(_("to look at one by one"), REVIEW, also=EXCEPTION, acts=True),
        "rest": _view(_("the others to review"), REVIEW, also=~EXCEPTION, acts=True),
        "village": _view(_("with the villages"), SUBMIT),
        "unvisited": _view(_("no visit in person"), SUBMIT, also=UNVISITED, by_visits=True),
        "filed": _view(_("passed on or filed"), FILE, DONE),
    },
    "county": {
        "townships": _view(_("by township"), FILE),
        "exceptions": _view(_("to look at one by one"), FILE, also=EXCEPTION, acts=True),
        "rest": _view(_("the others to file"), FILE, also=~EXCEPTION, acts=True),
        "below": _view(_("with villages and townships"), SUBMIT, REVIEW),
        "filed": _view(_("filed"), DONE),
    },
    "": {
        "all": _view(_("all"), *OPEN, DONE),
        "differs": _view(_("differs from the analysis"), *OPEN, DONE, also=DIFFERS),
        "changed": _view(_("changed from last time"), *OPEN, DONE, also=CHANGED),
        "filed": _view(_("filed"), DONE),
    },
}


def views_for(post):
    return VIEWS[post.role if post.role in DESKS else ""]


def lines_for(tier_round, post):
    lines = TierLine.objects.visible_to(post).filter(round=tier_round).counted()
    return lines.at_home().annotate(proposed=PROPOSED)


def counts_of(lines, views, day):
    """How many lines each view has: one statement, and one more where visits are looked at."""
    near = {name: view for name, view in views.items() if not view.by_visits}
    counted = lines.aggregate(**{n: Count("id", filter=v.condition) for n, v in near.items()})
    for name in views.keys() - near.keys():
        counted[name] = with_visits(lines, day).filter(views[name].condition).count()
    return {name: counted[name] for name in views}


def dressed(lines):
    """The lines of a page with what their rows say."""
    for line in lines:
        line.rules = [(mark, rules_of(getattr(line, mark))) for mark in ("red", "yellow")]
        line.hint = line.analysis if line.analysis in DIVIDED else line.now_tier
        line.hint = line.hint if line.hint in DIVIDED else ""
        line.ledger = line.now_tier if line.state == SUBMIT else line.last
        line.differs = bool(line.suggested) and differs(line)
        line.two_tiers = {line.last, line.suggested} == {"red", "blue"}
        if hasattr(line, "visited_on"):
            line.unvisited = line.visited_on is None or line.visited_on < line.visit_since
    return lines


# Progress.


@dataclass
class Progress:
    """Lines by state in a division; ``tier_round`` where the row is within one county."""

    division: Division
    tier_round: TierRound | None
    counts: dict
    late: int = 0

    @property
    def total(self):
        return sum(self.counts.values())


def _progress(division, tier_round):
    return Progress(division, tier_round, dict.fromkeys([*OPEN, DONE], 0))


def progress(post, month, place, today):
    """The whole of ``place`` and a row for each division below it, in a fixed number of queries."""
    rounds = TierRound.objects.visible_to(post).filter(month=month).select_related("county__city")
    if place.level < Level.COUNTY:
        rounds = rounds.within(place)
    rounds = {made.id: made for made in rounds}
    above = place.level < Level.COUNTY  # a round is a county's: its index alone is read
    column = LEVEL_COLUMNS[min(place.level + 1, Level.VILLAGE)]
    lines = TierLine.objects.visible_to(post).filter(round__in=rounds).counted().within(place)
    key = "round_id" if above else column
    found = list(lines.order_by().values_list(key, "round_id", "state").annotate(n=Count("id")))
    division_of = {pk: getattr(made.county, column) for pk, made in rounds.items()} if above else {}
    ids = {division_of.get(pk, pk) for pk, _round, _state, _n in found}
    divisions = Division.objects.in_bulk(ids)
    rows, whole = {}, _progress(place, None)
    for pk, round_id, state, number in found:
        division, made = divisions[division_of.get(pk, pk)], rounds[round_id]
        inside = made if division.level >= Level.COUNTY else None
        row = rows.setdefault(division.id, _progress(division, inside))
        for each in (row, whole):
            each.counts[state] += number
            each.late += number if state in OPEN and made.until < today else 0
    if place.level >= Level.COUNTY:
        whole.tier_round = next(iter(rounds.values()), None)
    return whole, sorted(rows.values(), key=lambda row: row.division.code)


def months_of(post):
    rounds = TierRound.objects.visible_to(post).order_by("-month")
    return list(rounds.values_list("month", flat=True).distinct()[:20])


@dataclass
class Pile:
    """What waits for the county from one township, and its seal as shown."""

    division: Division
    number: int
    exceptions: int
    seal: str


def piles(lines):
    """A pile for each township: number, exceptions, and ``tier_acts.seal_of`` of its rows."""
    found = (
        lines.filter(state=FILE)
        .order_by()
        .values("township_id")
        .annotate(
            n=Count("id"),
            odd=Count("id", filter=EXCEPTION),
            ids=Sum("id"),
            versions=Sum("version"),
        )
    )
    found = {row["township_id"]: row for row in found}
    rows = Division.objects.filter(pk__in=found).order_by("code")
    return [
        Pile(place, row["n"], row["odd"], f"{row['n']}-{row['ids']}-{row['versions']}")
        for place in rows
        for row in [found[place.id]]
    ]
