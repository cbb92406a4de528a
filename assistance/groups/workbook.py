"""Lines of a workbook (.xlsx, .csv): each row names a household by its number, or a person by the
resident ID. A row that is not taken says where, why and what to do; the rest survives.

No full number is kept: what a row says is stored masked.
"""

import re

from django.utils.translation import gettext as _

from accounts.protected import blind_index, mask_identity
from assistance.groups.checks import MOST, GroupRefusal
from assistance.models import GroupLine
from households.models import Household, Member
from households.national import identifiers
from households.national.reading import FileRefused, open_rows

NUMBER, IDENTITY, NAME = "户编号", "证件号码", "姓名"
HEADERS = {
    NUMBER: {"户编号", "户号", "householdnumber"},
    IDENTITY: {"证件号码", "身份证号", "身份证号码", "公民身份号码", "residentid"},
    NAME: {"姓名", "name", "户主姓名", "户主"},
}
SEARCHED = 15  # rows among which the header stands


def lines_of(path, name, *, by):
    """Unsaved ``GroupLine`` rows, in the order of the file. Raises ``GroupRefusal``."""
    try:
        rows = open_rows(path, name)
    except FileRefused as refused:
        raise GroupRefusal(str(refused), "file") from None
    try:
        return _lines([row for _first, chunk, _share in rows.chunks() for row in chunk], by)
    except FileRefused as refused:
        raise GroupRefusal(str(refused), "file") from None
    finally:
        rows.close()


def lines_in(rows, *, by):
    """The same of rows at hand, the first of which is the header."""
    return _lines(rows, by)


def _lines(rows, by):
    at, columns = _header(rows)
    wanted = [
        (number, _said(row, columns))
        for number, row in enumerate(rows[at + 1 :], at + 2)
        if any(row)
    ]
    if len(wanted) > MOST:
        words = _("The file has %(rows)d rows; at most %(most)d can be in one action.")
        raise GroupRefusal(words % {"rows": len(wanted), "most": MOST}, "file")
    if not wanted:
        raise GroupRefusal(_("No row stands below the header."), "file")
    known = _Known([said for _row, said in wanted], by)
    return [_line(row, said, known) for row, said in wanted]


def _header(rows):
    for at, row in enumerate(rows[:SEARCHED]):
        titles = [re.sub(r"[\s*＊:：_]", "", str(cell)).lower() for cell in row]
        columns = {
            field: next((n for n, title in enumerate(titles) if title in names), None)
            for field, names in HEADERS.items()
        }
        if columns[NUMBER] is not None or columns[IDENTITY] is not None:
            return at, columns
    raise GroupRefusal(
        _("No column is called 户编号 or 证件号码. Use the template, or name the columns so."),
        "file",
    )


def _said(row, columns):
    return {
        field: identifiers.bare(str(row[n])).upper() if n is not None and n < len(row) else ""
        for field, n in columns.items()
    }


class _Known:
    """What the rows name, as far as ``by`` sees it, in two questions."""

    def __init__(self, said, by):
        numbers = {row[NUMBER] for row in said if row[NUMBER]}
        self.may_look_up = by.sees_section("identifiers")
        self.indexes = {row[IDENTITY]: blind_index(row[IDENTITY]) for row in said}
        homes = Household.objects.visible_to(by).filter(number__in=numbers)
        self.homes = {}
        for home in homes.only("id", "number", "head_name"):
            self.homes.setdefault(home.number, []).append(home)
        people = Member.objects.visible_to(by).living_there()
        wanted = set(self.indexes.values()) - {None} if self.may_look_up else ()
        people = people.filter(resident_id_index__in=wanted)
        self.people = {}
        for member in people.select_related("household"):
            self.people.setdefault(member.resident_id_index, []).append(member)
        names = {row[NAME] for row in said if row[NAME]}
        ids = [home.id for found in self.homes.values() for home in found]
        at_home = (
            Member.objects.visible_to(by).living_there().filter(household__in=ids, name__in=names)
        )
        self.named = {}
        for member in at_home:
            self.named.setdefault((member.household_id, member.name), []).append(member)

    def with_identity(self, number):
        return self.people.get(self.indexes[number], [])


def _line(row, said, known):
    line = GroupLine(row=row, said=_shown(said))
    problem = _by_identity(line, said, known) if said[IDENTITY] else _by_number(line, said, known)
    line.refusal = problem or ""
    return line


def _shown(said):
    number = said[IDENTITY]
    return " ".join(filter(None, [said[NAME], said[NUMBER], number and mask_identity(number)]))[:80]


def _by_identity(line, said, known):
    if identifiers.by_excel(said[IDENTITY]):
        return _("Excel has cut this number short. Format the column as text and enter it again.")
    if not known.may_look_up:
        return _("Your post looks nobody up by number. Enter household number and name instead.")
    found = known.with_identity(said[IDENTITY])
    if not found:
        return _("Nobody of your households has this number. Compare it with the card.")
    if len({member.household_id for member in found}) > 1:
        return _("Two households have a person with this number. Mend the register first.")
    member = found[0]
    if said[NAME] and said[NAME] != member.name:
        return _("The register calls the person %(name)s. Correct the row or the register.") % {
            "name": member.name
        }
    if said[NUMBER] and said[NUMBER] != member.household.number:
        return _("The person lives in another household. Correct the household number.")
    line.household_id, line.member = member.household_id, member
    return ""


def _by_number(line, said, known):
    if not said[NUMBER]:
        return _("Neither household number nor resident ID. Enter one of them.")
    found = known.homes.get(said[NUMBER], [])
    if not found:
        return _("No household of yours has this number. Look it up in the register.")
    if len(found) > 1:
        return _("Two counties have a household of this number. Enter the resident ID.")
    line.household = found[0]
    name = said[NAME]
    if not name or name == found[0].head_name and (found[0].id, name) not in known.named:
        return ""
    members = known.named.get((found[0].id, name), [])
    if not members:
        return _("Nobody called %(name)s lives there. Correct the name.") % {"name": name}
    if len(members) > 1:
        return _("Two people of this name live there. Enter the resident ID.")
    line.member = members[0]
    return ""
