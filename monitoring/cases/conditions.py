"""What must hold before a step passes: one function per condition, over what is ``Known`` of cases.

A condition yields findings, good and bad ones: the case page shows all of them, an act is refused
with those that fail, all at once (domain.md 4, closing guard).
"""

from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.deputies import persons_behind
from households.models.choices import ExitedClass
from households.wording import plain
from monitoring.cases.findings import Finding
from monitoring.cases.judging import months_before
from monitoring.cases.proposals import FIELDS
from monitoring.cases.standards import edge_standard, edge_three, listing_standard
from monitoring.policy.parameters import PARAMETERS
from monitoring.policy.rules import RULES, Dimension
from monitoring.policy.sentences import sentence
from monitoring.procedures import SUBJECTS, PaperKind

LATELY = timedelta(days=31)  # a visit that a request may rest on
HALF_A_YEAR = 6  # months between two rounds of tiers (LA 4.3)


def failures_of(case, by, known):
    return [finding for finding in findings_of(case, by, known) if not finding.ok]


def findings_of(case, by, known):
    """Everything that the step of ``case`` asks for, what fails first.

    ``by``: the acting post, or None for somebody who only reads.
    """
    step = case.at_step
    part = [_part(case, by, known)] if by else []
    found = [*part, *_subject(case, known), *_asks(case, step, known), *_papers(case, step, known)]
    for code in step.conditions:
        found += CONDITIONS[code](case, known)
    return sorted(found, key=lambda finding: finding.ok)


def no_subject(row, household):
    """The sentence why the procedure is not for the household; blank when it is."""
    if any(SUBJECTS[name][1](household) for name in row.subjects):
        return ""
    return _("“%(procedure)s” is for %(subject)s; this household is not one.") % {
        "procedure": row.words,
        "subject": _(" or ").join(str(SUBJECTS[name][0]) for name in row.subjects),
    }


def _subject(case, known):
    """Another case may have decided on the household meanwhile, or the case itself has."""
    sentence = no_subject(case.row, case.household)
    if sentence and case.id not in known.changed:
        yield Finding(False, sentence, case.row.clause, url="household_cases")


def _part(case, by, known):
    taken = known.actors[case.id]
    other = next(
        (taken[who] for who in persons_behind(by) if taken.get(who, case.step) != case.step), None
    )
    if other is None:
        return Finding(True, _("You took no part in another step of this case."))
    return Finding(
        False,
        _("You took part in “%(step)s”; another officer of your office must do this.")
        % {"step": case.steps[other].words},
    )


def _asks(case, step, known):
    for name in step.asks:
        value = case.because or known.because if name == "because" else case.proposal.get(name)
        if not value:
            yield Finding(
                False, _("Still to be entered: %(field)s.") % {"field": FIELDS[name]}, step.clause
            )


def _papers(case, step, known):
    for kind in step.papers:
        there = kind in known.papers[case.id]
        words = _("There is a paper: %(paper)s.") if there else _("A paper is missing: %(paper)s.")
        yield Finding(there, words % {"paper": PaperKind(kind).label}, step.clause)


# Visits.


def visited_lately(case, known):
    return _visited(case, known, known.day - LATELY, case.at_step.clause)


def visited_since_opening(case, known):
    return _visited(case, known, localdate(case.opened_at), case.at_step.clause)


def visited_in_person(case, known):
    """LA 2.1.2: before a tier is suggested somebody has been there since it was last divided."""
    since = months_before(known.day, HALF_A_YEAR)
    return _visited(
        case, known, max(since, known.tiers_filed.get(case.household_id, since)), "LA 2.1.2"
    )


def _visited(case, known, since, clause):
    latest = known.visited_on(case, in_person=True)
    if latest and latest >= since:
        words = _("Visited in person on %(day)s.") % {"day": plain(latest)}
        return [Finding(True, words, clause)]
    words = _("No visit in person since %(day)s; a phone call does not count.")
    return [Finding(False, words % {"day": plain(since)}, clause, url="visit_new")]


# The closing guard (AH 3.3, domain.md 4).


def rules_turned(case, known):
    """What opened the flag must have turned; what is not known has not."""
    row, flag = known.judged_of(case), known.flag_of(case)
    if row is None:
        return [Finding(False, _("The household cannot be judged today."), "AH 3.2")]
    bad = []
    for rule in RULES:
        if row["red"] & rule.bit:
            said = sentence(rule, "red", row, known.figures_of(case))
            bad.append(_still(rule, _("“%(rule)s” is still red."), said))
        elif flag and flag.rules & rule.bit and row["unknown"] & rule.bit:
            bad.append(_still(rule, _("Whether “%(rule)s” is still red is not known."), ""))
    if bad:
        return bad
    words = _("The rules that called for the mark are no longer red.")
    return [Finding(True, words, "AH 3.2, 3.3")]


