"""The monthly red-flag report (domain.md 6): its rows and its columns, in one table."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, F, Q, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Division
from households.models.choices import ExitedClass, Method, Status, Tier
from monitoring.models import Assessment, Change, FlagLine, Run
from monitoring.policy.clauses import cited
from monitoring.policy.rules import BY_CODE, RULES, rules_of
from monitoring.policy.sentences import fired

# What every kind of household is called on the report.
GROUPS = dict(Status.choices) | dict(ExitedClass.choices)


# What the sentences of red rules may name.
FACTS_TOLD = sorted(
    {"household_id", "red"} | {fact for rule in RULES if rule.red != "FALSE" for fact in rule.reads}
)


@dataclass(frozen=True)
class Column:
    words: str
    width: int  # characters
    value: Callable  # of a line


def latest_run(post):
    """The latest frozen month of the post's province."""
    return Run.objects.visible_to(post).regular().frozen().order_by("-month").first()


def lines_of(run, post):
    """The report's rows that ``post`` may see; cleared flags are told beside, not among them."""
    return FlagLine.objects.visible_to(post).filter(run=run)


def filtered(lines, wanted, division=None):
    """``wanted``: change, late, rule, group, no_person as in the address of the page."""
    if division is not None:
        lines = lines.within(division)
    change = wanted.get("change")
    lines = lines.filter(change=change) if change in Change.values else lines.standing()
    if wanted.get("late"):
        lines = lines.filter(overdue=True)
    if wanted.get("again"):
        lines = lines.filter(reopened=True)
    if wanted.get("no_person"):
        lines = lines.filter(responsible_name="", contact_name="")
    if wanted.get("group") in GROUPS:
        lines = lines.filter(group=wanted["group"])
    rule = BY_CODE.get(wanted.get("rule"))
    if rule:
        lines = lines.annotate(hit=F("red").bitand(rule.bit)).exclude(hit=0)
    return lines


@lru_cache(maxsize=4096)
def _told(red, language):
    """The rules of ``red``, their words and their clauses, said once for all lines alike."""
    rules = rules_of(red)
    words = "；".join(str(rule.words) for rule in rules)
    return rules, words, "；".join(cited(rule.clause) for rule in rules)


def with_sentences(lines, run):
    """Gives each line ``sentences`` [(rule, sentence)], by one query for all of them."""
    lines = list(lines)
    language = get_language()
    rows = Assessment.objects.filter(run=run, household__in=[line.household_id for line in lines])
    facts = {row["household_id"]: row for row in rows.values(*FACTS_TOLD)}
    figures = run.policy.by_county()
    for line in lines:
        row = facts.get(line.household_id)
        line.sentences = fired(row, figures[line.county_id]) if row else []
        line.rules, line.rule_words, line.clauses = _told(line.red, language)
    return lines


def _name(key):
    return lambda line: line.names.get(getattr(line, key), "")


def _choice(choices, key):
    words = {value: label for value, label in choices}
    return lambda line: words.get(getattr(line, key), "")


OVERDUE, AGAIN = _("overdue"), _("flagged again")
# A value is text (perhaps still to be translated), a number, a day, or None.
COLUMNS = (
    Column(_("city"), 10, _name("city_id")),
    Column(_("county"), 10, _name("county_id")),
    Column(_("township"), 14, _name("township_id")),
    Column(_("village"), 16, _name("village_id")),
    Column(_("villager group"), 12, lambda line: line.group_name),
    Column(_("household number"), 22, lambda line: line.number),
    Column(_("head"), 10, lambda line: line.head_name),
    Column(_("head's resident ID"), 22, lambda line: line.head_masked_id),
    Column(_("members"), 8, lambda line: line.members),
    Column(_("kind of household"), 16, lambda line: GROUPS.get(line.group, line.group)),
    Column(_("tier of the ledger"), 12, _choice(Tier.choices, "tier")),
    Column(_("change this month"), 12, _choice(Change.choices, "change")),
    Column(_("rules that fired"), 26, lambda line: line.rule_words),
    Column(_("facts"), 60, lambda line: "；".join(words for _rule, words in line.sentences)),
    Column(_("clause"), 24, lambda line: line.clauses),
    Column(_("flagged on"), 12, lambda line: line.flagged_on),
    Column(_("remove the risk by"), 14, lambda line: line.deadline_on),
    Column(_("overdue"), 8, lambda line: OVERDUE if line.overdue else ""),
    Column(_("flagged again"), 10, lambda line: AGAIN if line.reopened else ""),
    Column(_("responsible person"), 12, lambda line: line.responsible_name),
    Column(_("contact person"), 12, lambda line: line.contact_name),
    Column(_("measures"), 24, lambda line: line.measures),
    Column(_("latest visit"), 12, lambda line: line.visited_on),
    Column(_("how"), 10, _choice(Method.choices, "visit_method")),
)


def division_names(lines=None):
    """What divisions are called by id: those of ``lines``, or all where everything is written."""
    rows = Division.objects.all()
    if lines is not None:
        levels = ("city_id", "county_id", "township_id", "village_id")
        rows = rows.filter(id__in={getattr(line, level) for line in lines for level in levels})
    return dict(rows.values_list("id", "name"))


_figures_of = {}  # in this process: post's rows of a frozen run -> its figures
REMEMBERED = 1000


def figures(lines, run, post):
    """Counts for the head of the page. The lines of a frozen month stay as they are, so each
    process counts them once; a department's line of work is counted as it is now."""
    if post.role_row.sees != "division":
        return _counted(lines)
    key = (run.pk, run.frozen_at, str(lines.query))
    if key not in _figures_of:
        if len(_figures_of) >= REMEMBERED:
            _figures_of.clear()
        _figures_of[key] = _counted(lines)
    return _figures_of[key]


NARROWED = ("late", "again", "no_person", "group", "rule")


def how_many(figures, wanted, rows):
    """The length of the list ``rows``: a figure of the head where it is one, else counted."""
    change, narrowed = wanted.get("change"), [name for name in NARROWED if wanted.get(name)]
    if change in Change.values:
        return rows.count() if narrowed else figures[change]
    if narrowed == ["no_person"]:
        return figures["no_person"]
    return rows.count() if narrowed else figures["standing"]


def _counted(lines):
    return lines.aggregate(
        standing=Count("id", filter=~Q(change=Change.CLEARED)),
        people=Sum("members", filter=~Q(change=Change.CLEARED)),
        new=Count("id", filter=Q(change=Change.NEW)),
        again=Count("id", filter=Q(change=Change.NEW, reopened=True)),
        kept=Count("id", filter=Q(change=Change.KEPT)),
        cleared=Count("id", filter=Q(change=Change.CLEARED)),
        overdue=Count("id", filter=Q(overdue=True)),
        no_person=Count(
            "id", filter=Q(responsible_name="", contact_name="") & ~Q(change=Change.CLEARED)
        ),
    )
