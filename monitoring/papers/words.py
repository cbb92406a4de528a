"""What prepared papers of cases are called, and pieces that more than one of them says."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.dossier import living_members
from households.models import Household
from households.wording import in_words, label_of, plain
from monitoring.papers.blocks import BLANK, Facts
from monitoring.policy.clauses import DOCUMENTS, cited, parts

# Procedure -> (title of its form, title of its notice, what is proposed there).
TITLES = {
    "tier": (gettext_lazy("Form for the tier of the ledger"), "", ""),
    "edge_listing": (
        gettext_lazy("Form for listing an edge household"),
        gettext_lazy("Public notice of an edge household to be listed"),
        gettext_lazy("an edge household"),
    ),
    "unstable_listing": (
        gettext_lazy("Form for listing a monitored household"),
        gettext_lazy("Public notice of an exited household to be monitored"),
        gettext_lazy("an exited household to be monitored"),
    ),
    "intervention": (
        gettext_lazy("Form for an intervention target"),
        gettext_lazy("Public notice of an intervention target"),
        gettext_lazy("an intervention target"),
    ),
    "return": (
        gettext_lazy("Form for a household returned to poverty"),
        gettext_lazy("Public notice of a household returned to poverty"),
        gettext_lazy("a household returned to poverty"),
    ),
    "edge_poor": (
        gettext_lazy("Form for an edge household found poor"),
        gettext_lazy("Public notice of an edge household found poor"),
        gettext_lazy("an edge household found poor"),
    ),
    "closing_exited": (gettext_lazy("Application for closing a monitored household"), "", ""),
    "closing_edge": (gettext_lazy("Application for closing an edge household"), "", ""),
    "class_change": (gettext_lazy("Form for the class of an exited household"), "", ""),
}


@dataclass(frozen=True)
class Occasion:
    """A case on the day when its paper is made."""

    case: object
    known: object  # of this case
    at: object

    @property
    def household(self):
        return self.case.household

    @property
    def day(self):
        return localtime(self.at).date()


def printed(at):
    return _("printed %(now)s") % {"now": date_format(localtime(at), "DATETIME_FORMAT")}


def number_words(case):
    return _("Case number %(number)s") % {"number": case.number}


def or_unknown(value):
    return value or _("(not known)")


def day_or_blank(day):
    return plain(day) or _("____ / __ / ____")


def signed(name="", day=None, stamp=True):
    """The line under a box: who signs, and when."""
    words = _("Signature and stamp: %(name)s  %(day)s") if stamp else _("Signature: %(name)s")
    return words % {"name": name or BLANK, "day": day_or_blank(day)}


def place_words(household):
    return f"{household.village.full_name}{household.group_name}"


def head_identity(members):
    """The head's resident ID, masked."""
    head = next((member for member in members if member.relation == "head"), None)
    return head.resident_id_masked if head else ""


def people_words(count):
    return _("%(count)d people") % {"count": count}


def fact(household, name):
    """``(label, value)`` of a field of the register."""
    field = Household._meta.get_field(name)
    return label_of(field), or_unknown(in_words(field, household))


def household_short(household):
    """Who it is, for minutes: no more than the meeting needs."""
    members = living_members(household)
    return Facts(
        [
            (_("Head"), or_unknown(household.head_name)),
            (_("Resident ID"), or_unknown(head_identity(members))),
            (_("Village and group"), place_words(household)),
            (_("Members"), people_words(len(members))),
        ]
    )


def basis(clause, code):
    """The clauses that hold in the territory of the division ``code``, as they are cited; "" when
    none does: a notice does not cite another province's paper."""
    own = [
        f"{document} {place}"
        for document, place in parts(clause)
        if code.startswith(DOCUMENTS[document][2])
    ]
    return cited(", ".join(own))
