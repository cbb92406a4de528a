"""Who passes a paper on to whom: every procedure of domain.md 4, a chain a row, a step a line.

A step has a level, an act, a limit in working days, the papers it needs, the conditions that must
hold before it may pass (``conditions.py``), what it asks of the officer, and what it does to the
register (``outcomes.py``). Chains differ by territory and date: a case keeps the variant it began
under, so a variant is never changed once cases ran under it, only ended by a later one.

The diagrams of ``docs/procedures.md`` and of the page are drawn from this table. Limits in
working days are defaults: no document gives one for a single step.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import CITY, COUNTY, PROVINCE, TOWNSHIP, VILLAGE
from households.models.choices import ExitedClass, Status

ROLE_AT = {
    VILLAGE: "village",
    TOWNSHIP: "township",
    COUNTY: "county",
    CITY: "city",
    PROVINCE: "province",
}


class StepAct(TextChoices):
    """What the officer of a step does; the words of the button that passes the case on."""

    SUBMIT = "submit", _("submit")
    COMPARE = "compare", _("record the departments' comparison")
    NAME = "name", _("name as a preliminary target")
    VERIFY = "verify", _("record the check at home")
    STUDY = "study", _("record the joint study")
    CHECK = "check", _("record the departments' check")
    DEMOCRATIC_REVIEW = "democratic_review", _("record the democratic review")
    NOTICE = "notice", _("end the public notice")
    REVIEW = "review", _("approve the review")
    APPROVE = "approve", _("approve")
    FILE = "file", pgettext_lazy("act", "file")
    MARK = "mark", _("file and mark")
    ENTER = "enter", _("record the entry in the national system")


class PaperKind(TextChoices):
    """What is put to a case. Prepared ones are printed by ``papers.py`` and come back as a scan."""

    FORM = "form", _("signed case form")
    STUDY = "study", _("minutes of the joint study")
    MINUTES = "minutes", _("minutes of the democratic review")
    NOTICE_PHOTO = "notice_photo", _("photo of the posted notice")
    COVER = "cover", _("cover sheet of the list")
    PROOF = "proof", _("proof")
    PHOTO = "photo", _("photo")
    OTHER = "other", _("other paper")


@dataclass(frozen=True)
class Step:
    code: str
    level: int
    act: StepAct
    words: str
    days: int  # working days from arrival
    clause: str = ""
    papers: tuple = ()
    conditions: tuple = ()  # codes of conditions.CONDITIONS
    asks: tuple = ()  # fields of the case's proposal that this step must fill
    may_refuse: bool = False  # may end the case with a reason: it is not so
    outcomes: tuple = ()  # codes of outcomes.OUTCOMES
    by_departments: bool = False  # passes by itself with the last department's answer
    consolidates: bool = False  # the cases of a township go up in one list with a cover sheet

    @property
    def role(self):
        return "department" if self.by_departments else ROLE_AT[self.level]


@dataclass(frozen=True)
class Variant:
    """A chain in a territory from a day on; ``switch``: only where this parameter is on."""

    code: str
    steps: tuple
    territory: str = ""  # how the division code begins
    since: date = date.min
    switch: str = ""


@dataclass(frozen=True)
class Procedure:
    code: str
    letter: str  # of the case's number
    words: str
    clause: str
    subjects: tuple  # of SUBJECTS: whose household it may be about
    variants: tuple  # the first that fits is taken
    proposes: str = ""  # the field of the register that the case asks for
    closes: bool = False  # ends monitoring
    lists: bool = False  # begins monitoring

    def variant(self, code):
        return next(variant for variant in self.variants if variant.code == code)

    def variant_for(self, division_code, day, figures):
        """The chain for a household of ``division_code`` on ``day``; ``figures`` say which
        switches are on."""
        return next(
            variant
            for variant in self.variants
            if division_code.startswith(variant.territory)
            and variant.since <= day
            and (not variant.switch or figures[variant.switch] == 1)
        )


POOR = (Status.POOR, Status.RETURNED, Status.NEWLY_POOR)
# Whose household a procedure may be about: status and class of the register.
SUBJECTS = {
    "exited": (_("an exited household"), lambda h: h.status == Status.EXITED),
    "exited_unlisted": (
        _("an exited household that is not monitored"),
        lambda h: h.status == Status.EXITED and h.exited_class != ExitedClass.MONITORED,
    ),
    "monitored": (
        _("a monitored exited household"),
        lambda h: h.status == Status.EXITED and h.exited_class == ExitedClass.MONITORED,
    ),
    "edge": (_("an edge household"), lambda h: h.status == Status.EDGE),
    "unregistered": (
        _("a household that is not registered, or an edge household whose risk was removed"),
        lambda h: h.status in (Status.GENERAL, Status.EDGE_CLEARED),
    ),
    "farm": (
        _("a farm household that is neither poor nor already a target"),
        lambda h: h.status not in (*POOR, Status.INTERVENTION),
    ),
}


V, T, C, M, P = VILLAGE, TOWNSHIP, COUNTY, CITY, PROVINCE
A, K = StepAct, PaperKind

# The three steps that AH 2.2 asks for between the comparison and the entry; GZ and LA put a public
# notice between them.
_HOME_CHECK = Step(
    "verify", V, A.VERIFY, _("village verifies at home"), 5, "AH 2.2",
    conditions=("visited_since_opening",),
)  # fmt: skip
_STUDY = Step(
    "study", V, A.STUDY, _("work team and committees study it together"), 3, "AH 2.2",
    papers=(K.STUDY,),
)  # fmt: skip
_NOTICE = Step(
    "notice", V, A.NOTICE, _("public notice in the village"), 10, "LA 2.1.3, GZ 4.2.2",
    conditions=("notice_over",),
)  # fmt: skip
_TOWNSHIP = Step("review", T, A.REVIEW, _("township reviews"), 5, "AH 2.2")


def _enter(clause, outcome=()):
    return Step(
        "enter", T, A.ENTER, _("township enters it in the national system"), 5, clause,
        asks=("national_number",), outcomes=outcome,
    )  # fmt: skip


def _edge_chain(*between, standard="edge_standard", clause="AH 2.2, LA 2.2"):
    return (
        Step(
            "compare", C, A.COMPARE, _("departments' data are compared"), 5, "AH 2.2",
            conditions=("departments_answered",),
        ),
        _HOME_CHECK,
        _STUDY,
        *between,
        _TOWNSHIP,
        Step(
            "approve", C, A.APPROVE, _("county approves"), 5, clause,
            conditions=(standard,), may_refuse=True, outcomes=("list_edge",),
        ),
        _enter("AH 2.2"),
    )  # fmt: skip


def _unstable_chain(*between):
    return (
        Step(
            "submit", V, A.SUBMIT, _("village marks it at once, help starts"), 1, "AH 2.3",
            conditions=("visited_lately",), asks=("because",), outcomes=("start_help",),
        ),
        _STUDY,
        *between,
        _TOWNSHIP,
        Step(
            "approve", C, A.APPROVE, _("county approves"), 5, "AH 2.3, 3.2",
            conditions=("monitored_standard",), may_refuse=True, outcomes=("list_monitored",),
        ),
        _enter("AH 2.3"),
    )  # fmt: skip


def _poverty_chain(clause, outcome):
    """LA 2.1.3: investigation, democratic review, notice; registered when the window opens."""
    return (
        Step(
            "submit", V, A.SUBMIT, _("village investigates"), 5, clause,
            conditions=("visited_lately",), asks=("because",),
        ),
        Step(
            "democratic_review", V, A.DEMOCRATIC_REVIEW, _("democratic review"), 5, clause,
            papers=(K.MINUTES,), conditions=("democratic_majority",),
        ),
        Step(
            "notice", V, A.NOTICE, _("public notice in the village"), 10, clause,
            conditions=("notice_over",),
        ),
        Step("review", T, A.REVIEW, _("township reviews"), 5, clause),
        Step(
            "approve", C, A.APPROVE, _("county confirms, help starts"), 5, clause,
            may_refuse=True, outcomes=("start_help",),
        ),
        Step(
            "enter", T, A.ENTER, _("registered when the national system's window opens"), 60,
            clause,
            asks=("national_number",), outcomes=(outcome,),
        ),
    )  # fmt: skip


CLOSING = (
    "rules_turned",
    "visited_since_flag",
    "risks_answered",
    "measures_finished",
    "assured",
    "closing_line",
    "closing_months",
    "closing_labour",
)

PROCEDURES = {
    procedure.code: procedure
    for procedure in (
        Procedure(
            "tier", "级", _("tier of the ledger"), "LA 2.1.1, 2.1.2, 4.3", ("exited", "edge"),
            (
                Variant("2019", (
                    Step(
                        "submit", V, A.SUBMIT, _("village suggests"), 5, "LA 2.1.1",
                        conditions=("visited_in_person",), asks=("tier",),
                    ),
                    Step(
                        "review", T, A.REVIEW, _("township reviews"), 5, "LA 2.1.1",
                        conditions=("difference_answered",),
                    ),
                    Step(
                        "file", C, A.FILE, _("county files"), 5, "LA 2.1.1", outcomes=("set_tier",)
                    ),
                )),
            ),
            proposes="tier",
        ),
        Procedure(
            "edge_listing", "边", _("listing an edge household"), "AH 2.2, LA 2.2",
            ("unregistered",),
            (
                # GZ 4.2 has a standard of its own, and 4.2.2 a notice; AH 2.2 has none.
                Variant(
                    "ganzhou",
                    _edge_chain(
                        replace(_NOTICE, clause="GZ 4.2.2"),
                        standard="edge_three",
                        clause="AH 2.2, GZ 4.2",
                    ),
                    territory="3607",
                    since=date(2019, 10, 9),
                ),
                Variant("notice", _edge_chain(_NOTICE), switch="listing_notice"),
                Variant("2019", _edge_chain()),
            ),
            lists=True,
        ),
        Procedure(
            "unstable_listing", "监", _("listing an unstable exited household"), "AH 2.3, 3.2",
            ("exited_unlisted",),
            (
                Variant("notice", _unstable_chain(_NOTICE), switch="listing_notice"),
                Variant("2019", _unstable_chain()),
            ),
            lists=True,
        ),
        Procedure(
            "intervention", "预", _("intervention case"), "GZ 4.2.2", ("farm",),
            (
                Variant("2019", (
                    Step(
                        "name", C, A.NAME, _("county names a preliminary target"), 2, "GZ 4.2.2",
                        conditions=("departments_asked",), asks=("because",),
                    ),
                    Step(
                        "verify", V, A.VERIFY, _("check at home"), 2, "GZ 4.2.2",
                        conditions=("visited_since_opening",), may_refuse=True,
                    ),
                    Step(
                        "check", C, A.CHECK, _("departments check"), 5, "GZ 4.2.2",
                        conditions=("departments_answered",), by_departments=True,
                    ),
                    Step(
                        "notice", V, A.NOTICE, _("public notice in the village"), 8, "GZ 4.2.2",
                        conditions=("notice_over",),
                    ),
                    Step(
                        "approve", C, A.APPROVE, _("county approves and files"), 3, "GZ 4.2.2",
                        may_refuse=True,
                        outcomes=("become_target",),
                    ),
                )),
            ),
            lists=True,
        ),
        Procedure(
            "return", "返", _("return to poverty"), "LA 2.1.3", ("exited",),
            (Variant("2019", _poverty_chain("LA 2.1.3", "register_returned")),),
        ),
        Procedure(
            "edge_poor", "贫", _("edge household found poor"), "LA 2.2", ("edge",),
            (Variant("2019", _poverty_chain("LA 2.2", "register_newly_poor")),),
        ),
        Procedure(
            "closing_exited", "销", _("closing, exited household"), "AH 3.3", ("monitored",),
            (
                Variant("2020", (
                    Step(
                        "submit", V, A.SUBMIT, _("village fills in"), 5, "AH 3.3",
                        conditions=CLOSING, asks=("because",),
                    ),
                    Step(
                        "review", T, A.REVIEW, _("township examines"), 5, "AH 3.3",
                        papers=(K.FORM,), conditions=CLOSING,
                    ),
                    Step(
                        "county", C, A.REVIEW, _("county reviews"), 5, "AH 3.3",
                        papers=(K.FORM,), conditions=CLOSING,
                    ),
                    Step(
                        "city", M, A.REVIEW, _("city reviews"), 5, "AH 3.3",
                        papers=(K.FORM,), conditions=CLOSING,
                    ),
                    Step(
                        "mark", P, A.MARK, _("province files and marks"), 5, "AH 3.3",
                        conditions=CLOSING, outcomes=("close_monitored",),
                    ),
                )),
            ),
            closes=True,
        ),
        Procedure(
            "closing_edge", "销", _("closing, edge household"), "AH 3.3", ("edge",),
            (
                Variant("2020", (
                    Step(
                        "submit", T, A.SUBMIT, _("township consolidates and fills in"), 5, "AH 3.3",
                        conditions=CLOSING, asks=("because",), consolidates=True,
                    ),
                    Step(
                        "county", C, A.REVIEW, _("county reviews"), 5, "AH 3.3",
                        conditions=CLOSING,
                    ),
                    Step(
                        "mark", P, A.MARK, _("province marks"), 5, "AH 3.3",
                        conditions=CLOSING, outcomes=("close_edge",),
                    ),
                )),
            ),
            closes=True,
        ),
        Procedure(
            "class_change", "类", _("class of an exited household"), "AH 4.1.1",
            ("exited_unlisted",),
            (
                Variant("2020", (
                    Step(
                        "submit", V, A.SUBMIT, _("village proposes"), 5, "AH 4.1.1",
                        conditions=("visited_lately",), asks=("exited_class", "because"),
                    ),
                    Step("review", T, A.REVIEW, _("township reviews"), 5, "AH 4.1.1"),
                    Step(
                        "file", C, A.FILE, _("county files"), 5, "AH 4.1.1",
                        conditions=("class_standard",), outcomes=("set_class",),
                    ),
                )),
            ),
            proposes="exited_class",
        ),
    )
}  # fmt: skip
# Which level opens a procedure: that of its first step, whatever the variant.
OPENED_AT = {code: p.variants[0].steps[0].level for code, p in PROCEDURES.items()}


def opened_by(post):
    """The procedures that an officer of this post may open."""
    return [p for code, p in PROCEDURES.items() if ROLE_AT[OPENED_AT[code]] == post.role]
