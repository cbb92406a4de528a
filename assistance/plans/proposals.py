"""What a new plan begins with: the measures that answer the risks, for whom, and what is known.

One person one measure 一人一措施 (AH 4.1.3): a kind that is for a person is proposed for those whom
it fits. What is proposed is ticked where it is the first answer to a risk that nothing answers yet.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from assistance.catalogue import MEASURE_TYPES
from assistance.checks import kinds_of
from assistance.models import Measure
from assistance.risks import risks_of
from households.dossier import ABLE, living_members
from households.models.choices import Labour
from households.school_age import of_school_age
from households.wording import plain

SHOWN = 3  # kinds proposed for a risk; the others are in the list of kinds
STEADY = 6  # months of work in a year


def _able(member, day):
    return member.labour in ABLE


def _idle(member, day):
    return member.labour in ABLE and (member.work_months or 0) < STEADY


def _unskilled(member, day):
    return member.labour in ABLE and member.labour != Labour.SKILLED and not member.trained


def _pupil(member, day):
    return of_school_age(member, day) or member.school not in ("", "none")


# Kind -> whom of a household it is for; kinds that are not here are for the whole household.
WHOM = {
    **dict.fromkeys(("employment", "workshop", "home_work", "temporary_post"), _idle),
    **dict.fromkeys(("welfare_post", "startup", "travel_subsidy"), _able),
    "training": _unskilled,
    **dict.fromkeys(("schooling", "school_aid", "vocational"), _pupil),
    **dict.fromkeys(("medical_aid", "medical_top_up"), lambda member, day: member.major_illness),
    **dict.fromkeys(
        ("insurance_enrolment", "premium_subsidy"),
        lambda member, day: member.medical_insurance is False,
    ),
    **dict.fromkeys(("family_doctor", "health_check"), lambda member, day: member.chronic_illness),
    **dict.fromkeys(("disability_subsidy", "care"), lambda member, day: member.disabled),
}


@dataclass
class Proposal:
    kind: str
    answers: list = field(default_factory=list)
    member: object = None
    ticked: bool = False

    def initial(self, *, responsible, today):
        """As a line of the form begins."""
        row = MEASURE_TYPES[self.kind]
        return {
            "use": self.ticked,
            "kind": self.kind,
            "answers": ",".join(self.answers),
            "words": str(row.words),
            "member": self.member.id if self.member else None,
            "responsible": responsible,
            "started_on": today,
            "due_on": today + timedelta(days=row.days),
        }


def proposals_for(household, post, today):
    """The proposals that answer what stands against the household, red first."""
    risks = risks_of(household, post)
    may = kinds_of(post)
    wanted = {}  # kind -> codes of the risks that it answers
    for risk in risks:
        for kind in [kind for kind in risk.kinds if kind in may][:SHOWN]:
            wanted.setdefault(kind, [])
    for kind, codes in wanted.items():
        codes += [risk.code for risk in risks if kind in risk.kinds]
    ticked = _first_answers(household, risks, wanted, today)
    members = living_members(household) if post.sees_section("members") else []
    made = []
    for kind, codes in wanted.items():
        for member in _whom(kind, members, today):
            made.append(Proposal(kind, codes, member, kind in ticked))
    return sorted(made, key=lambda proposal: not proposal.ticked)


def _first_answers(household, risks, wanted, today):
    helping = list(Measure.objects.filter(household=household).open())
    ticked = set()
    for risk in risks:
        if any(row.answers_rule(risk.code, risk.kinds, risk.since, today) for row in helping):
            continue
        if not ticked.intersection(risk.kinds):
            ticked.update([kind for kind in risk.kinds if kind in wanted][:1])
    return ticked


def _whom(kind, members, today):
    """Those whom it fits, two at most; None (the household) where it fits nobody or all."""
    fits = WHOM.get(kind)
    return [member for member in members if fits and fits(member, today)][:2] or [None]


def known_of(household, post, today):
    """The facts of a new plan, from what the register and the latest visit hold."""
    members = living_members(household) if post.sees_section("members") else []
    visit = household.visits.first() if post.sees_section("visits") else None
    return {
        "responsible": household.responsible_name or household.contact_name,
        "resources": _resources(household),
        "ability": _ability(members),
        "wishes": _wishes(members, visit),
        "needs": _(", ").join(visit.needs) if visit else "",
        "valid_from": today,
        "valid_until": end_of_plan(today),
    }


def end_of_plan(today):
    """Plans are made for the year; one of its last quarter holds through the next."""
    return date(today.year + (today.month > 9), 12, 31)


def _resources(household):
    parts = [
        (household.cropland_mu, _("cropland %(mu)s mu")),
        (household.forest_mu, _("forest %(mu)s mu")),
        (household.water_surface_mu, _("water surface %(mu)s mu")),
    ]
    said = [words % {"mu": plain(mu)} for mu, words in parts if mu]
    return _(", ").join([*said, *filter(None, [household.production_assets])])


def _ability(members):
    able = [member for member in members if member.labour in ABLE]
    if not members:
        return ""
    words = _("%(all)d people, %(able)d able to work") % {"all": len(members), "able": len(able)}
    said = [f"{member.name} {member.get_labour_display()}" for member in able]
    return _(": ").join(filter(None, [words, _(", ").join(said)]))


def _wishes(members, visit):
    work = [member.name for member in members if member.wants_work]
    training = [member.name for member in members if member.wants_training]
    said = [visit.words] if visit and visit.words else []
    if work:
        said.append(_("%(names)s want work") % {"names": "、".join(work)})
    if training:
        said.append(_("%(names)s want training") % {"names": "、".join(training)})
    return "\n".join(said)[:500]
