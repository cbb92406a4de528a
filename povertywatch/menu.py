"""The menu: one row per entry, in the order of its group. Adding a page to it is adding a row.

Who sees an entry follows from an ability, or from seeing households. ``waiting`` is what waits
behind it. How the menu is made of this: ``menu_making.py``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.funds.lists import waiting_for
from assistance.insurance.lists import waiting_for as claims_waiting
from assistance.models import Measure
from assistance.plans.lists import waiting_for as plans_waiting
from assistance.projects.checks import reads_assets, reads_projects
from assistance.projects.lists import projects_waiting
from assistance.social.lists import waiting_for as social_waiting
from duties import lists as duties
from feeds.models.uploads import OVERSEERS
from households.models import Fault
from monitoring.inbox.lists import DESKS, READERS, on_desk, questions_for
from monitoring.models import CampaignLine, Clue, RedFlag, TierLine
from monitoring.papers.consolidations import READERS as LISTS

# The groups in their order; the code is what a browser remembers of an opened or closed one.
TOP, DAILY, WATCH, HELP = "", "daily", "watch", "help"
DATA, TELLING, HOUSE = "data", "telling", "house"
GROUPS = {
    TOP: "",
    DAILY: _("Daily work"),
    WATCH: _("Monitoring and warning"),
    HELP: _("Assistance"),
    DATA: _("Data"),
    TELLING: _("Statistics and reports"),
    HOUSE: _("This system"),
}
# Who reads a whole division; persons read the households assigned to them.
WHOLE = ("village", "township", "county", "city", "province", "auditor")


def open_flags(post):
    return RedFlag.objects.visible_to(post).open()


def open_clues(post):
    return Clue.objects.visible_to(post).open()


def unexplained(post):
    """Measures that are open without a reason, for those who carry them out."""
    rows = Measure.objects.visible_to(post if post.may("carry_measures") else None)
    return rows.open_without_reason(timezone.localdate())


def open_errors(post):
    return Fault.objects.visible_to(post).open(timezone.localdate()).errors()


def tiers_waiting(post):
    return TierLine.objects.visible_to(post).waiting_for(post)


def campaign_lines(post):
    return CampaignLine.objects.visible_to(post).waiting_for(post)


@dataclass(frozen=True)
class Entry:
    words: str
    url: str
    icon: str
    group: str = TOP
    ability: str = ""  # blank: whoever sees households
    section: str = ""  # of the household page, which not every department sees
    everybody: bool = False
    roles: tuple = ()  # empty: any
    may: Callable | None = None  # post -> whether the page opens
    waiting: Callable | None = None  # post -> queryset

    def seen_by(self, post):
        if self.roles and post.role not in self.roles:
            return False
        if self.everybody:
            return True
        if self.may:
            return self.may(post)
        if self.ability:
            return post.may(self.ability)
        if self.section and not post.sees_section(self.section):
            return False
        return post.role_row.sees != "accounts"


FIGURING = (*DESKS, "auditor", "department")
GRANTS = (*duties.READERS, "village", "assigned")
ENTRIES = [
    Entry(_("Today"), "today", "home"),
    Entry(_("To do"), "cases", "list", roles=DESKS, waiting=on_desk),
    Entry(_("Tasks"), "tasks", "check", roles=duties.DESKS, waiting=duties.on_desk),
    Entry(_("Questions to us"), "enquiries", "list", roles=("department",), waiting=questions_for),
    Entry(_("Households"), "households", "users", DAILY),
    Entry(_("Visits"), "visits", "note", DAILY, section="visits"),
    Entry(_("Tasks"), "tasks", "check", DAILY, roles=("auditor",)),
    Entry(_("Campaigns"), "campaigns", "sheet", DAILY, section="history", waiting=campaign_lines),
    Entry(_("Findings"), "findings", "eye", DAILY),
    Entry(_("Ledgers"), "ledgers", "table", DAILY, section="history"),
    Entry(_("Red flags"), "flags", "flag", WATCH, section="assessment", waiting=open_flags),
    Entry(_("Clues"), "clues", "ear", WATCH, section="assessment", waiting=open_clues),
    Entry(_("Cases"), "cases", "list", WATCH, roles=READERS),
    Entry(
        _("Tier division"), "tier_rounds", "swap", WATCH, section="history", waiting=tiers_waiting
    ),
    Entry(_("Lists of closing requests"), "consolidations", "sheet", WATCH, roles=LISTS),
    Entry(_("Assurance problems"), "assurances", "home", WATCH, section="history"),
    Entry(_("Monthly review"), "runs", "chart", WATCH),
    Entry(_("Plans"), "plans", "doc", HELP, section="history", waiting=plans_waiting),
    Entry(_("Responsible persons"), "persons", "user", HELP, section="history"),
    Entry(_("Measures"), "measures", "heart", HELP, section="measures", waiting=unexplained),
    Entry(_("Grants"), "grants", "coin", HELP, roles=GRANTS, waiting=waiting_for),
    Entry(
        _("Insurance claims"), "claims", "shield", HELP, section="insurance", waiting=claims_waiting
    ),
    Entry(
        _("Social help"), "social_needs", "users", HELP, section="history", waiting=social_waiting
    ),
    Entry(_("Charity shop"), "points", "star", HELP, section="history"),
    Entry(_("Relief funds"), "funds", "coin", HELP, ability="read_funds"),
    Entry(
        _("Project store"), "projects", "folder", HELP, may=reads_projects, waiting=projects_waiting
    ),
    Entry(_("Project assets"), "assets", "home", HELP, may=reads_assets),
    Entry(_("Effect of measures"), "effects", "chart", HELP, roles=WHOLE),
    Entry(_("Data quality"), "faults", "check", DATA, section="history", waiting=open_errors),
    Entry(_("Import"), "imports", "up", DATA, ability="import_register"),
    Entry(_("Department data"), "feeds", "up", DATA, roles=("department", *OVERSEERS)),
    Entry(_("Corrections for the national system"), "outgoing", "swap", DATA, section="history"),
    Entry(_("Statistics"), "figures", "chart", TELLING, roles=FIGURING),
    Entry(_("Coverage of visits"), "coverage", "chart", TELLING, section="history"),
    Entry(_("What villages are asked"), "burden", "clock", TELLING, section="history"),
    Entry(_("Red-flag report"), "red_report", "sheet", TELLING, ability="see_report"),
    Entry(_("Quarterly bulletins"), "bulletins", "doc", TELLING, roles=(*DESKS, "auditor")),
    Entry(_("Two months compared"), "compare_months", "swap", TELLING, roles=(*DESKS, "auditor")),
    Entry(
        _("Looking back"),
        "look_back",
        "clock",
        TELLING,
        roles=("province", "city", "county", "auditor"),
    ),
    Entry(_("What if"), "trials", "swap", TELLING, roles=("province", "city", "county", "auditor")),
    Entry(_("Policy parameters"), "policy", "doc", HOUSE),
    Entry(_("Officers"), "officers", "users", HOUSE, ability="manage_accounts"),
    Entry(_("Access log"), "reveals", "log", HOUSE, ability="read_logs"),
    Entry(_("Messages"), "jobs", "bell", HOUSE, everybody=True),
    Entry(_("Working days"), "working_days", "cal", HOUSE, everybody=True),
    Entry(_("Procedures"), "procedures", "right", HOUSE, everybody=True),
    Entry(_("Roles and rights"), "roles", "table", HOUSE, everybody=True),
]
# The bar at the foot of a phone: the first five that the post has.
TABS = [
    Entry(_("Today"), "today", "home"),
    Entry(_("To do"), "cases", "list", roles=DESKS[1:]),
    Entry(_("Questions to us"), "enquiries", "list", roles=("department",)),
    Entry(_("Households"), "households", "users"),
    Entry(_("Visits"), "visits", "note", section="visits"),
    Entry(_("Officers"), "officers", "users", ability="manage_accounts"),
    Entry(_("Report"), "red_report", "sheet", ability="see_report"),
    Entry(_("Messages"), "jobs", "bell", everybody=True),
    Entry(_("Me"), "me", "user", everybody=True),
]
