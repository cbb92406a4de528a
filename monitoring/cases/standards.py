"""What a household must answer to be listed: by territory and day (domain.md, top).

Anhui from 2 March 2020: under the line and with a risk (AH 2.2). Before, each county sets its own
line (LA 2.2; outside Lu'an default). Ganzhou: three conditions together (GZ 4.2), whose figures the
city enters. Where a figure is missing nobody is listed, and the sentence says who enters it.
"""

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models.divisions import Level
from monitoring.cases.findings import Finding
from monitoring.policy.parameters import PARAMETERS
from monitoring.policy.rules import BY_CODE, rules_of

ANHUI, ANHUI_SINCE = "34", date(2020, 3, 2)  # AH


def listing_standard(case, known):
    """Under the line and with a risk; income alone never lists a household (AH 2.2, 4.1.1)."""
    return _line_and_risk(case, known, "line", case.at_step.clause)


def edge_standard(case, known):
    """By the day on which the case was opened: it keeps the standard that it began under."""
    opened = localdate(case.opened_at)
    if case.household.county.code.startswith(ANHUI) and opened < ANHUI_SINCE:
        return _line_and_risk(case, known, "county_edge_line", "LA 2.2")
    return _line_and_risk(case, known, "line", "AH 2.2")


def edge_three(case, known):
    """Income a little above the line, far under the average, rigid expenditure far over it, all
    three (GZ 4.2)."""
    figures, row = known.figures_of(case), known.judged_of(case) or {}
    income = row.get("per_capita")
    if income is None:
        unknown = Finding(False, _income_unknown(), "GZ 4.2", url="household_why")
        return [unknown, _rigid(figures, row)]
    return [_above(figures, income), _under_average(figures, income), _rigid(figures, row)]


def _line_and_risk(case, known, name, clause):
    figures, row = known.figures_of(case), known.judged_of(case)
    if missing := _missing(figures, clause, name):
        return [missing]
    line, income = figures[name], row and row["per_capita"]
    if income is None:
        return [Finding(False, _income_unknown(), clause, url="household_why")]
    words = (
        _("Per-capita net income of %(income)s yuan is under the line of %(line)s yuan.")
        if income < line
        else _("Per-capita net income of %(income)s yuan is not under the line of %(line)s yuan.")
    )
    words %= {"income": f"{income:,.2f}", "line": f"{line:,.0f}"}
    under = Finding(income < line, words, clause, url="household_why")
    return [under, _risk(row, clause)]


def _risk(row, clause):
    risks = rules_of((row["red"] | row["yellow"]) & ~BY_CODE["low_income"].bit)
    if not risks:
        words = _("No risk was found besides the income.")
        return Finding(False, words, clause, url="household_why")
    names = "、".join(str(rule.words) for rule in risks)
    return Finding(True, _("There is a risk: %(rules)s.") % {"rules": names}, clause)


def _above(figures, income):
    if missing := _missing(figures, "GZ 4.2", "poverty_line", "edge_ceiling"):
        return missing
    line, ceiling = figures["poverty_line"], figures["edge_ceiling"]
    if income < line:
        words = _(
            "Per-capita net income of %(income)s yuan is under the poverty line of %(line)s yuan: "
            "the household is poor, not an edge one."
        )
    elif income < ceiling:
        words = _(
            "Per-capita net income of %(income)s yuan is a little above the poverty line: from "
            "%(line)s and under %(ceiling)s yuan."
        )
    else:
        words = _(
            "Per-capita net income of %(income)s yuan is more than a little above the poverty "
            "line: it is not under %(ceiling)s yuan."
        )
    words %= {"income": f"{income:,.2f}", "line": f"{line:,.0f}", "ceiling": f"{ceiling:,.0f}"}
    return Finding(line <= income < ceiling, words, "GZ 4.2", url="household_why")


def _under_average(figures, income):
    if missing := _missing(figures, "GZ 4.2", "rural_average", "edge_average_share"):
        return missing
    far = figures["rural_average"] * figures["edge_average_share"]
    words = (
        _("It is far under the average income: under %(far)s yuan.")
        if income < far
        else _("It is not far under the average income: not under %(far)s yuan.")
    )
    return Finding(income < far, words % {"far": f"{far:,.2f}"}, "GZ 4.2", url="household_why")


def _rigid(figures, row):
    if missing := _missing(figures, "GZ 4.2", "edge_rigid_share"):
        return missing
    rigid, net, share = row.get("rigid"), row.get("net"), figures["edge_rigid_share"]
    if rigid is None or net is None:
        words = _("Rigid expenditure or net income is not known.")
        return Finding(False, words, "GZ 4.2", url="household_why")
    far_over = rigid > net * share
    words = (
        _("Rigid expenditure of %(rigid)s yuan is far over income: more than %(share)s of it.")
        if far_over
        else _("Rigid expenditure of %(rigid)s yuan is not more than %(share)s of net income.")
    )
    words %= {"rigid": f"{rigid:,.2f}", "share": f"{share:.0%}"}
    return Finding(far_over, words, "GZ 4.2", url="household_why")


def _missing(figures, clause, *names):
    """The figures that nobody has entered, with who does; None when all are there."""
    wanted = [PARAMETERS[name] for name in names if figures[name] is None]
    if not wanted:
        return None
    said = [
        _("“%(figure)s” is not entered here; the %(level)s enters it under policy parameters.")
        % {"figure": one.words, "level": Level(one.entered_at).label}
        for one in wanted
    ]
    return Finding(False, " ".join(said), clause, url="policy")


def _income_unknown():
    return _("The per-capita net income is not known.")
