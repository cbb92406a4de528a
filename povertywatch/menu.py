"""The menu: one row per entry. Who sees it follows from an ability, or from seeing households.

An entry whose page does not exist is left out. ``waiting`` is what waits behind the entry; counting
stops at ``MANY``, so that the menu of a province costs no more than that of a village.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.funds.lists import waiting_for
from assistance.models import Measure
from assistance.plans.lists import waiting_for as plans_waiting
from duties import lists as duties
from feeds.models.uploads import OVERSEERS
from households.models import Fault
from monitoring.inbox.lists import DESKS, READERS, on_desk, questions_for
from monitoring.models import CampaignLine, Clue, RedFlag, TierLine
from monitoring.papers.consolidations import READERS as LISTS

WORK, DATA, HOUSE = _("Work"), _("Data"), _("This system")
MANY = 1000
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
    group: str = ""
    ability: str = ""  # blank: whoever sees households
    section: str = ""  # of the household page, which not every department sees
    everybody: bool = False
    roles: tuple = ()  # empty: any
    waiting: Callable | None = None  # post -> queryset

    def seen_by(self, post):
        if self.roles and post.role not in self.roles:
            return False
        if self.everybody:
            return True
        if self.ability:
            return post.may(self.ability)
        if self.section and not post.sees_section(self.section):
            return False
        return post.role_row.sees != "accounts"


GRANTS = (*duties.READERS, "village", "assigned")
ENTRIES = [
    Entry(_("Today"), "today", "home"),
    Entry(_("To do"), "cases", "list", roles=DESKS, waiting=on_desk),
    Entry(_("Tasks"), "tasks", "check", roles=duties.DESKS, waiting=duties.on_desk),
    Entry(_("Questions to us"), "enquiries", "list", roles=("department",), waiting=questions_for),
    Entry(_("Households"), "households", "users", WORK),
    Entry(_("Cases"), "cases", "list", WORK, roles=READERS),
    Entry(_("Tasks"), "tasks", "check", WORK, roles=("auditor",)),
    Entry(_("Visits"), "visits", "note", WORK, section="visits"),
    Entry(_("Plans"), "plans", "doc", WORK, section="history", waiting=plans_waiting),
    Entry(_("Responsible persons"), "persons", "user", WORK, section="history"),
    Entry(_("Measures"), "measures", "heart", WORK, section="measures", waiting=unexplained),
    Entry(_("Grants"), "grants", "coin", WORK, roles=GRANTS, waiting=waiting_for),
    Entry(_("Red flags"), "flags", "flag", WORK, section="assessment", waiting=open_flags),
    Entry(_("Clues"), "clues", "ear", WORK, section="assessment", waiting=open_clues),
    Entry(
        _("Tier division"), "tier_rounds", "swap", WORK, section="history", waiting=tiers_waiting
    ),
    Entry(_("Campaigns"), "campaigns", "sheet", WORK, section="history", waiting=campaign_lines),
    Entry(_("Assurance problems"), "assurances", "home", WORK, section="history"),
    Entry(_("Findings"), "findings", "eye", WORK),
    Entry(_("Statistics"), "figures", "chart", DATA, roles=(*DESKS, "auditor")),
    Entry(_("Coverage of visits"), "coverage", "chart", DATA, section="history"),
    Entry(_("What villages are asked"), "burden", "clock", DATA, section="history"),
    Entry(_("Red-flag report"), "red_report", "sheet", DATA, ability="see_report"),
    Entry(_("Relief funds"), "funds", "coin", DATA, ability="read_funds"),
    Entry(_("Effect of measures"), "effects", "chart", DATA, roles=WHOLE),
    Entry(_("Quarterly bulletins"), "bulletins", "doc", DATA, roles=(*DESKS, "auditor")),
    Entry(_("Ledgers"), "ledgers", "table", DATA, section="history"),
    Entry(_("Lists of closing requests"), "consolidations", "sheet", DATA, roles=LISTS),
    Entry(_("Monthly review"), "runs", "chart", DATA),
    Entry(_("Data quality"), "faults", "check", DATA, section="history", waiting=open_errors),
    Entry(_("Import"), "imports", "up", DATA, ability="import_register"),
    Entry(_("Department data"), "feeds", "up", DATA, roles=("department", *OVERSEERS)),
    Entry(_("Corrections for the national system"), "outgoing", "swap", DATA, section="history"),
    Entry(_("Policy parameters"), "policy", "doc", DATA),
    Entry(_("Two months compared"), "compare_months", "swap", DATA, roles=(*DESKS, "auditor")),
    Entry(
        _("Looking back"),
        "look_back",
        "clock",
        DATA,
        roles=("province", "city", "county", "auditor"),
    ),
    Entry(_("What if"), "trials", "swap", DATA, roles=("province", "city", "county", "auditor")),
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


def menu_for(request):
    """Groups of entries for the acting post, the current page marked."""
    entries = _shown(ENTRIES, request)
    groups = groupby(entries, key=lambda entry: str(entry["group"]))
    return [{"title": title, "entries": list(rows)} for title, rows in groups]


def tabs_for(request):
    """At most five; the last two are always the messages and the own account."""
    tabs = _shown(TABS, request)
    return tabs[:-2][:3] + tabs[-2:]


def _shown(entries, request):
    seen = [entry for entry in entries if entry.seen_by(request.post) and address(entry.url)]
    waiting = [entry for entry in seen if entry.waiting]
    counts = _counts([entry.waiting(request.post) for entry in waiting])
    found = dict(zip(map(id, waiting), counts, strict=True))
    rows = [_row(entry, found.get(id(entry), "")) for entry in seen]
    _mark_current(rows, request.path)
    return rows


def _row(entry, count):
    return {
        "words": entry.words,
        "icon": entry.icon,
        "group": entry.group,
        "href": address(entry.url),
        "count": count,
        "current": False,
    }


def address(url):
    try:
        return reverse(url)
    except NoReverseMatch:
        return ""


def _mark_current(rows, path):
    """The entry with the longest address that the page lies under; the front page only itself."""
    above = [row for row in rows if path == row["href"] or _lies_under(path, row["href"])]
    if above:
        max(above, key=lambda row: len(row["href"]))["current"] = True


def _lies_under(path, href):
    return href != "/" and path.startswith(href if href.endswith("/") else f"{href}/")


def _counts(querysets):
    """How many rows each has, all of them in one question to the database."""
    parts, given = [], []
    for rows in querysets:
        try:
            sql, params = rows.order_by().values("pk")[:MANY].query.sql_with_params()
        except EmptyResultSet:
            sql, params = "SELECT WHERE FALSE", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS waiting)")
        given += params
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", given)
        return [f"{MANY - 1}+" if found == MANY else found for found in cursor.fetchone()]
