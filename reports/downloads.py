"""The tables on pages of reports, as workbooks. Ledgers, the red-flag report, the rows of a figure
and bulletins have workbooks of their own form."""

from django.utils.translation import gettext_lazy as _

from accounts.tables import Column, columns, table, without_download
from households.columns import home, places
from households.models.choices import Tier
from households.outgoing.lines import lines_of
from monitoring.tables_made import tier_of
from reports.comparing.months import told
from reports.figures.asking import need_figures
from reports.figures.table import SHARE, oversees
from reports.templatetags.reports import mark_words
from reports.views.comparing import month_before, need_looking_back


def _figure_columns(post, params, context):
    """The figures that the page compares, one beside the other."""
    place = Column(_("Division"), 20, lambda row: row["place"].name)
    shown = [
        Column(figure.title, 14, lambda row, n=n: _number(row["shown"][n]))
        for n, figure in enumerate(context["asked"].compared)
    ]
    return (place, *shown)


def _number(value):
    """Counts as they are, yuan as yuan, shares in percent, means in their unit."""
    if value.number is None or isinstance(value.number, int):
        return value.number
    share = value.figure.unit == SHARE
    return round(float(value.number) * (100 if share else 1), 2)


def _has_figures(context):
    """Some month was reviewed. The steps are offered from any group of figures."""
    return "asked" in context


table(
    "figures",
    _("Statistics by division"),
    _figure_columns,
    opens=need_figures,
    shown=_has_figures,
    rows=lambda context: list(context["rows"]),
)
table(
    "figures",
    _("Statistics of the place"),
    columns(
        _("Figure"), 36, "figure.title",
        _("Clause"), 16, "figure.clause",
        _("Value"), 12, "n",
        _("of"), 12, "of",
    ),
    part="own",
    opens=need_figures,
    shown=_has_figures,
    rows=lambda context: list(context["own"]),
)  # fmt: skip
table(
    "figures",
    _("The drawn figure over twelve months"),
    columns(_("Month"), 12, lambda row: f"{row['month']:%Y-%m}", _("Value"), 14, "value"),
    part="months",
    opens=need_figures,
    shown=_has_figures,
    rows=lambda context: [{"month": p.month, "value": p.value} for p in context["points"]],
)
table(
    "figures",
    _("Approval times by kind of step"),
    columns(
        _("Step"), 36, "kind.words",
        _("Steps taken"), 12, "share.of",
        _("Within the limit"), 14, lambda row: _number(row["share"]),
        _("Half of them within"), 14, lambda row: row["days"] or _("longer"),
    ),
    part="steps",
    opens=need_figures,
    shown=_has_figures,
    rows=lambda context: list(context["steps"]),
    when=lambda post: not post.department,
)  # fmt: skip


def _department_columns(post, params, context):
    heads = context["heads_of_departments"]
    shown = [
        Column(words, 14, lambda row, n=n: row["values"][n] and _number(row["values"][n]))
        for n, words in enumerate(heads)
    ]
    return (Column(_("Department"), 20, lambda row: row["words"]), *shown)


table(
    "figures",
    _("Statistics by department"),
    _department_columns,
    part="departments",
    opens=need_figures,
    shown=lambda context: context.get("departments"),
    rows=lambda context: context["departments"],
    when=oversees,
)
table(
    "figures",
    _("What came, by kind of data"),
    columns(
        _("Kind of data"), 24, "kind.words",
        _("Files"), 10, "files",
        _("Rows"), 12, "rows",
        _("Matched"), 12, "matched",
    ),
    part="kinds",
    opens=need_figures,
    shown=lambda context: context.get("kinds"),
    rows=lambda context: context["kinds"],
    when=lambda post: bool(post.department),
)  # fmt: skip
table(
    "figures",
    _("Households found, by division"),
    columns(
        _("Division"), 20, "place.name",
        _("Households of our line of work"), 16, "known",
        _("found by files of these months"), 16, "found",
    ),
    part="matched",
    opens=need_figures,
    shown=lambda context: context.get("matched"),
    rows=lambda context: context["matched"],
    when=lambda post: bool(post.department),
)  # fmt: skip


def _turned(row):
    said = []
    for one in row.turned:
        facts = "；".join(f"{words}：{was} → {now}" for words, was, now in one.facts)
        marks = f"{mark_words(one.before)} → {mark_words(one.now)}"
        said.append(f"{one.rule.words}：{marks}" + (f"（{facts}）" if facts else ""))
    return "\n".join(said)


def _compared(rows, post, params):
    return told(rows, month_before(post, params))


