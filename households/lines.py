"""A department's line of work: which listed households it needs to see (domain.md 1)."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from households.models.choices import HouseGrade, HouseMaterial, Labour, School


def _with_member(**conditions):
    from households.models import Member

    return Q(Exists(Member.objects.filter(household=OuterRef("pk"), left_on=None, **conditions)))


def _with_event(**conditions):
    from households.models import Event

    return Q(Exists(Event.objects.filter(household=OuterRef("pk"), resolved_on=None, **conditions)))


def _with_pupil():
    """Somebody at school, or young enough that the law wants them there."""
    young = timezone.localdate() - timedelta(days=17 * 366)
    return _with_member(school__in=[s for s in School if s != School.NONE]) | _with_member(
        born_on__gte=young
    )


LINES = {
    "civil_affairs": lambda: (
        _with_member(low_income_allowance=True) | _with_member(extreme_poverty_support=True)
    ),
    "health": lambda: _with_member(major_illness=True) | _with_member(chronic_illness=True),
    "medical_insurance": lambda: (
        _with_member(medical_insurance=False) | _with_member(major_illness=True)
    ),
    "education": _with_pupil,
    "housing": lambda: (
        Q(house_grade__in=[HouseGrade.C, HouseGrade.D])
        | Q(house_material=HouseMaterial.EARTH)
        | Q(parents_in_unsafe_house=True)
    ),
    "water": lambda: Q(water_safe=False) | Q(water_seasonal_shortage=True),
    "human_resources": lambda: _with_member(
        labour__in=[Labour.SKILLED, Labour.ORDINARY, Labour.WEAK]
    ),
    "disabled_persons": lambda: _with_member(disabled=True),
    "public_security": lambda: Q(pk__isnull=False),
    "emergency": lambda: Q(hazard_spot=True) | _with_event(kind="disaster"),
    "agriculture": lambda: Q(cropland_mu__gt=0) | Q(forest_mu__gt=0),
    "insurance": lambda: _with_member(major_illness=True) | _with_event(),
}


def line_of_work(department):
    return LINES[department]()
