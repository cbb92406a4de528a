"""Papers that hang or are signed in the village: public notice, democratic review, joint study."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.dossier import living_members
from households.wording import plain
from monitoring.cases.words import asked_words
from monitoring.papers.blocks import BLANK, BOX, Facts, Heading, Room, Sheet, Table, Text
from monitoring.papers.words import (
    TITLES,
    basis,
    day_or_blank,
    head_identity,
    household_short,
    number_words,
    or_unknown,
    people_words,
    printed,
    signed,
)
from monitoring.policy.rules import Dimension, rules_of


def notice(occasion):
    """Everybody reads it, so it says who, where, what and until when: no phone, no account, no
    illness, no amount; of the reason its dimension only (decision 0055)."""
    case, household = occasion.case, occasion.household
    return Sheet(
        str(TITLES[case.procedure][1]),
        number_words(case),
        printed(occasion.at),
        [
            Text(_basis(case, household)),
            _row(household, case, living_members(household)),
            Text(_period(occasion)),
            Text(_objections(household)),
            Text(household.village.name, "right"),
            Text(day_or_blank(_up(case) and _up(case).up_on), "right"),
        ],
        about=case.number,
    )


def _basis(case, household):
    words = {"what": TITLES[case.procedure][2], "clause": basis(case.row.clause, _code(household))}
    if words["clause"]:
        return (
            _(
                "By %(clause)s, after a check at home and joint study, the household below is "
                "proposed as %(what)s. This is made public, so that everybody may speak up."
            )
            % words
        )
    return (
        _(
            "After a check at home and joint study, the household below is proposed as %(what)s. "
            "This is made public, so that everybody may speak up."
        )
        % words
    )


def _code(household):
    return household.village.code


def _row(household, case, members):
    return Table(
        [_("Head"), _("Resident ID"), _("Village and group"), _("Members"), _("Kind of reason")],
        [
            [
                or_unknown(household.head_name),
                or_unknown(head_identity(members)),
                f"{household.village.name}{household.group_name}",
                people_words(len(members)),
                reason_kind(case),
            ]
        ],
        [2, 4, 4, 2, 3],
    )


# What a notice says of each dimension: true of it, and of nobody's health.
KINDS = {
    Dimension.ASSURANCES: gettext_lazy("assurances at risk"),
    Dimension.INCOME: gettext_lazy("low or unsteady income"),
    Dimension.RESILIENCE: gettext_lazy("large expenses, a sudden event or little labour"),
}


def reason_kind(case):
    """The dimensions in which the analysis found a risk, the worst: never a rule by its name."""
    judged = case.judged
    bits = judged.get("red") or judged.get("yellow") or 0
    dimensions = dict.fromkeys(rule.dimension for rule in rules_of(bits))
    words = _(", ").join(str(KINDS[dimension]) for dimension in dimensions)
    return words or _("found by the check at home")


def _up(case):
    """The notice that hangs or hung last, if any does."""
    return case.notices.last()


def _period(occasion):
    up = _up(occasion.case)
    words = {
        "days": int(occasion.known.figures_of(occasion.case)["notice_days"]),
        "from": day_or_blank(up and up.up_on),
        "until": day_or_blank(up and up.until),
    }
    return _("Time of the notice: from %(from)s to %(until)s, at least %(days)d days.") % words


def _objections(household):
    return _(
        "Whoever knows better may say so in this time, in speech or in writing, to %(village)s or "
        "%(township)s. Phone of the office: %(blank)s"
    ) % {
        "village": household.village.name,
        "township": household.township.name,
        "blank": BLANK,
    }


def minutes(occasion):
    """Minutes of the democratic review 民主评议, filled in when the meeting is recorded."""
    case, held = occasion.case, occasion.case.meetings.last()
    votes = [held.in_favour, held.against, held.abstained] if held else [BLANK] * 3
    return Sheet(
        _("Minutes of the democratic review"),
        number_words(case),
        printed(occasion.at),
        [
            _meeting(held and held.held_on, held and held.place, held and held.chair, held),
            Heading(_("1. The household")),
            household_short(case.household),
            _subject(case),
            Heading(_("2. What was said")),
            Room(_("What was said"), "", ""),
            Heading(_("3. The vote")),
            Table(
                [_("For"), _("Against"), _("Abstained")], [[str(vote) for vote in votes]], [4, 4, 4]
            ),
            Room(_("Result"), _outcome(held), signed(held.chair if held else "", stamp=False)),
            Heading(_("4. Those present")),
            _signatures(8),
        ],
        about=f"{case.household.head_name} {case.number}".strip(),
    )


def study(occasion):
    """Minutes of the joint study by the work team and the village's two committees 共同研究."""
    case = occasion.case
    return Sheet(
        _("Minutes of the joint study"),
        number_words(case),
        printed(occasion.at),
        [
            _meeting(None, None, None, None),
            Text(
                _("Present: the village's two committees and the work team in the village."),
                "plain",
            ),
            Heading(_("1. The household")),
            household_short(case.household),
            _subject(case),
            Heading(_("2. Opinions")),
            Room(_("What was said"), "", ""),
            Room(_("Result"), _boxes(_("agreed"), _("not agreed")), signed()),
            Heading(_("3. Those present")),
            _signatures(6),
        ],
        about=f"{case.household.head_name} {case.number}".strip(),
    )


def _meeting(day, place, chair, held):
    return Facts(
        [
            (_("Date"), day_or_blank(day)),
            (_("Place of the meeting"), place or BLANK),
            (_("Chair"), chair or BLANK),
            (_("Recorder"), BLANK),
            (_("Present"), people_words(held.present) if held else BLANK),
        ]
    )


def _subject(case):
    wide = [(_("What is asked for"), str(case.row.words))]
    wide += [(label, words) for label, words, _tier in asked_words(case)]
    return Facts(wide=[*wide, (_("Reason"), case.because or BLANK)])


def _outcome(held):
    if held is None:
        return _boxes(_("passed"), _("not passed"))
    words = _("passed") if held.passed else _("not passed")
    return f"{words} {plain(held.held_on)}"


def _boxes(*words):
    return "　".join(f"{BOX} {word}" for word in words)


def _signatures(rows):
    return Table([_("Name"), _("Signature"), _("Name"), _("Signature")], [], [3, 3, 3, 3], rows)
