"""What is known of a household and of a member (domain.md 2). Null or blank means *not known*."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.protected import ProtectedField
from households.models import choices as c


def known(words, **kwargs):
    """Yes, no or not known."""
    return models.BooleanField(words, null=True, blank=True, **kwargs)


def division(checked=False):
    """The levels above the village follow from it; only the village is checked by the database."""
    return models.ForeignKey(
        "accounts.Division",
        models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=checked,
    )


def area(words):
    return models.DecimalField(words, max_digits=8, decimal_places=2, null=True, blank=True)


def code(words, choices, size=14):
    return models.CharField(words, max_length=size, choices=choices, blank=True, default="")


class HouseholdFacts(models.Model):
    province, city, county = division(), division(), division()
    township, village = division(), division(checked=True)
    group_name = models.CharField(_("villager group"), max_length=40, blank=True)
    head_name = models.CharField(_("head"), max_length=40, blank=True)
    status = code(_("status"), c.Status)
    exited_class = code(_("class"), c.ExitedClass)
    tier = code(_("tier of the ledger"), c.Tier)
    exited_year = models.PositiveSmallIntegerField(_("year of exit"), null=True, blank=True)
    identified_on = models.DateField(_("first identified"), null=True, blank=True)
    listed_on = models.DateField(_("listed as monitored or edge"), null=True, blank=True)
    causes = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    risks = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    phone = ProtectedField(_("phone"), mask="phone", indexed=True)
    bank_name = models.CharField(_("bank"), max_length=60, blank=True)
    bank_account = ProtectedField(_("bank account"), mask="account")

    house_grade = code(_("house grade"), c.HouseGrade, 1)
    house_material = code(_("house material"), c.HouseMaterial)
    only_home = known(_("only home"))
    unsafe_house = known(_("unsafe house"))
    safe_home_elsewhere = known(_("safe leased or exchanged home"))
    parents_in_unsafe_house = known(_("old parents live in an unsafe house"))
    house_at_risk = known(_("the house has defects"))
    hazard_spot = known(_("in a hazard spot"))
    relocated = known(_("relocated household"))
    relocation_site = models.CharField(_("relocation site"), max_length=60, blank=True)

    water_safe = known(_("safe drinking water"))
    water_quality = known(_("water quality met"))
    water_quantity = known(_("water quantity met"))
    water_hours = known(_("daily supply hours met"))
    water_convenience = known(_("water within reach"))
    water_reliability = known(_("water supply reliable"))
    water_seasonal_shortage = known(_("seasonal water shortage"))

    cropland_mu = area(_("cropland, mu"))
    forest_mu = area(_("forest land, mu"))
    water_surface_mu = area(_("water surface, mu"))
    production_assets = models.CharField(_("production assets"), max_length=120, blank=True)
    business_short_of_funds = known(_("business short of funds"))
    national_measures = ArrayField(models.CharField(max_length=20), null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)

    responsible_name = models.CharField(_("responsible person"), max_length=40, blank=True)
    responsible_phone = ProtectedField(_("responsible person's phone"), mask="phone")
    contact_name = models.CharField(_("contact person"), max_length=40, blank=True)
    contact_phone = ProtectedField(_("contact person's phone"), mask="phone")
    in_charge = models.ForeignKey(
        "accounts.Officer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("account of the responsible or contact person"),
    )
    extra = models.JSONField(_("further columns of the export"), default=dict, blank=True)

    class Meta:
        abstract = True


class MemberFacts(models.Model):
    name = models.CharField(_("name"), max_length=40)
    resident_id = ProtectedField(_("resident ID"), indexed=True)
    relation = code(_("relation to the head"), c.Relation)
    sex = code(_("sex"), c.Sex, 6)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    nation = models.CharField(_("nationality"), max_length=20, blank=True)
    phone = ProtectedField(_("phone"), mask="phone")
    left_on = models.DateField(_("left the household on"), null=True, blank=True)

    education = code(_("education"), c.Education)
    school = code(_("school"), c.School)
    school_words = models.CharField(_("school and grade"), max_length=40, blank=True)
    school_exemption = models.CharField(_("exempt from school because"), max_length=60, blank=True)
    dropout_warning = known(_("warned of dropping out"))

    chronic_illness = known(_("chronic illness"))
    major_illness = known(_("major illness"))
    untreated = known(_("untreated for want of money"))
    family_doctor = known(_("family doctor contract"))
    disabled = known(_("disabled"))
    disability_grade = models.PositiveSmallIntegerField(_("grade"), null=True, blank=True)
    disability_card = ProtectedField(_("disability card"))

    labour = code(_("labour"), c.Labour)
    trained = known(_("trained in a skill"))
    work_months = models.DecimalField(
        _("months of work in the year"), max_digits=3, decimal_places=1, null=True, blank=True
    )
    work_place = models.CharField(_("place of work"), max_length=60, blank=True)
    wants_work = known(_("wants work"))
    wants_training = known(_("wants training"))

    medical_insurance = known(_("basic medical insurance"))
    serious_illness_insurance = known(_("serious illness insurance"))
    pension = known(_("pension insurance"))
    low_income_allowance = known(_("subsistence allowance"))
    extreme_poverty_support = known(_("support for the extremely poor"))
    extra = models.JSONField(_("further columns of the export"), default=dict, blank=True)

    class Meta:
        abstract = True
