"""What a campaign asks, of which households, what may be answered, and what follows: one table.

An answer that is no exception ends the line. What opens a case, or has no visit, is looked through
by the township; a correction of the register (*never met the standard* is no closing) is confirmed
by the county besides.
"""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.models.choices import ExitedClass, Status


@dataclass(frozen=True)
class Answer:
    code: str
    words: str
    visit: bool = True  # needs a visit in person since the campaign began
    reason: bool = False  # needs words
    opens: str = ""  # the procedure that takes it up
    proposal: dict = field(default_factory=dict)
    corrects: dict = field(default_factory=dict)  # register fields, confirmed by the county
    not_for: tuple = ()  # exited classes that it would not change

    @property
    def is_exception(self):
        """The township looks through it; of the rest the village's word is enough."""
        return bool(self.opens or self.corrects or not self.visit)


@dataclass(frozen=True)
class CampaignKind:
    code: str
    words: str
    asks: str  # the question to the village, as a sentence
    clause: str
    households: Q
    answers: tuple
    grouped: bool = False  # only households of key groups (groups.py)
    days: int = 60  # usual length

    def answer(self, code):
        return next((answer for answer in self.answers if answer.code == code), None)

    @property
    def usual(self):
        """The answer that is filled in."""
        return self.answers[0]


_STANDS = Answer("stands", pgettext_lazy("campaign", "as registered, no new risk"))
_AWAY = Answer("away", _("nobody met: moved, or all away"), visit=False, reason=True)
_RISK = Answer("risk", _("a risk of falling back"), reason=True, opens="unstable_listing")

KINDS = {
    kind.code: kind
    for kind in (
        CampaignKind(
            "lookback",
            _("look-back at exited households"),
            _("Are food, clothing, education, medical care, housing and water secure, the income"
              " steady, and is there a risk?"),
            "AH 2.1",
            Q(status=Status.EXITED),
            (
                _STANDS,
                _RISK,
                Answer(
                    "never_met", _("never met the standard of exit"), reason=True,
                    corrects={"status": Status.POOR, "tier": ""},
                ),
                _AWAY,
            ),
        ),
        CampaignKind(
            "edge",
            _("re-confirmation of edge households"),
            _("Is the income still under the line, with a risk of poverty?"),
            "AH 2.2",
            Q(status=Status.EDGE),
            (
                Answer("stands", _("still an edge household")),
                Answer("cleared", _("the risk is removed"), reason=True, opens="closing_edge"),
                Answer("poor", _("found poor"), reason=True, opens="edge_poor"),
                Answer(
                    "never_met", _("never met the standard"), reason=True,
                    corrects={"status": Status.GENERAL, "tier": "", "listed_on": None},
                ),
                _AWAY,
            ),
        ),
        CampaignKind(
            "classes",
            _("verification of the classes of exited households"),
            _("Does the class still fit the household's income and strength?"),
            "AH 4.1.1",
            Q(status=Status.EXITED) & ~Q(exited_class=ExitedClass.MONITORED),
            (
                Answer("stands", _("the class fits"), not_for=("",)),
                Answer(
                    "independent", _("independent, no subsidies"), reason=True,
                    opens="class_change", proposal={"exited_class": ExitedClass.INDEPENDENT},
                    not_for=(ExitedClass.INDEPENDENT,),
                ),
                Answer(
                    "supported", _("supported"), reason=True,
                    opens="class_change", proposal={"exited_class": ExitedClass.SUPPORTED},
                    not_for=(ExitedClass.SUPPORTED,),
                ),
                _RISK,
            ),
        ),
        CampaignKind(
            "screening",
            _("screening of unregistered households"),
            _("Is there a risk of poverty in this household of a key group?"),
            "LA 2.2",
            Q(status=Status.GENERAL),
            (
                Answer("no_risk", _("visited, no risk")),
                Answer("risk", _("a risk of poverty"), reason=True, opens="edge_listing"),
                Answer("excused", _("not visited, with a reason"), visit=False, reason=True),
            ),
            grouped=True,
            days=30,
        ),
    )
}  # fmt: skip
