from django.db import models
from django.utils.translation import gettext_lazy as _

from households.models import Household
from households.models.choices import Tier
from households.models.register import SectionQuerySet
from monitoring.models.reviews import Change, Run


def number(words):
    return models.SmallIntegerField(words, null=True)


def yes_or_no(words):
    return models.BooleanField(words, null=True)


def yuan(words):
    return models.DecimalField(words, max_digits=13, decimal_places=2, null=True)


class Facts(models.Model):
    """The facts of one household as of a day, as the rules read them; null is *not known*.

    Gathered by ``monitoring/sql/facts.sql``. Money in yuan, of the latest window of twelve months
    that ended by the day. Counts have a twin that says how many are not known.
    """

    group = models.CharField(_("kind of household"), max_length=14)
    members = number(_("members"))
    able = number(_("able members"))
    able_skilled = number(_("able members with a skill or training"))
    able_skill_unknown = number(_("able members whose skill is not known"))
    weak = number(_("members of weak or half labour"))
    labour_unknown = number(_("members whose labour is not known"))
    longest_work = models.DecimalField(
        _("longest work, months in the year"), max_digits=3, decimal_places=1, null=True
    )
    work_unknown = number(_("able members whose work is not known"))
    child_out_of_school = yes_or_no(_("a child of school age is out of school"))
    child_warned = yes_or_no(_("a child is warned of dropping out"))
    pupils = number(_("members at school"))
    school_unknown = number(_("young members whose school is not known"))
    uninsured = yes_or_no(_("a member is without basic medical insurance"))
    untreated = yes_or_no(_("a major illness is untreated for want of money"))
    chronic_without_doctor = yes_or_no(_("a chronic illness is without a family doctor"))
    major_illness = yes_or_no(_("a member has a major illness"))
    severe_disability = yes_or_no(_("a member is disabled of grade 1 or 2"))
    skipped_generation = yes_or_no(_("grandparents raise minors alone"))
    assured = yes_or_no(_("on subsistence allowance or support for the extremely poor"))

    food = models.CharField(_("food"), max_length=8, null=True)
    clothing = models.CharField(_("clothing"), max_length=8, null=True)
    other_risk = models.CharField(_("another risk"), max_length=200, null=True)

    dangerous_house = yes_or_no(_("lives in a dangerous house"))
    safe_home_elsewhere = yes_or_no(_("safe leased or exchanged home"))
    only_earth_house = yes_or_no(_("the only home is an earth house"))
    house_at_risk = yes_or_no(_("the house has defects"))
    water_met = yes_or_no(_("drinking water is safe"))
    water_shortage = yes_or_no(_("seasonal water shortage"))
    hazard_spot = yes_or_no(_("in a hazard spot"))
    has_resources = yes_or_no(_("has land or other means of production"))
    industry_measure = yes_or_no(_("has an industry measure"))
    short_of_funds = yes_or_no(_("business short of funds"))

    net = yuan(_("net income"))
    per_capita = yuan(_("per-capita net income"))
    gross = yuan(_("gross income"))
    transfer = yuan(_("transfer income"))
    business = yuan(_("business income"))
    business_per_head = yuan(_("business income per head"))
    previous_net = yuan(_("net income of the window before"))
    rigid = yuan(_("rigid expenditure"))
    previous_rigid = yuan(_("rigid expenditure of the window before"))

    industry_loss_on = models.DateField(_("loss not made good, on"), null=True)
    sudden_event = models.CharField(_("unresolved sudden event"), max_length=16, null=True)
    event_not_judged = yes_or_no(_("an event whose risk is not judged"))

    income_id = models.BigIntegerField(null=True)
    previous_income_id = models.BigIntegerField(null=True)
    visit_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


FACT_NAMES = [field.name for field in Facts._meta.local_fields]


def _reference(model, name, on_delete=models.PROTECT, null=False):
    """Two million rows are written by one statement from rows that exist: checking each of their
    eight references again took most of its time."""
    return models.ForeignKey(
        model, on_delete, related_name=name, null=null, db_index=False, db_constraint=False
    )


def _division():
    return _reference("accounts.Division", "+")


class Assessment(Facts):
    """How one household was judged in one run. ``red``, ``yellow``, ``unknown`` are rules' bits.

    A rule with both its yellow and its unknown bit is yellow, and whether it is red is not known.
    The divisions are those of the month. The table has one partition a run, which the run makes.
    """

    run = _reference(Run, "assessments", models.CASCADE)
    household = _reference(Household, "assessments", models.CASCADE)
    province, city, county = _division(), _division(), _division()
    township, village = _division(), _division()
    in_charge = _reference("accounts.Officer", "+", null=True)
    listed = models.BooleanField(_("monitored or edge"))
    ledger_tier = models.CharField(max_length=14, blank=True)
    red = models.IntegerField()
    yellow = models.IntegerField()
    unknown = models.IntegerField()
    tier = models.CharField(_("tier"), max_length=14, choices=Tier.choices)
    flag_change = models.CharField(max_length=8, choices=Change.choices, blank=True)

    objects = SectionQuerySet.as_manager()
    visibility_path = ""
    section = "assessment"

    class Meta:
        verbose_name = _("assessment")
        constraints = [
            models.UniqueConstraint(fields=["household", "run"], name="one_assessment_in_a_run")
        ]
        indexes = [models.Index(fields=["county", "tier"], name="assessments_of_county")]
