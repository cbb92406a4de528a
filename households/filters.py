"""The filters of the household list, all in the address; the API takes the same ones."""

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from accounts.models import Division
from households.models import Household
from households.models.choices import ExitedClass, HouseGrade, Status, Tier
from households.search import found_by_words

UNKNOWN = "unknown"
YES = [("yes", _("yes"))]
GRADES = [*HouseGrade.choices, (UNKNOWN, _("to be found out"))]
# The section of the household's page that a filter tells something of.
SECTION_OF = {
    "tier": "assessment",
    "house_grade": "living",
    "relocated": "living",
    "no_person": "visits",
    "unvisited_since": "visits",
}


def below(request):
    """The divisions that one may drill down to: the post's own and all within it."""
    post = getattr(request, "post", None)
    return Division.objects.below(post.division) if post else Division.objects.none()


class HouseholdFilter(filters.FilterSet):
    """``request.post`` limits the divisions on offer; the rows are limited before."""

    q = filters.CharFilter(label=_("name, pinyin, initials or number"), method="words")
    division = extend_schema_field(OpenApiTypes.STR)(
        filters.ModelChoiceFilter(
            label=_("division"), queryset=below, to_field_name="code", method="inside"
        )
    )
    status = filters.ChoiceFilter(label=_("status"), choices=Status.choices)
    exited_class = filters.ChoiceFilter(label=_("class"), choices=ExitedClass.choices)
    tier = filters.ChoiceFilter(label=_("tier of the ledger"), choices=Tier.choices, method="mark")
    listed = filters.ChoiceFilter(
        label=_("monitored or edge"), choices=YES, method="listed_households"
    )
    no_person = filters.ChoiceFilter(
        label=_("no responsible or contact person"), choices=YES, method="without_person"
    )
    unvisited_since = filters.DateFilter(label=_("not visited since"), method="unvisited")
    relocated = filters.ChoiceFilter(label=_("relocated"), choices=YES, method="moved")
    house_grade = filters.ChoiceFilter(label=_("house grade"), choices=GRADES, method="grade")
    group = filters.CharFilter(
        label=_("villager group"), field_name="group_name", lookup_expr="startswith"
    )

    class Meta:
        model = Household
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        post = getattr(self.request, "post", None)
        for name, section in SECTION_OF.items():
            # What a post may not see it cannot ask for either: an answer would tell it.
            if post is None or not post.sees_section(section):
                del self.filters[name]

    def words(self, rows, name, value):
        return found_by_words(rows, value, getattr(self.request, "post", None))

    def inside(self, rows, name, value):
        return rows.within(value)

    def mark(self, rows, name, value):
        """A household that nobody has given a tier yet is one whose tier is not known."""
        return rows.filter(tier__in=["", value] if value == Tier.UNKNOWN else [value])

    def listed_households(self, rows, name, value):
        return rows.listed()

    def without_person(self, rows, name, value):
        return rows.without_person()

    def unvisited(self, rows, name, value):
        return rows.filter(Q(last_visited_on__lt=value) | Q(last_visited_on=None))

    def moved(self, rows, name, value):
        return rows.filter(relocated=True)

    def grade(self, rows, name, value):
        return rows.filter(house_grade="" if value == UNKNOWN else value)
