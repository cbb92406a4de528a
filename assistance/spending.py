"""Which money may be spent on whom, for what, where and since when: a table of what is forbidden.

What no row forbids is allowed. That leaves to their own words, with no class refused anything:
Anhui before 2020-03-02 and Ganzhou at any time (LA 3.4, 4.1 政策不变; GZ 5.1 摘帽不摘政策). There
财政专项扶贫资金 may help edge households too (**default**: LA 4.2 allows 财政专项资金, wider).
低保, insurance and what everybody gets (``WELFARE``) are no 财政扶贫资金 and never refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from households.models import HouseholdPast
from households.models.choices import ExitedClass, Status


class Source(TextChoices):
    """Where money comes from (domain.md 5)."""

    SPECIAL = "special", gettext_lazy("special fiscal funds for poverty relief")
    FISCAL = "fiscal", gettext_lazy("other fiscal funds for poverty relief")
    DEPARTMENT = "department", gettext_lazy("funds of a line of work")
    WELFARE = "welfare", gettext_lazy("social assistance and what everybody gets")
    SOCIAL = "social", gettext_lazy("donations and help from society")
    COLLECTIVE = "collective", gettext_lazy("income of the village collective")
    RELIEF = "relief", pgettext_lazy("source of money", "relief fund")
    OTHER = "other", pgettext_lazy("source of money", "other funds")


class Purpose(TextChoices):
    HELP = "help", gettext_lazy("help for a household")
    DEPOSIT = "deposit", gettext_lazy("deposit in a relief fund")


ALL_FISCAL = frozenset({Source.SPECIAL, Source.FISCAL})
OF_EDGE = frozenset({Status.EDGE, Status.EDGE_CLEARED})


@dataclass(frozen=True)
class Standing:
    """What the rules ask of a household as of a day; ``code`` is that of its village."""

    status: str
    exited_class: str
    code: str


@dataclass(frozen=True)
class Ban:
    sources: frozenset
    who: Callable  # Standing -> bool
    whom: str | Promise  # the same for a reader
    purpose: Purpose
    territory: str  # how the codes of its divisions begin
    since: date
    clause: str
    says: str | Promise
    lifted: bool = False  # by the recorded exception of AH 4.1.2

    def forbids(self, source, purpose, standing, on, excepted):
        return (
            source in self.sources
            and purpose == self.purpose
            and standing.code.startswith(self.territory)
            and on >= self.since
            and self.who(standing)
            and not (self.lifted and excepted)
        )

    def __str__(self):
        return _("%(sentence)s (%(clause)s)") % {"sentence": self.says, "clause": self.clause}

    @property
    def source_words(self):
        return [source.label for source in Source if source in self.sources]


ANHUI, EVERYWHERE = "34", ""
OF_2020 = date(2020, 3, 2)  # 皖扶组〔2020〕5号

BANS = (
    Ban(
        sources=frozenset({Source.SPECIAL}),
        who=lambda home: home.status in OF_EDGE,
        whom=gettext_lazy("edge households"),
        purpose=Purpose.HELP,
        territory=ANHUI,
        since=OF_2020,
        clause="AH 4.2.1",
        says=gettext_lazy(
            "Special fiscal funds for poverty relief may not be spent on edge households;"
            " choose another source."
        ),
    ),
    Ban(
        sources=ALL_FISCAL,
        who=lambda home: home.exited_class == ExitedClass.INDEPENDENT,
        whom=gettext_lazy("exited households that are independent"),
        purpose=Purpose.HELP,
        territory=ANHUI,
        since=OF_2020,
        clause="AH 4.1.2",
        says=gettext_lazy(
            "An independent exited household gets no subsidy from fiscal funds for poverty relief,"
            " unless a disaster or a change in the family caused an assurance or water problem"
            " that it cannot bear; record that, or choose another source."
        ),
        lifted=True,
    ),
    Ban(
        # AH 4.2.3 names what fills a relief fund; outside Anhui, and before, **default**.
        sources=ALL_FISCAL,
        who=lambda home: True,
        whom=gettext_lazy("relief funds"),
        purpose=Purpose.DEPOSIT,
        territory=EVERYWHERE,
        since=date.min,
        clause="AH 4.2.3",
        says=gettext_lazy(
            "A relief fund is filled from donations, income of the village collective and the"
            " like, not from fiscal funds for poverty relief."
        ),
    ),
)


def ban_on(source, *, standing, on, purpose=Purpose.HELP, excepted=False):
    """The row that forbids it, or None. ``excepted``: the exception of AH 4.1.2 is on record."""
    return next((ban for ban in BANS if ban.forbids(source, purpose, standing, on, excepted)), None)


def standing_on(household, on):
    """What held for ``household`` on a day, its earliest known version before that."""
    row = household
    if on < household.since:
        past = HouseholdPast.objects.filter(household=household).select_related("village")
        held = past.filter(since__lte=on, until__gt=on).order_by("-since").first()
        row = held or past.order_by("since").first() or household
    return Standing(row.status, row.exited_class, row.village.code)