def _still(rule, words, evidence):
    return Finding(False, words % {"rule": rule.words}, rule.clause, evidence, "household_why")


def visited_since_flag(case, known):
    flag, latest = known.flag_of(case), known.visited_on(case)
    since = flag.opened_on if flag else case.household.listed_on
    if latest and (since is None or latest > since):
        words = _("Visited since the mark, last on %(day)s.") % {"day": plain(latest)}
        return [Finding(True, words, "AH 3.3")]
    words = _("Nobody has visited since the mark of %(day)s.") % {"day": plain(since)}
    return [Finding(False, words, "AH 3.3", url="visit_new")]


def risks_answered(case, known):
    missing = known.unanswered[case.household_id]
    if not missing:
        return [Finding(True, _("Every risk has a measure that answers it."), "AH 4.1.3")]
    names = {rule.code: rule.words for rule in RULES}
    return [
        Finding(
            False,
            _("No measure answers the risk “%(rule)s”.") % {"rule": names[code]},
            "AH 4.1.3",
            url="household_measures",
        )
        for code in missing
    ]


def measures_finished(case, known):
    unfinished = known.unfinished[case.household_id]
    if not unfinished:
        words = _("Every measure has a result, or a reason why it is still open.")
        return [Finding(True, words, "AH 3.3")]
    return [
        Finding(
            False,
            _("The measure “%(measure)s” is open, and nobody says why.")
            % {"measure": measure.words or measure},
            "AH 3.3",
            url="household_measures",
        )
        for measure in unfinished
    ]


def assured(case, known):
    row = known.judged_of(case)
    if row is None:
        return []
    bits = row["red"] | row["unknown"]
    rules = [r for r in RULES if r.dimension == Dimension.ASSURANCES and bits & r.bit]
    if not rules:
        return [Finding(True, _("Assurances and drinking water are secure."), "AH 3.2")]
    return [
        Finding(
            False,
            (_("Not secure: %(rule)s.") if row["red"] & r.bit else _("Not known: %(rule)s."))
            % {"rule": r.words},
            r.clause,
            url="household_why",
        )
        for r in rules
    ]


def closing_line(case, known):
    figures, row = known.figures_of(case), known.judged_of(case)
    if not figures["closing_line"]:
        return []
    line, income = figures["line"], row and row["per_capita"]
    clause = PARAMETERS["closing_line"].clause
    if line is None or income is None:
        words = _("Whether the income is under the line is not known.")
        return [Finding(False, words, clause, url="household_why")]
    words = (
        _("Per-capita net income of %(income)s yuan is not under the line of %(line)s yuan.")
        if income >= line
        else _("Per-capita net income of %(income)s yuan is under the line of %(line)s yuan.")
    )
    words %= {"income": f"{income:,.2f}", "line": f"{line:,.0f}"}
    return [Finding(income >= line, words, clause, url="household_why")]


def closing_months(case, known):
    months, listed = int(known.figures_of(case)["closing_months"]), case.household.listed_on
    if not months:
        return []
    clause = PARAMETERS["closing_months"].clause
    if listed is None:
        words = _("It is not known when the household was listed.")
        return [Finding(False, words, clause, url="household_correct")]
    long_enough = listed <= months_before(known.day, months)
    words = (
        _("Listed on %(day)s, at least %(months)d months ago.")
        if long_enough
        else _("Listed on %(day)s, less than %(months)d months ago.")
    )
    return [Finding(long_enough, words % {"day": plain(listed), "months": months}, clause)]


def closing_labour(case, known):
    if not known.figures_of(case)["closing_labour"]:
        return []
    row, clause = known.judged_of(case), PARAMETERS["closing_labour"].clause
    if row and (row["able"] or 0) + (row["weak"] or 0) > 0:
        return [Finding(True, _("Somebody in the household can work."), clause)]
    words = (
        _("Whether somebody in the household can work is not known.")
        if row is None or row["labour_unknown"]
        else _("Nobody in the household can work.")
    )
    return [Finding(False, words, clause, url="household")]


# Class and tier.


def class_standard(case, known):
    """Independent: near or above the province's rural average (AH 4.1.1)."""
    if case.proposal.get("exited_class") != ExitedClass.INDEPENDENT:
        return []
    figures, row = known.figures_of(case), known.judged_of(case)
    average, income = figures["rural_average"], row and row["per_capita"]
    if average is None:
        words = _("The province's rural average income is not entered; a parameter of the policy.")
        return [Finding(False, words, "AH 4.1.1", url="policy")]
    if income is None:
        words = _("The per-capita net income is not known.")
        return [Finding(False, words, "AH 4.1.1", url="household_why")]
    wanted = average * figures["independent_share"]
    words = (
        _("Per-capita net income of %(income)s yuan reaches %(wanted)s yuan.")
        if income >= wanted
        else _("Per-capita net income of %(income)s yuan does not reach %(wanted)s yuan.")
    )
    words %= {"income": f"{income:,.2f}", "wanted": f"{wanted:,.2f}"}
    return [Finding(income >= wanted, words, "AH 4.1.1", url="household_why")]


