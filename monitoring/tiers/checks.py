"""What stands in the way of moving a line of a tier round, in a sentence for whoever wants to."""

from django.db.models import DateField, Exists, F, Max, OuterRef, Subquery, Value
from django.db.models.functions import Greatest, TruncDate
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from accounts.typed import number_typed
from households.models import Visit
from households.models.choices import Method
from households.wording import plain
from monitoring.cases.conditions import HALF_A_YEAR
from monitoring.cases.judging import months_before
from monitoring.models import Case, State, TierLine
from monitoring.models.rounds import DIVIDED, LineState
from monitoring.tiers.rounds import STATUSES

PERSONS = {
    LineState.SUBMIT: ("reviewed_persons", "filed_persons"),
    LineState.REVIEW: ("suggested_persons", "filed_persons"),
    LineState.FILE: ("suggested_persons", "reviewed_persons"),
}


def with_ground(lines, day, state):
    """The lines with what the act at ``state`` depends on besides them."""
    lines = lines.annotate(
        now_tier=F("household__tier"),
        now_status=F("household__status"),
        now_since=F("household__since"),
    )
    return with_visits(lines, day) if state == LineState.SUBMIT else lines


def with_visits(lines, day):
    """With the latest visit in person, the day since which one is wanted, and an open single case.

    As ``conditions.visited_in_person``: since the tier was last filed, within six months.
    """
    own = OuterRef("household_id")
    visits = Visit.objects.filter(household=own, method=Method.IN_PERSON, visited_on__lte=day)
    cases = Case.objects.filter(household=own, procedure="tier")
    filed_case = _latest(cases.filter(state=State.DONE), "ended_at")
    filed_line = _latest(TierLine.objects.filter(household=own, state=LineState.DONE), "filed_at")
    return lines.annotate(
        visited_on=_latest(visits, "visited_on"),
        visit_since=Greatest(
            Value(months_before(day, HALF_A_YEAR), DateField()),
            TruncDate(filed_case),
            TruncDate(filed_line),
        ),
        case_open=Exists(cases.filter(state=State.OPEN)),
    )


def _latest(rows, column):
    grouped = rows.order_by().values("household").annotate(latest=Max(column))
    return Subquery(grouped.values("latest"))


def sentence_for(line, row, state, by, day):
    """Why the chosen ``row`` cannot be done to ``line``; blank when it can."""
    if line is None or line.state == LineState.DROPPED:
        return _("This household is not in this round here any more.")
    if line.version != row.version:
        return what_happened(line, by)
    elsewhere = {person for name in PERSONS[state] for person in getattr(line, name)}
    if elsewhere & persons_behind(by):
        return _(
            "You took part at another step of this household's line; "
            "another officer of your office must do this."
        )
    return number_typed(row.words) or _CHECKS[state](line, row, day)


def what_happened(line, by):
    last = line.acts.select_related("by__officer", "by__division").last()
    if last is None:
        return _("The line was brought up to date meanwhile. Look at it again.")
    if last.by.officer_id == by.officer_id:
        return _("You have already done this: %(what)s.") % {"what": last.get_what_display()}
    return _("%(who)s was first: %(what)s. Look at it again.") % {
        "who": f"{last.by.division.name} {last.by.signature}",
        "what": f"{last.get_what_display()} {last.get_tier_display()}",
    }


def _suggest(line, row, day):
    if line.state not in (LineState.SUBMIT, LineState.REVIEW):
        return _("The township has reviewed it already.")
    if line.case_open:
        return _("A single change of the tier is under way; the round waits until it ends.")
    if row.tier not in DIVIDED:
        return _("The tier is red, yellow or blue.")
    if line.visited_on is None or line.visited_on < line.visit_since:
        words = _("No visit in person since %(day)s; a phone call does not count.")
        return words % {"day": plain(line.visit_since)}
    return ""


def _review(line, row, day):
    if line.state != LineState.REVIEW:
        return _("It does not wait for the township.")
    if row.act != "pass":
        return "" if row.words else _("Say why it is returned.")
    if differs(line) and not row.words:
        return _("The suggestion differs from the analysis; answer why.")
    return ""


def _file(line, row, day):
    if line.state != LineState.FILE:
        return _("It does not wait for the county.")
    if row.act != "pass":
        return "" if row.words else _("Say why it is returned.")
    if line.now_status not in STATUSES:
        return _("The household is neither an exited nor an edge household any more.")
    return _later(line.now_since, day) if line.now_tier != line.suggested else ""


def _later(since, day):
    if since <= day:
        return ""
    words = _("What is known of the household is of %(since)s, later than today.")
    return words % {"since": plain(since)}


_CHECKS = {LineState.SUBMIT: _suggest, LineState.REVIEW: _review, LineState.FILE: _file}


def differs(line):
    """The suggestion is another than the analysis (domain.md 3: the township answers why)."""
    return line.analysis in DIVIDED and line.analysis != line.suggested
