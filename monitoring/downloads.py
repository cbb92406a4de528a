"""The tables on pages of monitoring, as workbooks; what they are made of: ``tables_made.py``."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import VILLAGE
from accounts.tables import columns, table, without_download
from households.cells import kind_of
from households.columns import either, home, places
from jobs.schedules.periods import occasion
from monitoring import tables_made as made
from monitoring.assurances.lists import problems_for
from monitoring.coverage import KINDS

PERSON = either("responsible_name", "contact_name")
HOUSE_PERSON = either("household.responsible_name", "household.contact_name")
ROWS = {"rows": lambda context: context["rows"]}

occasion("review", made.newest_review)
table("households", _("Households"), made.household_columns, lines=made.with_marks)
table(
    "flags",
    _("Red flags"),
    columns(
        *home(),
        _("Rules that fired"), 30, "rule_words",
        _("Flagged on"), 12, "opened_on",
        _("flagged again within twelve months"), 12, "reopened",
        _("Remove the risk by"), 12, "deadline_on",
        _("Responsible or contact person"), 14, HOUSE_PERSON,
        _("Latest visit"), 12, "household.last_visited_on",
    ),
    lines=made.with_flag_rules,
    needs=places(),
)  # fmt: skip
table(
    "clues",
    _("Clues"),
    columns(
        _("About whom"), 12, "whom",
        _("County"), 10, "village.township.county.name",
        _("Township"), 12, "village.township.name",
        _("Village"), 16, "village.name",
        _("Channel"), 24, "channel_words",
        _("Rules that fired"), 24, "rule_words",
        _("State"), 12, "get_state_display",
        _("Answer"), 14, "get_answer_display",
        _("Found on"), 12, "found_on",
        _("Deadline"), 12, "step_due_on",
        _("in all by"), 12, "due_on",
        _("Ended on"), 12, "ended_on",
    ),
    lines=made.with_clue_words,
    needs=("village__township__county",),
)  # fmt: skip
table(
    "cases",
    _("Cases"),
    columns(
        _("Case number"), 18, "case.number",
        *home("case.household"),
        _("Members"), 8, "people",
        _("Procedure"), 16, "case.row.words",
        _("Step"), 14, "case.at_step.words",
        _("Analysis"), 10, "tier_words",
        _("Sent by"), 14, "sent.by.signature",
        _("Sent on"), 18, "sent.at",
        _("returned"), 8, "returned",
        _("Deadline"), 12, "case.due_on",
        _("State"), 12, "case.get_state_display",
        _("Waits at"), 16, "case.waiting_at.name",
        _("Ended on"), 18, "case.ended_at",
    ),
    lines=made.case_lines,
    needs=(*places(), "waiting_at"),
)  # fmt: skip
table(
    "enquiries",
    _("Questions to us"),
    columns(
        *home("case.household"),
        _("Question"), 40, "question",
        _("Asked by"), 16, "asked_by.division.name",
        _("Asked on"), 18, "asked_at",
        _("Deadline"), 12, "due_on",
        _("speaks against it"), 10, "speaks_against",
        _("Answer"), 40, "answer",
        _("Answered on"), 18, "answered_at",
        _("Answered by"), 12, "answered_by.signature",
    ),
    needs=places("case__household"),
)  # fmt: skip
table(
    "tier_rounds",
    _("Tier division by division"),
    columns(
        _("Division"), 20, "division.name",
        _("Households"), 12, "total",
        _("With the village"), 12, "counts.submit",
        _("With the township"), 12, "counts.review",
        _("With the county"), 12, "counts.file",
        _("Filed"), 12, "counts.done",
        _("Late"), 12, "late",
    ),
    rows=lambda context: context.get("rows") or [],
)  # fmt: skip
table(
    "tier_round",
    _("Households of the round"),
    columns(
        *home(group=True),
        _("Analysis"), 10, made.tier_of("analysis"),
        _("Rules that fired"), 30, "rule_words",
        _("Last tier"), 10, made.tier_of("ledger"),
        _("Visited in person"), 12, "visited_on",
        _("Suggestion"), 10, made.tier_of("shown"),
        _("Reason"), 30, "because",
        _("State"), 14, "get_state_display",
    ),
    shown=lambda context: "page" in context,
    lines=made.tier_lines,
    needs=places(),
)  # fmt: skip
table(
    "tier_round",
    _("To be filed, by township"),
    columns(
        _("Township"), 20, "division.name",
        _("Households to file"), 12, "number",
        _("To look at one by one"), 12, "exceptions",
    ),
    part="townships",
    shown=lambda context: "piles" in context,
    when=lambda post: post.role == "county",
    rows=lambda context: list(context.get("piles") or []),
)  # fmt: skip
table(
    "campaigns",
    _("Campaigns"),
    columns(
        _("Campaign"), 24, "row.words",
        _("Where"), 16, "division.name",
        _("Opened"), 12, "since",
        _("To be answered by"), 12, "until",
        _("Ended on"), 18, "ended_at",
        _("Households"), 12, "figures.all",
        _("At the village"), 12, "figures.answer",
        _("Settled"), 12, "figures.done",
    ),
    lines=made.campaign_lines,
)  # fmt: skip
table(
    "campaign",
    _("Campaign by division"),
    columns(
        _("Division"), 20, "division.name",
        _("Households"), 12, "all",
        _("At the village"), 12, "answer",
        _("At the township"), 12, "look",
        _("At the county"), 12, "confirm",
        _("Settled"), 12, "done",
    ),
    **ROWS,
)  # fmt: skip
table(
    "campaign_lines",
    _("Households of the campaign"),
    columns(
        _("Village"), 16, "village.name",
        _("Villager group"), 12, "household.group_name",
        _("Household number"), 20, "household.number",
        _("Head"), 12, either("household.head_name", "person.name"),
        _("Kind of household"), 14, lambda row: kind_of(row.household) if row.household else "",
        _("Why on the list"), 24, "why",
        _("Visited in person"), 12, "visited_on",
        _("Outcome"), 20, lambda row: row.said.words if row.said and row.state != "answer" else "",
        _("Reason"), 30, "words",
        _("Answered by"), 12, "answered_by.signature",
        _("Answered on"), 18, "answered_at",
        _("Case"), 18, "case.number",
    ),
    lines=made.lines_of_campaign,
    needs=("campaign",),
)  # fmt: skip
table(
    "campaign_candidates",
    _("Candidates of departments"),
    columns(
        _("Resident ID"), 22, "masked",
        _("List"), 24, "upload.row.words",
        _("Department"), 16, "upload.get_department_display",
        _("As of"), 12, "upload.as_of",
    ),
    needs=("upload",),
)  # fmt: skip
table(
    "findings",
    _("Findings"),
    columns(
        _("Finding"), 48, "words",
        _("Locality"), 16, "at.name",
        _("How it was found"), 16, "get_kind_display",
        _("Found on"), 12, "found_on",
        _("State"), 14, "get_state_display",
        _("returned, times"), 8, "returns",
        _("Consequence"), 16, "get_consequence_display",
        _("To be answered by"), 12, "due_on",
        _("Ended on"), 18, "ended_at",
    ),
)  # fmt: skip
table(
    "findings",
    _("Findings by division"),
    columns(
        _("Division"), 20, "division.name",
        _("Not ended"), 12, "open",
        _("Late"), 12, "late",
        _("To be looked through"), 12, "look",
        _("Accepted"), 12, "ended",
        _("With consequences"), 12, "followed",
    ),
    part="divisions",
    **ROWS,
)  # fmt: skip
table(
    "assurances",
    _("Assurance problems by division"),
    columns(
        _("Division"), 20, "division.name",
        _("Open or mended in this time"), 12, "figures.found",
        _("Mended"), 12, "figures.mended",
        _("Still open"), 12, "figures.open",
        _("Days open, the middle one"), 12, made.days("median"),
        _("Days open, the longest"), 12, made.days("figures.longest"),
    ),
    **ROWS,
)  # fmt: skip
table(
    "assurance_rows",
    _("Assurance problems"),
    columns(
        *home(),
        _("Problem"), 16, "problem_words",
        _("Found by"), 14, made.found_by,
        _("Found on"), 12, "figures.found_on",
        _("On whose desk"), 16, "at.name",
        _("Desk"), 14, "get_role_display",
        _("Deadline"), 12, "due_on",
        _("Mended"), 18, "ended_at",
        _("Days open"), 10, "days_words",
    ),
    lines=made.assurance_lines,
    seen=problems_for,
    needs=places(),
)  # fmt: skip
FIGURES = [fact for name, kind in KINDS.items() for fact in (kind.words, 12, name)]
table(
    "coverage",
    _("Coverage of visits by division"),
    columns(_("Division"), 20, "division.name", *FIGURES),
    **ROWS,
)
table(
    "coverage",
    _("Coverage of visits by person"),
    columns(_("Person"), 14, "officer.name", *FIGURES),
    part="persons",
    rows=lambda context: context["people"],
)
WHERE = (
    _("Village"), 16, "village.name",
    _("Villager group"), 12, "group_name",
    _("Household number"), 20, "number",
    _("Head"), 12, "head_name",
    _("Kind"), 14, kind_of,
)  # fmt: skip
WHEN = (_("Last visit"), 12, "last_visited_on", _("Next visit by"), 12, "due_on")


def _due(post, params, context):
    """Who looks after a household is told to those who see its visits."""
    person = (_("Responsible or contact person"), 14, PERSON) if post.sees_section("visits") else ()
    return columns(*WHERE, *person, *WHEN)


table("visits_due", _("Households to visit"), _due)
table("coverage_rows", _("Households to visit"), _due)
table("coverage_person", _("Households of a person"), _due)
table(
    "today",
    _("Today by division"),
    columns(
        _("Division"), 20, "division.name",
        _("Red flags"), 12, "flags",
        _("Overdue"), 12, "overdue",
        _("Due this month"), 12, "due",
        _("Visited this month"), 12, "visited",
        _("To visit this month"), 12, "wanted",
    ),
    when=lambda post: post.division.level < VILLAGE and post.role_row.sees == "division",
    rows=lambda context: context.get("rows") or [],
)  # fmt: skip
table(
    "burden",
    _("What villages are asked, month by month"),
    columns(
        _("Month"), 10, "month",
        _("Visits"), 12, "visits",
        _("By one tap"), 12, "one_tap",
        _("Answers given"), 12, "answers",
        _("of them given again"), 12, "again",
        _("Requests about households"), 12, "requests",
        _("Households asked"), 12, "asked",
        _("more than once"), 12, "twice",
        _("Minutes in a form"), 12, "minutes",
    ),
    rows=made.burden_months,
)  # fmt: skip
table(
    "runs",
    _("Monthly reviews"),
    columns(
        _("Month"), 12, "label",
        _("Policy version"), 16, "policy.name",
        _("Frozen at"), 18, "frozen_at",
        _("Name"), 16, "name",
        _("Reason"), 30, "because",
    ),
    rows=lambda context: list(context["runs"]),
)  # fmt: skip
table(
    "run",
    _("A month's review by division"),
    columns(
        _("Division"), 20, "division.name",
        _("red"), 12, "red",
        _("yellow"), 12, "yellow",
        _("blue"), 12, "blue",
        _("to be verified"), 12, "unknown",
        _("flags: new"), 12, made.or_none("new"),
        _("flags: kept"), 12, made.or_none("kept"),
        _("flags: cleared"), 12, made.or_none("cleared"),
        _("overdue"), 12, made.or_none("overdue"),
    ),
    **ROWS,
)  # fmt: skip
table(
    "judged",
    _("Households as judged"),
    columns(
        *home(),
        _("Analysis"), 10, made.tier_of("tier"),
        _("Tier of the ledger"), 10, made.tier_of("ledger_tier"),
        _("red: rules"), 30, "red_words",
        _("yellow: rules"), 30, "yellow_words",
    ),
    lines=made.judged_lines,
    needs=places(),
)  # fmt: skip
table(
    "consolidations",
    _("Lists of closing requests"),
    columns(
        _("List number"), 20, "number",
        _("Township"), 24, "township.full_name",
        _("Made by"), 12, "made_by.signature",
        _("Made on"), 18, "made_at",
        _("Households"), 12, "count",
        _("Still under way"), 12, "under_way",
    ),
    needs=("township__city", "township__county", "made_by__officer", "made_by__deputy_of__officer"),
)  # fmt: skip
table(
    "consolidation",
    _("Households of the list"),
    columns(
        *home(),
        _("Members"), 8, "people",
        _("Case number"), 18, "number",
        _("Now"), 20, "words",
        _("Waits at"), 16, "waiting_at.name",
        _("Due"), 12, "due_on",
    ),
    rows=lambda context: list(context["cases"]),
    needs=places(),
)  # fmt: skip
table(
    "comparison",
    _("Differences by rule"),
    columns(
        _("Rule"), 30, "row.words",
        _("Data"), 20, "kind",
        _("What it leads to"), 24, "answer",
        _("Open"), 10, "open",
        _("Became clues"), 10, "asked",
        _("Kept with a reason"), 10, "kept",
    ),
    rows=lambda context: context["table"],
)  # fmt: skip
without_download(
    "the parts of one household, case, clue or finding; printed or written as papers",
    "household_why", "household_cases", "case", "case_print", "consolidation_print", "clue",
    "finding", "enquiry", "difference",
)  # fmt: skip
without_download("rules as they hold, drawn and read, not counted",
                 "policy", "policy_parameter", "procedures", "procedure", "handbook")  # fmt: skip
without_download("what an act is about to do, or has just done", "batch", "batch_done")
