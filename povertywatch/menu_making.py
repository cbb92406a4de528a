"""The menu of a post, made of the rows of ``menu.py``.

An entry whose page does not exist is left out.
"""

import re

from accounts.addresses import address_of
from accounts.counting import MANY
from povertywatch.menu import DAILY, ENTRIES, GROUPS, TABS, TOP
from povertywatch.menu_counts import counts_of

SHORT = 18  # a menu of so many entries stands open as a whole
COOKIE = "pw_menu"  # what the officer opened and closed in this browser: daily.1-house.0


def menu_for(request):
    """Groups of entries for the acting post, the current page marked and its group open."""
    entries = _shown(ENTRIES, request)
    kept = _kept(request.COOKIES.get(COOKIE, ""))
    usual = set(GROUPS) if len(entries) <= SHORT else {TOP, DAILY}
    found = []
    for code, title in GROUPS.items():
        rows = [entry for entry in entries if entry["group"] == code]
        current = any(row["current"] for row in rows)
        group = {"code": code, "title": title, "entries": rows, "count": _together(rows)}
        group["open"] = current or kept.get(code, code in usual)
        found += [group] if rows else []
    return found


def tabs_for(request):
    """At most five; the last two are always the messages and the own account."""
    tabs = _shown(TABS, request)
    return tabs[:-2][:3] + tabs[-2:]


def _kept(cookie):
    """What the browser says, taken for nothing but opened or closed."""
    return {code: state == "1" for code, state in re.findall(r"\b([a-z]+)\.([01])\b", cookie)}


def _together(rows):
    """What waits in a group; one count that stopped makes the sum one that stopped."""
    counts = [row["count"] for row in rows if row["count"]]
    if any(isinstance(count, str) for count in counts):
        return f"{MANY - 1}+"
    return sum(counts) if sum(counts) < MANY else f"{MANY - 1}+"


def _shown(entries, request):
    seen = [entry for entry in entries if entry.seen_by(request.post) and address_of(entry.url)]
    waiting = [entry for entry in seen if entry.waiting]
    found = counts_of(request.post, waiting) if waiting else {}
    rows = [_row(entry, found[entry.url] if entry.waiting else "") for entry in seen]
    _mark_current(rows, request.path)
    return rows


def _row(entry, count):
    return {
        "words": entry.words,
        "icon": entry.icon,
        "group": entry.group,
        "href": address_of(entry.url),
        "count": count,
        "current": False,
    }


def _mark_current(rows, path):
    """The entry with the longest address that the page lies under; the front page only itself."""
    above = [row for row in rows if path == row["href"] or _lies_under(path, row["href"])]
    if above:
        max(above, key=lambda row: len(row["href"]))["current"] = True


def _lies_under(path, href):
    return href != "/" and path.startswith(href if href.endswith("/") else f"{href}/")
