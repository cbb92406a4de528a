"""The cells of the household list. Nine includes a row were most of the page's time."""

from functools import lru_cache

from django.urls import reverse
from django.utils.html import conditional_escape as escape
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.templatetags import pw
from households.lists import COLUMNS
from households.models.choices import Status


def kind_of(household):
    """The word of a household's kind: an exited one is called by its class."""
    if household.status == Status.EXITED and household.exited_class:
        return household.get_exited_class_display()
    return household.get_status_display()


def _marks(household, marks):
    mark = marks.get(household.id)
    if mark is None or mark.assessment is None:
        judged = pw.tier("unknown")
    else:
        why = reverse("household_why", args=[household.pk])
        judged = format_html('<a href="{}">{}</a>', why, pw.tier(mark.assessment.tier))
    if mark is None or mark.flag is None:
        return judged
    return format_html("{} {}", pw.red_flag(mark.flag.opened_on, again=mark.flag.reopened), judged)


def _person(household, marks):
    name = household.responsible_name or household.contact_name
    return name or pw.missing("", _("nobody yet"))


def _visited(household, marks):
    if household.last_visited_on is None:
        return pw.missing("", _("not visited yet"))
    return format_html('<span class="nowrap">{}</span>', pw.short_day(household.last_visited_on))


CELLS = {
    "number": lambda household, marks: household.number,
    "status": lambda household, marks: pw.status(kind_of(household)),
    "tier": lambda household, marks: pw.tier(household.tier or "unknown"),
    "marks": _marks,
    "person": _person,
    "visited": _visited,
    "group": lambda household, marks: pw.missing(household.group_name),
    "grade": lambda household, marks: pw.missing(household.get_house_grade_display()),
    "relocated": lambda household, marks: pw.yes_no(household.relocated),
    "exited_year": lambda household, marks: pw.missing(household.exited_year),
    "listed_on": lambda household, marks: pw.day(household.listed_on),
}


def cells_of(household, columns, marks):
    """``columns``: pairs of name and column, as the page shows them."""
    language = get_language()
    return [
        f"{_opened(name, language)}{escape(CELLS[name](household, marks))}</td>"
        for name, _column in columns
    ]


def lead_of(household, with_people):
    """The first cell of a row: who it is, where, how many."""
    people = _("%(people)s people") % {"people": household.people}
    return format_html(
        '<td class="lead"><a href="{}">{}</a><small>{}{}{}</small></td>',
        reverse("household", args=[household.pk]),
        household.head_name or household.number,
        household.township,
        household.village,
        f", {people}" if with_people else "",
    )


@lru_cache(maxsize=256)
def _opened(name, _language):
    return format_html('<td data-label="{}">', COLUMNS[name].words)
