"""What the workbooks of this room's tables say beside the columns of their rows."""

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.tables import Column, read
from households import lists
from households.cells import kind_of
from households.models.choices import Tier
from monitoring.assurances.following import PROBLEMS
from monitoring.campaigns.groups import words_of
from monitoring.campaigns.kinds import KINDS
from monitoring.campaigns.lists import figures_of_each
from monitoring.clues.lists import channels_of
from monitoring.inbox.rows import rows_of
from monitoring.models import Run
from monitoring.sight import bits_seen
from monitoring.templatetags.marks import Marks, marks_of
from monitoring.tiers.lists import dressed

TIERS = dict(Tier.choices)
WIDTHS = {"number": 20, "person": 14, "marks": 12}


def newest_review(post):
    """The period of the latest regular review that the post sees, and when it was frozen."""
    run = Run.objects.visible_to(post).frozen().regular().order_by("-month").first()
    return (f"review {run.month:%Y-%m}", run.frozen_at) if run and run.frozen_at else None


def tier_of(name):
    return lambda row: TIERS.get(read(row, name) or "unknown")


def or_none(name):
    return lambda row: row.get(name) or 0


def days(name):
    return lambda row: 0 if row.at_zero else round(read(row, name) or 0)


def rule_words(bits, post):
    return [rule.words for rule in bits_seen(bits, post)]


HOUSEHOLD = {
    "number": lambda row: row.number,
    "status": kind_of,
    "tier": tier_of("tier"),
    "marks": lambda row: TIERS.get(read(row, "marks.assessment.tier") or "unknown"),
    "person": lambda row: row.responsible_name or row.contact_name,
    "visited": lambda row: row.last_visited_on,
    "group": lambda row: row.group_name,
    "grade": lambda row: row.get_house_grade_display(),
    "relocated": lambda row: row.relocated,
    "exited_year": lambda row: row.exited_year,
    "listed_on": lambda row: row.listed_on,
}


def household_columns(post, params, context):
    """The columns that the officer chose on the page."""
    found = [
        Column(_("Head"), 12, lambda row: row.head_name),
        Column(_("Township"), 12, lambda row: row.township.name if row.township else ""),
        Column(_("Village"), 16, lambda row: row.village.name if row.village else ""),
    ]
    if post.sees_section("members"):
        found.append(Column(_("Members"), 8, lambda row: row.people))
    _seen, names = lists.columns_for(post, params.getlist("cols"))
    for name in names:
        words = lists.COLUMNS[name].words
        found.append(Column(words, WIDTHS.get(name, 12), HOUSEHOLD[name]))
        if name == "marks":
            found.append(Column(_("Flagged on"), 12, lambda row: read(row, "marks.flag.opened_on")))
    return tuple(found)


def with_marks(rows, post, params):
    marks = marks_of({"post": post}, rows)
    for row in rows:
        row.marks = marks.get(row.id, Marks())
    return rows


def with_flag_rules(rows, post, params):
    for row in rows:
        row.rule_words = rule_words(row.rules, post)
    return rows


def with_clue_words(rows, post, params):
    for row in rows:
        row.rule_words = rule_words(row.rules, post)
        row.channel_words = [channel.label for channel in channels_of(row)]
    return rows


def case_lines(rows, post, params):
    lines = rows_of(rows, post, localdate(), guarded=False)
    for line in lines:
        line.tier_words = TIERS.get(line.tier, TIERS["unknown"])
    return lines


def tier_lines(rows, post, params):
    for row in dressed(rows):
        row.rule_words = [rule.words for _mark, rules in row.rules for rule in rules]
        row.shown = row.suggested if row.state != "submit" else ""
    return rows


def campaign_lines(rows, post, params):
    figures = figures_of_each(rows, post)
    for row in rows:
        row.row, row.figures = KINDS[row.kind], figures[row.pk]
    return rows


def lines_of_campaign(rows, post, params):
    for row in rows:
        row.said = KINDS[row.campaign.kind].answer(row.answer)
        row.why = words_of(row.groups, row.added_because)
    return rows


def assurance_lines(rows, post, params):
    for row in rows:
        row.problem_words = PROBLEMS[row.problem]
        row.days_words = ((row.ended_at or now()) - row.opened_at).days
    return rows


def found_by(row):
    return _("visit") if row.figures["source"] == "visit" else _("monthly review")


def judged_lines(rows, post, params):
    for row in rows:
        row.red_words, row.yellow_words = rule_words(row.red, post), rule_words(row.yellow, post)
    return rows


def burden_months(context):
    """Counts as they are; the page shows shares beside them."""
    return [
        {**sums, "month": f"{month:%Y-%m}", "minutes": _tenths(figures.minutes)}
        for month, sums, figures in context["trend"]
    ]


def _tenths(number):
    return None if number is None else round(number, 1)
