from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.visibility import VisibleQuerySet
from households.lines import line_of_work
from households.models.choices import ExitedClass, Status
from households.models.facts import HouseholdFacts, MemberFacts
from households.models.versions import Version


class HouseholdQuerySet(VisibleQuerySet):
    def listed(self):
        """Monitored and edge households: those that AH 3.2 marks."""
        return self.filter(
            Q(status=Status.EXITED, exited_class=ExitedClass.MONITORED)
            | Q(status__in=[Status.EDGE, Status.SUDDEN])
        )

    def without_person(self):
        """Nobody is named to look after them (AH 4.1.3, 4.2.2)."""
        return self.filter(responsible_name="", contact_name="", in_charge=None)

    def assessed(self):
        """Whom the monthly review judges: every exited and edge household (AH 3.2)."""
        return self.filter(
            status__in=[Status.EXITED, Status.EDGE, Status.SUDDEN, Status.INTERVENTION]
        )

    def _seen_as_line(self, post):
        return self.within(post.division).assessed().filter(line_of_work(post.department))


class Household(HouseholdFacts, Version):
    number = models.CharField(_("household number"), max_length=24)
    head_pinyin = models.CharField(max_length=80, blank=True, editable=False)
    head_initials = models.CharField(max_length=12, blank=True, editable=False)
    last_visited_on = models.DateField(_("last visit"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # When a case last decided status or class here: from then on no export changes them.
    decided_on = models.DateField(null=True, editable=False)

    facts_model = HouseholdFacts
    objects = HouseholdQuerySet.as_manager()
    visibility_path = ""

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        constraints = [
            models.UniqueConstraint(fields=["number", "county"], name="household_number_in_county"),
            models.CheckConstraint(condition=~Q(number=""), name="household_has_a_number"),
            models.CheckConstraint(
                condition=Q(exited_class="") | Q(status="exited"), name="only_exited_have_a_class"
            ),
        ]
        indexes = [
            models.Index(fields=["village", "id"], name="household_of_village"),
            models.Index(fields=["township", "id"], name="household_of_township"),
            models.Index(fields=["county", "id"], name="household_of_county"),
            models.Index(fields=["city", "id"], name="household_of_city"),
            models.Index(fields=["in_charge"], name="household_in_charge"),
            models.Index(
                OpClass("head_name", name="text_pattern_ops"), name="household_head_prefix"
            ),
            models.Index(
                OpClass("head_pinyin", name="text_pattern_ops"), name="household_pinyin_prefix"
            ),
            models.Index(
                OpClass("head_initials", name="text_pattern_ops"), name="household_initials_prefix"
            ),
            GinIndex(OpClass("head_name", name="gin_trgm_ops"), name="household_head_trigram"),
        ]

    def __str__(self):
        return _("household of %(head)s") % {"head": self.head_name or self.number}


def _period():
    return Func("since", "until", Value("[)"), function="DATERANGE", output_field=DateRangeField())


def _one_version_a_day(key):
    return ExclusionConstraint(
        name=f"past_of_{key}_does_not_overlap",
        expressions=[(key, RangeOperators.EQUAL), (_period(), RangeOperators.OVERLAPS)],
    )


class HouseholdPast(HouseholdFacts, Version):
    """What held for a household from ``since`` until before ``until``."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="past")
    until = models.DateField()

    objects = VisibleQuerySet.as_manager()
    visibility_path = "household__"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="household_past_ends"),
            _one_version_a_day("household"),
        ]
        # Who lived in a village on a day: the ledgers.
        indexes = [models.Index(fields=["village"], name="past_of_village")]


class SectionQuerySet(VisibleQuerySet):
    """Rows of a section of the household's page: a department sees those of its line of work."""

    def _seen_as_line(self, post):
        if not post.sees_section(self.model.section):
            return self.none()
        return self.filter(household__in=Household.objects.visible_to(post))


class MemberQuerySet(SectionQuerySet):
    def living_there(self):
        return self.filter(left_on=None)


class Member(MemberFacts, Version):
    household = models.ForeignKey(Household, models.CASCADE, related_name="members")
    number = models.CharField(_("member number"), max_length=24, blank=True)

    facts_model = MemberFacts
    objects = MemberQuerySet.as_manager()
    section = "members"
    visibility_path = "household__"

    class Meta:
        verbose_name = _("member")
        constraints = [
            models.UniqueConstraint(
                fields=["household", "number"],
                condition=~Q(number=""),
                name="member_number_in_household",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(relation="head", left_on=None),
                name="one_head_in_a_household",
            ),
        ]
        indexes = [
            models.Index(fields=["resident_id_masked"], name="member_masked_id"),
            models.Index(OpClass("name", name="text_pattern_ops"), name="member_name_prefix"),
        ]

    def __str__(self):
        return self.name

    def age_on(self, day):
        if self.born_on is None:
            return None
        return (
            day.year
            - self.born_on.year
            - ((day.month, day.day) < (self.born_on.month, self.born_on.day))
        )


class MemberPast(MemberFacts, Version):
    member = models.ForeignKey(Member, models.CASCADE, related_name="past")
    until = models.DateField()

    objects = VisibleQuerySet.as_manager()
    visibility_path = "member__household__"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="member_past_ends"),
            _one_version_a_day("member"),
        ]
