"""The form of a case 审批表: household, request, facts then and now, conditions, opinions."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from households.dossier import living_members
from households.models import Member
from households.models.choices import Tier
from households.wording import in_words, label_of, plain
from monitoring.cases.conditions import CONDITIONS
from monitoring.cases.then_now import comparison
from monitoring.cases.words import asked_words, place_of, standing
from monitoring.papers.blocks import BLANK, Facts, Heading, Room, Sheet, Table
from monitoring.papers.words import (
    TITLES,
    fact,
    head_identity,
    number_words,
    or_unknown,
    people_words,
    place_words,
    printed,
    signed,
)
from monitoring.policy.clauses import cited
from monitoring.policy.rules import rules_of


def case_form(occasion):
    case = occasion.case
    members = living_members(case.household)
    return Sheet(
        str(TITLES[case.procedure][0]),
        number_words(case),
        printed(occasion.at),
        [
            Heading(_("1. The household")),
            _household(occasion, members),
            _members(members, occasion.day),
            Heading(_("2. What is asked for, and why")),
            _request(occasion),
            *_then_and_now(occasion),
            *_conditions(occasion),
            Heading(_("5. Opinions and signatures")),
            *_opinions(case),
        ],
        about=f"{case.household.head_name} {case.number}".strip(),
    )


def _household(occasion, members):
    household = occasion.household
    pairs = [
        (_("Head"), or_unknown(household.head_name)),
        (_("Resident ID"), or_unknown(head_identity(members))),
        fact(household, "number"),
        (_("Members"), people_words(len(members))),
        fact(household, "status"),
        fact(household, "tier"),
    ]
    if household.exited_class:
        pairs.append(fact(household, "exited_class"))
    if household.listed_on:
        pairs.append(fact(household, "listed_on"))
    who = household.responsible_name or household.contact_name
    pairs.append((_("In charge"), who or _("nobody is named")))
    return Facts(pairs, [(_("Village and group"), place_words(household))])


def _members(members, day):
    shown = ("sex", "labour")
    head = [
        _("Name"), _("Relation"), *(label_of(Member._meta.get_field(name)) for name in shown),
        _("Age"), _("Resident ID"), _("Health"),
    ]  # fmt: skip
    rows = [
        [
            member.name,
            _said(member, "relation"),
            *(_said(member, name) for name in shown),
            "" if member.born_on is None else str(member.age_on(day)),
            or_unknown(member.resident_id_masked),
            _health(member),
        ]
        for member in members
    ]
    return Table(head, rows, [10, 7, 6, 12, 6, 22, 14])


def _said(row, name):
    return or_unknown(in_words(row._meta.get_field(name), row))


def _health(member):
    names = ("major_illness", "chronic_illness", "disabled")
    found = [label_of(Member._meta.get_field(n)) for n in names if getattr(member, n)]
    if found:
        return _(", ").join(found)
    known = all(getattr(member, name) is not None for name in names)
    return _("nothing found") if known else _("(not known)")


def _request(occasion):
    case = occasion.case
    wide = [(_("What is asked for"), str(case.row.words))]
    wide += [(label, words) for label, words, _tier in asked_words(case)]
    wide.append((_("Reason"), case.because or BLANK))
    if flag := occasion.known.flag_of(case):
        rules = _(", ").join(str(rule.words) for rule in rules_of(flag.rules))
        wide.append((_("Red flag"), f"{plain(flag.opened_on)} {rules}"))
    return Facts(wide=wide)


def _then_and_now(occasion):
    case, known = occasion.case, occasion.known
    found = comparison(case, known.judged_of(case), occasion.day)
    if found is None:
        return
    then = _("When marked, %(day)s") if found.flagged else _("When opened, %(day)s")
    yield Heading(_("3. The facts then and now"))
    yield Table(
        [
            _("Item"),
            then % {"day": plain(found.since)},
            _("Now, %(day)s") % {"day": plain(occasion.day)},
        ],
        [[row.label, _side(row.then), _side(row.now)] for row in found.rows],
        [3, 4, 4],
    )


def _side(said):
    if said.tier:
        return _("no finding") if said.tier == "none" else str(Tier(said.tier).label)
    words = or_unknown(said.value)
    return f"{words}\n{said.note}" if said.note else words


def _conditions(occasion):
    case = occasion.case
    found = [
        finding
        for code in case.at_step.conditions
        for finding in CONDITIONS[code](case, occasion.known)
    ]
    if not found:
        return
    yield Heading(_("4. The conditions of this step"))
    rows = [
        [
            "\n".join(filter(None, [str(finding.sentence), str(finding.evidence)])),
            _("met") if finding.ok else _("not met"),
            cited(finding.clause, code=case.household.county.code),
        ]
        for finding in found
    ]
    yield Table([_("Condition"), _("Result"), _("Clause")], rows, [6, 2, 4])


def _opinions(case):
    """A box for every step; those that passed and stand are filled from the trail."""
    passed = standing(case.acts.select_related("by__officer", "by__deputy_of__officer"))
    for number, step in enumerate(case.steps):
        label = f"{place_of(case, step).name}\n{step.words}"
        act = passed.get(number)
        if step.by_departments or "departments_answered" in step.conditions:
            yield Room(label, _answers(case), signed())
        elif act:
            day = localdate(act.at)
            yield Room(label, act.because or _("agreed"), signed(act.by.signature, day))
        else:
            yield Room(label, "", signed())


def _answers(case):
    rows = case.enquiries.exclude(answered_at=None)
    return "\n".join(f"{row.get_department_display()}: {row.answer}" for row in rows)