table(
    "compare_months",
    _("Two months compared"),
    columns(
        *home("home"),
        _("Tier before"), 10, tier_of("before.tier"),
        _("Tier after"), 10, tier_of("now.tier"),
        _("Red flag"), 14, "now.get_flag_change_display",
        _("What turned, and which fact"), 60, _turned,
    ),
    shown=lambda context: "page" in context,
    lines=_compared,
    needs=places(),
)  # fmt: skip
table(
    "look_back",
    _("Looking back, by county"),
    columns(
        _("County"), 20, "name",
        _("flagged"), 12, "flagged",
        _("flagged, and fell"), 12, "flagged_fell",
        _("fell, and were not flagged"), 12, "missed",
    ),
    opens=need_looking_back,
    shown=lambda context: context.get("told"),
    rows=lambda context: context["told"].counties() if context.get("told") else [],
)  # fmt: skip
table(
    "look_back",
    _("Looking back, by rule"),
    columns(
        _("Rule"), 30, lambda row: row[0].words,
        _("households"), 12, lambda row: row[1],
        _("of these fell"), 12, lambda row: row[2],
    ),
    part="rules",
    opens=need_looking_back,
    shown=lambda context: context.get("told"),
    rows=lambda context: context["told"].rules() if context.get("told") else [],
)  # fmt: skip
table(
    "trials",
    _("Trials"),
    columns(
        _("Trial"), 30, "name",
        _("Month"), 12, "run.label",
        _("Made by"), 16, "made_by.division.name",
        _("Made on"), 18, "made_at",
        _("Adopted from"), 12, "adopted_on",
        _("shared"), 8, "shared",
    ),
)  # fmt: skip
table(
    "trial",
    _("Trial by county"),
    columns(
        _("County"), 20, "name",
        _("red as judged"), 12, "before",
        _("red as tried"), 12, "after",
        _("would turn red"), 12, "on",
        _("no longer red"), 12, "off",
        _("red flags more or less"), 12, "flags",
    ),
    rows=lambda context: context["told"].counties(),
)  # fmt: skip
table(
    "trial",
    _("Trial by rule"),
    columns(
        _("Rule"), 30, "rule.words",
        _("red would begin"), 12, "red_on",
        _("red would end"), 12, "red_off",
        _("yellow would begin"), 12, "yellow_on",
        _("yellow would end"), 12, "yellow_off",
    ),
    part="rules",
    rows=lambda context: context["told"].rules(),
)  # fmt: skip
table(
    "trial",
    _("Trial by tier"),
    columns(
        _("Tier"), 12, lambda row: Tier(row[0]).label,
        _("as judged"), 12, lambda row: row[1],
        _("as tried"), 12, lambda row: row[2],
    ),
    part="tiers",
    rows=lambda context: context["told"].tiers(),
)  # fmt: skip


def _within(number):
    """As told on the page: few are withheld."""
    return lambda line: str(line.within[number])


table(
    "effects",
    _("Effect of measures"),
    columns(
        _("Kind of measure"), 24, "type.words",
        _("Clause"), 16, "type.clause",
        _("Red flags answered"), 12, lambda line: str(line.flags),
        _("Rules answered"), 12, lambda line: str(line.rules),
        _("Turned in 3 months"), 12, _within(0),
        _("In 6 months"), 12, _within(1),
        _("In 12 months"), 12, _within(2),
    ),
    rows=lambda context: context["lines"],
)  # fmt: skip
table(
    "bulletins",
    _("Quarterly bulletins"),
    columns(
        _("Bulletin"), 40, "title",
        _("Quarter"), 14, "quarter_words",
        _("State"), 14, "get_state_display",
        _("Composed"), 18, "composed_at",
        _("Issued"), 18, "issued_at",
    ),
)  # fmt: skip
table(
    "outgoing",
    _("Corrections for the national system"),
    columns(
        *home("difference.household"),
        _("Member"), 12, "difference.member.name",
        _("Member number"), 22, "difference.member.number",
        _("Column there"), 24, "column",
        _("Last export"), 24, "said",
        _("To be entered"), 24, "here",
        _("Here since"), 12, "difference.since",
        _("Source"), 14, "difference.get_origin_display",
        _("Entered, seen on"), 12, "difference.ended_on",
    ),
    lines=lambda rows, post, params: lines_of(rows),
    needs=places(),
)  # fmt: skip
table(
    "outgoing",
    _("Corrections by division"),
    columns(_("Division"), 20, lambda row: row[0].name, _("to be entered"), 12, lambda row: row[1]),
    part="divisions",
    rows=lambda context: list(context["below"]),
)
without_download("has a workbook of its own, with the form its clause asks for",
                 "red_report", "ledger", "ledger_print", "bulletin", "figure")  # fmt: skip
without_download("a choice of ledgers and of saved views", "ledgers")
