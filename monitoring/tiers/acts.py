"""Acts on the lines of a tier round: suggest, review, return, file (LA 2.1.1, 4.3).

The rules are those of the procedure "tier". Each act takes a set of lines as the officer saw them
and moves those that still stand so, in one statement; what it did not move it names with a
sentence. Nobody acts at two steps of one line; a deputy counts for the absent officer too.
"""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Count, Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from accounts.refusals import Refused
from households.models import Household
from households.models.versions import PROVENANCE, facts_of
from monitoring.cases.moving import TakenFirst
from monitoring.models import TierLine
from monitoring.models.rounds import DESKS, LineState
from monitoring.tiers.checks import sentence_for, with_ground
from monitoring.tiers.rounds import STATUSES

SQL = Path(__file__).parent.parent / "sql"
MOST_TOGETHER = 10_000  # lines of several townships in one statement


@dataclass(frozen=True)
class Chosen:
    """A line as the officer saw it, and what is to become of it.

    ``act``: "pass", "return" or "start" (back to the village). ``words``: reason or answer.
    """

    id: int
    version: int
    tier: str = ""
    words: str = ""
    act: str = "pass"


@dataclass
class Done:
    """``moved``: ids of the lines moved; ``refused``: id -> the sentence that says why not."""

    moved: set = field(default_factory=set)
    refused: dict = field(default_factory=dict)

    def __add__(self, other):
        return Done(self.moved | other.moved, self.refused | other.refused)


@transaction.atomic
def suggest(tier_round, chosen, *, by, at):
    """The village's suggestions, one for each line; also changes one not yet reviewed."""
    if DESKS.get(by.role) != LineState.SUBMIT:
        raise Refused(_("Tiers are suggested by the household's village."))
    lines, able, refused = _checked(tier_round, chosen, LineState.SUBMIT, by, at)
    return refused + _move(
        "tier_suggest",
        able,
        by,
        at,
        tiers=[row.tier for row in able],
        visited=[lines[row.id].visited_on for row in able],
    )


@transaction.atomic
def decide(tier_round, chosen, *, by, at):
    """The township or county passes lines on or returns them, each with its words."""
    _lines, able, refused = _checked(tier_round, chosen, _desk(by), by, at)
    on = [row for row in able if row.act == "pass"]
    back = [row for row in able if row.act != "pass"]
    starts = [row.act == "start" for row in back]
    returned = _move("tier_return", back, by, at, starts=starts, state=_desk(by))
    return refused + returned + _pass_on(on, tier_round, by, at)


@transaction.atomic
def pass_together(tier_round, rows, *, seen, by, at, most=MOST_TOGETHER):
    """Passes all of ``rows`` (a queryset of lines at the desk of ``by``) that may pass.

    ``seen`` is ``seal_of`` the rows when they were shown: if anything came or went since, nothing
    is done and ``TakenFirst`` says so. More than ``most`` pass by the township.
    """
    if seal_of(rows) != seen:
        raise TakenFirst(_("Lines came or went meanwhile. Look at the list again."))
    number = int(seen.partition("-")[0])
    if number > most and rows.order_by().values("township").distinct().count() > 1:
        raise Refused(_("They are many: choose a township above to file its households together."))
    chosen = [Chosen(pk, version) for pk, version in rows.order_by().values_list("id", "version")]
    _lines, able, refused = _checked(tier_round, chosen, _desk(by), by, at)
    return refused + _pass_on(able, tier_round, by, at)


def _desk(by):
    state = DESKS.get(by.role)
    if state not in (LineState.REVIEW, LineState.FILE):
        raise Refused(_("Lines are reviewed by the township and filed by the county."))
    return state


def seal_of(rows):
    """What a set of lines looked like: number, and sums of ids and versions."""
    found = rows.order_by().aggregate(n=Count("id"), ids=Sum("id"), versions=Sum("version"))
    return f"{found['n']}-{found['ids'] or 0}-{found['versions'] or 0}"


def _checked(tier_round, chosen, state, by, at):
    """The lines that ``by`` sees, the chosen that can move, and what the others are told."""
    if not chosen:
        return {}, [], Done()
    visible = TierLine.objects.visible_to(by).filter(round=tier_round)
    visible = visible.filter(pk__in=[row.id for row in chosen])
    if state == LineState.SUBMIT:  # no single case is opened meanwhile
        _hold(visible)
    day, able, refused = localdate(at), [], {}
    lines = with_ground(visible.at_home(), day, state).in_bulk()
    for row in chosen:
        if sentence := sentence_for(lines.get(row.id), row, state, by, day):
            refused[row.id] = sentence
        else:
            able.append(row)
    return lines, able, Done(refused=refused)


def _hold(lines):
    """Locks the households of ``lines``, always in one order."""
    held = Household.objects.filter(pk__in=lines.order_by().values("household"))
    held = held.select_for_update().order_by("pk").values_list("pk")
    sql, parameters = held.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) AS held", parameters)


def _pass_on(able, tier_round, by, at):
    if not able:
        return Done()
    if _desk(by) == LineState.REVIEW:
        return _move("tier_review", able, by, at)
    _hold(TierLine.objects.filter(pk__in=[row.id for row in able]))
    kept = [*facts_of(Household), *(Household._meta.get_field(name) for name in PROVENANCE)]
    return _move(
        "tier_file",
        able,
        by,
        at,
        columns=", ".join(f'"{column.column}"' for column in kept),
        officer=by.officer_id,
        today=localdate(at),
        statuses=list(STATUSES),
        because=because_of(tier_round),
    )


def because_of(tier_round):
    """What the household's history says of a tier that a round set."""
    return _("half-yearly tier division of %(year)d-%(month)02d") % {
        "year": tier_round.month.year,
        "month": tier_round.month.month,
    }


def _move(name, able, by, at, *, columns="", **said):
    """Runs one statement over the able lines; what it left was moved by somebody else."""
    if not able:
        return Done()
    parameters = {
        "ids": [row.id for row in able],
        "versions": [row.version for row in able],
        "words": [row.words for row in able],
        "persons": sorted(persons_behind(by)),
        "post": by.id,
        "at": at,
    }
    sql = (SQL / f"{name}.sql").read_text().replace("{columns}", columns)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters | said)
        moved = {pk for (pk,) in cursor.fetchall()}
    sentence = _("The line was changed at the same moment; look at it again.")
    return Done(moved, {row.id: sentence for row in able if row.id not in moved})