def difference_answered(case, known):
    """The township answers why the suggestion differs from the analysis (domain.md 3)."""
    row, asked = known.judged_of(case), case.proposal.get("tier")
    analysed = row["tier"] if row else "unknown"
    if analysed in (asked, "unknown"):
        return [Finding(True, _("The suggestion does not differ from the analysis."), "LA 2.1.1")]
    words = _("The suggestion differs from the analysis; say why in your reason.")
    return [Finding(bool(known.because.strip()), words, "LA 2.1.1", url="household_why")]


# Departments, notices, meetings.


def departments_asked(case, known):
    if asked := known.enquiries[case.id]:
        names = "、".join(row.get_department_display() for row in asked)
        return [Finding(True, _("Asked: %(names)s.") % {"names": names}, "GZ 4.2.2")]
    return [Finding(False, _("No department has been asked yet."), case.at_step.clause)]


def departments_answered(case, known):
    asked = known.enquiries[case.id]
    waiting = [row for row in asked if row.answered_at is None]
    if waiting:
        names = "、".join(row.get_department_display() for row in waiting)
        words = _("Not yet answered: %(names)s.") % {"names": names}
        return [Finding(False, words, case.at_step.clause)]
    if not asked:
        return [Finding(False, _("No department has been asked yet."), case.at_step.clause)]
    return [Finding(True, _("All departments that were asked have answered."), case.at_step.clause)]


def notice_over(case, known):
    """Photo, full time, every objection answered (domain.md 4, public notice)."""
    notice, clause = known.notices.get(case.id), case.at_step.clause
    if notice is None:
        return [Finding(False, _("No public notice has been put up."), clause)]
    if PaperKind.NOTICE_PHOTO in known.papers[case.id]:
        photo = Finding(True, _("There is a photo of the notice."), clause)
    else:
        photo = Finding(False, _("The photo of the posted notice is missing."), clause)
    days = int(known.figures_of(case)["notice_days"])
    return [
        photo,
        Finding(*_time_up(notice, days, known.day), clause),
        *_objections(known.objections[case.id], clause),
    ]


def _time_up(notice, days, today):
    """Whether the notice was up for its time, and the sentence that says so."""
    full = notice.up_on + timedelta(days=days)
    if notice.down_on and notice.down_on >= full:
        words = _("The notice was up from %(up)s to %(down)s.")
        return True, words % {"up": plain(notice.up_on), "down": plain(notice.down_on)}
    if notice.down_on is None and today >= full:
        return False, _("The notice is still up; take it down first.")
    words = _("The notice has been up for %(days)d days only on %(day)s.")
    return False, words % {"days": days, "day": plain(full)}


def _objections(objections, clause):
    for objection in objections:
        if objection.upheld is None:
            yield Finding(False, _("An objection is not answered yet."), clause)
        elif objection.upheld:
            words = _("An objection was upheld; return the case or end it.")
            yield Finding(False, words, clause)


def democratic_majority(case, known):
    meeting, clause = known.meetings.get(case.id), case.at_step.clause
    if meeting is None:
        return [Finding(False, _("No democratic review is recorded."), clause)]
    words = _("Democratic review of %(day)s: %(votes)d of %(present)d for it.")
    words %= {
        "day": plain(meeting.held_on),
        "votes": meeting.in_favour,
        "present": meeting.present,
    }
    evidence = "" if meeting.passed else _("It needs more than half of those present.")
    return [Finding(meeting.passed, words, clause, evidence)]


CONDITIONS = {
    "visited_lately": visited_lately,
    "visited_since_opening": visited_since_opening,
    "visited_in_person": visited_in_person,
    "rules_turned": rules_turned,
    "visited_since_flag": visited_since_flag,
    "risks_answered": risks_answered,
    "measures_finished": measures_finished,
    "assured": assured,
    "closing_line": closing_line,
    "closing_months": closing_months,
    "closing_labour": closing_labour,
    "edge_standard": edge_standard,
    "edge_three": edge_three,
    "monitored_standard": listing_standard,
    "class_standard": class_standard,
    "difference_answered": difference_answered,
    "departments_asked": departments_asked,
    "departments_answered": departments_answered,
    "notice_over": notice_over,
    "democratic_majority": democratic_majority,
}
