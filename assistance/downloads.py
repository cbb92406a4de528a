"""The tables on pages of assistance, as workbooks."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.tables import columns, read, table, without_download
from assistance.funds.lists import with_figures
from assistance.insurance import tables as _insurance  # noqa: F401  declared beside their pages
from assistance.points import tables as _points  # noqa: F401
from assistance.social import tables as _social  # noqa: F401
from assistance.views.measures import with_words
from households.cells import kind_of
from households.columns import either, home, places


def _latest(row):
    """The newest note of a measure, as its page shows it."""
    return next(iter(row.notes.all()), None)


def _measures(rows, post, params):
    rows = with_words(rows, localdate())
    for row in rows:
        row.latest = _latest(row)
    return rows


table(
    "measures",
    _("Measures"),
    columns(
        *home(),
        _("Member"), 12, "member.name",
        _("Measure"), 20, "get_kind_display",
        _("In words"), 30, "words",
        _("Answers"), 24, "answers_words",
        _("Who sees to it"), 14, "responsible",
        _("Department"), 16, "get_department_display",
        _("Latest progress"), 30, "latest.words",
        _("of"), 12, "latest.on",
        _("To be done by"), 12, "due_on",
        _("Open because"), 24, "open_because",
        _("Result"), 12, "get_result_display",
        _("What came of it"), 24, "result_words",
        _("Ended on"), 12, "ended_on",
    ),
    lines=_measures,
    needs=places(),
)  # fmt: skip


def _plans(post, params, context):
    """Households without a plan, or plans."""
    if params.get("which") == "missing":
        return columns(*home(""), _("Responsible or contact person"), 14, PERSON)
    return columns(
        *home(),
        _("Plan"), 24, str,
        _("State"), 12, "get_state_display",
        _("Submitted"), 18, "submitted_at",
        _("Valid until"), 12, "valid_until",
    )  # fmt: skip


PERSON = either("responsible_name", "contact_name")
table("plans", _("Plans"), _plans)
table(
    "persons",
    _("Responsible persons"),
    columns(
        _("Name"), 14, "name",
        _("Households"), 12, "households",
        _("Monitored or edge"), 12, "listed",
        _("Red flags"), 12, "flagged",
        _("Measures under way"), 12, "measures",
        _("Contacted this month"), 12, "contacted",
        _("Due monthly"), 12, "monthly",
        _("Without a post there"), 12, "left",
    ),
    rows=lambda context: context.get("loads", []),
)  # fmt: skip
table(
    "persons_households",
    _("Households of a person"),
    columns(
        *home(""),
        _("Kind"), 14, kind_of,
        _("Responsible or contact person"), 14, PERSON,
        _("Last visit"), 12, "last_visited_on",
    ),
    needs=places(""),
)  # fmt: skip
table(
    "actions",
    _("Measures for many households"),
    columns(
        _("What"), 30, "title",
        _("Kind"), 20, "get_kind_display",
        _("Organiser"), 20, "organiser",
        _("State"), 12, "get_state_display",
        _("From"), 12, "started_on",
        _("Until"), 12, "due_on",
        _("Entered by"), 12, "recorded_by.officer.name",
        _("Place"), 16, "at",
    ),
)  # fmt: skip
table(
    "action",
    _("Households of the action"),
    columns(
        *home(),
        _("Member"), 12, "member.name",
        _("Result"), 14, lambda row: read(row, "get_result_display"),
        _("What came of it"), 30, lambda row: read(row, "result_words"),
    ),
    rows=lambda context: list(context.get("measures") or context.get("taken") or []),
    needs=places(),
)  # fmt: skip
table(
    "grants",
    _("Grants"),
    columns(
        _("Grant"), 18, "number",
        *home(),
        _("Payee"), 12, "payee",
        _("Kind of need"), 16, "get_need_display",
        _("In words"), 30, "words",
        _("Fund"), 20, "fund.name",
        _("Amount, yuan"), 14, "amount",
        _("State"), 12, "get_state_display",
        _("Signs next"), 12, "get_waiting_level_display",
        _("Paid on"), 12, "paid_on",
        _("Filed"), 18, "filed_at",
    ),
    needs=places(),
)  # fmt: skip


def _funds(rows, post, params):
    with_figures(rows, localdate())
    return rows


table(
    "funds",
    _("Relief funds"),
    columns(
        _("Fund"), 24, "name",
        _("Division"), 24, "division.full_name",
        _("Kind"), 14, "get_kind_display",
        _("In it now, yuan"), 14, "money",
        _("Came in this year"), 14, "came",
        _("Went out this year"), 14, "went",
        _("Approved, not paid"), 12, "approved",
        _("Given at once, not filed"), 12, "unfiled",
    ),
    lines=_funds,
    needs=("division__city", "division__county", "division__township"),
    ability="read_funds",
)  # fmt: skip
table(
    "fund",
    _("Books of a fund"),
    columns(
        _("No."), 8, "number",
        _("Day"), 12, "on",
        _("What"), 16, "get_kind_display",
        _("Grant"), 18, "grant.number",
        _("Donor"), 20, "donor",
        _("Source"), 16, "from_account.get_source_display",
        _("Paper"), 16, "paper",
        _("In words"), 30, "words",
        _("In, yuan"), 14, lambda row: row.amount if row.inward else None,
        _("Out, yuan"), 14, lambda row: None if row.inward else row.amount,
        _("In the fund then"), 14, "cash_after",
        _("Books back"), 10, "reverses.number",
        _("Entered by"), 12, "recorded_by.officer.name",
    ),
    ability="read_funds",
)  # fmt: skip
table(
    "budgets",
    _("Budgets and spending"),
    columns(
        _("Source of the money"), 24, "words",
        _("Budget"), 14, "budget",
        _("Spent"), 14, "spent",
        _("Left"), 14, "left",
        _("Share spent"), 10, "share",
    ),
    rows=lambda context: context["rows"],
    ability="read_funds",
)  # fmt: skip
table(
    "budgets",
    _("Budget lines"),
    columns(
        _("Division"), 20, "division.name",
        _("Source of the money"), 24, "get_source_display",
        _("Amount, yuan"), 14, "amount",
        _("Paper"), 20, "paper",
        _("In words"), 30, "words",
        _("Entered by"), 12, "entered_by.officer.name",
        _("Entered"), 18, "entered_at",
    ),
    part="lines",
    rows=lambda context: list(context["lines"]),
    ability="read_funds",
)  # fmt: skip
table(
    "assets",
    _("Project assets"),
    columns(
        _("Number"), 24, "number",
        _("Asset"), 24, "name",
        _("Kind of asset"), 14, "get_kind_display",
        _("What it serves"), 12, "get_nature_display",
        _("Whose asset"), 30, "at.full_name",
        _("Where it stands"), 20, "place",
        _("Built in"), 8, "built_year",
        _("Value, yuan"), 14, "value",
        _("Owner"), 12, "get_owner_display",
        _("Keeper"), 16, "keeper_name",
        _("Supervisor"), 16, "supervisor",
        _("How it is used"), 12, "get_use_display",
        _("State"), 12, "get_state_display",
        _("Last inspection"), 12, "inspected_on",
    ),
    needs=("at__city", "at__county", "at__township"),
)  # fmt: skip
table(
    "collectives",
    _("Income of village collectives"),
    columns(
        _("Township"), 16, "township.name",
        _("Village"), 20, "name",
        _("Earned, yuan"), 14, lambda row: row.operating if row.known else None,
        _("Income in all"), 14, lambda row: row.got if row.known else None,
        _("Used"), 14, "used",
        _("At least, yuan"), 14, "least",
    ),
)  # fmt: skip
table(
    "collective",
    _("Books of the village collective"),
    columns(
        _("No."), 8, "number",
        _("Day"), 12, "on",
        _("What"), 20, "get_what_display",
        _("From or to whom"), 20, "party",
        _("Asset"), 20, "asset.name",
        _("Paper"), 16, "paper",
        _("In words"), 30, "words",
        _("In, yuan"), 14, lambda row: row.amount if row.way == "in" else None,
        _("Out, yuan"), 14, lambda row: None if row.way == "in" else row.amount,
        _("In the books then"), 14, "balance_after",
        _("Books back"), 10, "reverses.number",
        _("Entered by"), 12, "recorded_by.officer.name",
    ),
)  # fmt: skip
table(
    "projects",
    _("Project store"),
    columns(
        _("Number"), 24, "number",
        _("Project"), 24, "name",
        _("Kind of project"), 14, "get_kind_display",
        _("Where"), 30, "at.full_name",
        _("Year"), 8, "year",
        _("What is built or done"), 30, "words",
        _("How it helps households"), 24, "benefit",
        _("Epidemic priority"), 24, "get_priority_display",
        _("Planned, yuan"), 14, "planned",
        _("State"), 12, "get_state_display",
        _("In the store since"), 12, "stored_on",
    ),
    needs=("at__city", "at__county", "at__township"),
)  # fmt: skip
table(
    "project",
    _("Households of the project"),
    columns(
        *home(),
        _("Kind"), 14, lambda row: kind_of(row.household),
        _("Named on"), 12, lambda row: localdate(row.linked_at),
        _("Exception"), 24, "exception_words",
    ),
    needs=places(),
)  # fmt: skip
without_download(
    "the parts of one household or of one measure, plan, grant or asset",
    "household_measures", "household_plan", "plan", "measure", "grant", "asset",
)  # fmt: skip
without_download(
    "rows are picked and decided here; the list itself is downloaded where it is read",
    "action_pick",
    "action_end",
    "project_households",
    "fund_pay",
)
without_download("has a workbook of its own, with masked names", "fund_public")
without_download("rules and limits are read, not counted", "fund_limits")
