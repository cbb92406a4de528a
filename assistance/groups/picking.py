"""Whom to pick for an action: people or households that the post sees, narrowed by filters."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.places import narrowed
from assistance.models import Measure
from assistance.plans.proposals import WHOM
from households.dossier import ABLE
from households.models import Household, Member
from households.models.choices import ExitedClass, Labour, Status
from households.search import found_by_words, plain_words

PEOPLE_BESIDES = {"pension", "accident_insurance", "central_care", "points", "motivation"}
GROUPS = {
    "listed": _("monitored and edge households"),
    "exited": _("exited households"),
    "edge": _("edge households"),
    "monitored": _("monitored households"),
}
TRAITS = {
    "able": (_("able to work"), Q(labour__in=list(ABLE))),
    "unskilled": (
        _("able to work, without a skill"),
        Q(labour__in=list(ABLE)) & ~Q(labour=Labour.SKILLED) & ~Q(trained=True),
    ),
    "wants_training": (_("want training"), Q(wants_training=True)),
    "wants_work": (_("want work"), Q(wants_work=True)),
    "idle": (
        _("able to work, under 6 months of work"),
        Q(labour__in=list(ABLE)) & (Q(work_months__lt=6) | Q(work_months=None)),
    ),
    "uninsured": (_("without medical insurance"), Q(medical_insurance=False)),
    "pupils": (_("at school"), ~Q(school__in=["", "none"])),
    "ill": (_("chronic or major illness"), Q(chronic_illness=True) | Q(major_illness=True)),
    "disabled": (_("disabled"), Q(disabled=True)),
}
USUAL = {  # kind -> the trait that a list for it begins with
    "training": "unskilled",
    **dict.fromkeys(("employment", "workshop", "home_work", "temporary_post"), "idle"),
    **dict.fromkeys(("insurance_enrolment", "premium_subsidy"), "uninsured"),
    **dict.fromkeys(("schooling", "school_aid", "vocational"), "pupils"),
    **dict.fromkeys(("family_doctor", "health_check"), "ill"),
}


class Picking:
    """What the address asks for: ``group``, ``trait``, ``division``, ``q``, ``by``."""

    def __init__(self, action, params, post):
        self.action, self.post = action, post
        may_people = post.sees_section("members")
        personal = action.kind in WHOM or action.kind in PEOPLE_BESIDES
        asked = params.get("by") or ("people" if personal else "households")
        self.people = may_people and asked == "people"
        self.may_people = may_people
        self.group = params.get("group") if params.get("group") in GROUPS else ""
        usual = USUAL.get(action.kind, "") if "trait" not in params else ""
        asked = params.get("trait", usual)
        self.trait = asked if asked in TRAITS and self.people else ""
        self.words = plain_words(params.get("q"))
        homes, self.place = narrowed(
            Household.objects.visible_to(post), post, params.get("division")
        )
        self.homes = self._narrowed(homes)

    def _narrowed(self, homes):
        if self.group == "listed":
            homes = homes.listed()
        elif self.group == "exited":
            homes = homes.filter(status=Status.EXITED)
        elif self.group == "edge":
            homes = homes.filter(status=Status.EDGE)
        elif self.group == "monitored":
            homes = homes.filter(status=Status.EXITED, exited_class=ExitedClass.MONITORED)
        return found_by_words(homes, self.words, self.post) if self.words else homes

    def rows(self):
        """Members or households, with ``has_it``: an open measure of the kind."""
        same = Measure.objects.filter(kind=self.action.kind).open()
        if not self.people:
            there = same.filter(household=OuterRef("pk"))
            rows = self.homes.annotate(has_it=Exists(there)).select_related("village")
            return rows.exclude(pk__in=self._in_it("household_id"))
        there = same.filter(member=OuterRef("pk"))
        people = Member.objects.visible_to(self.post).living_there()
        people = people.filter(household__in=self.homes.order_by().values("pk"))
        if self.trait:
            people = people.filter(TRAITS[self.trait][1])
        people = people.annotate(has_it=Exists(there)).select_related("household__village")
        return people.exclude(pk__in=self._in_it("member_id"))

    def _in_it(self, column):
        picked = self.action.lines.exclude(**{column: None})
        return list(picked.values_list(column, flat=True))
