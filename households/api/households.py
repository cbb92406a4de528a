"""Households and their incomes over the API: the same rows and the same filters as the pages."""

import django_filters as filters
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from rest_framework import viewsets
from rest_framework.exceptions import ValidationError

from accounts.api_entry import SeesHouseholds
from households.api import serializers
from households.filters import HouseholdFilter
from households.models import Household, IncomeStatement, Member
from households.search import is_personal


class HouseholdViewSet(viewsets.ReadOnlyModelViewSet):
    """Households that the post sees. A full resident ID or phone as ``q`` is refused: it would
    stand in the address."""

    queryset = Household.objects.none()
    permission_classes = [SeesHouseholds]
    filterset_class = HouseholdFilter

    def get_serializer_class(self):
        if self.action == "list":
            return serializers.HouseholdRowSerializer
        return serializers.HouseholdSerializer

    def get_queryset(self):
        post = getattr(self.request, "post", None)
        rows = Household.objects.visible_to(post).select_related(*serializers.DIVISIONS)
        if self.action == "list":
            return rows
        members = Member.objects.visible_to(post).living_there().order_by("id")
        return rows.prefetch_related(
            Prefetch("members", members),
            Prefetch("incomes", IncomeStatement.objects.visible_to(post)),
        )

    def filter_queryset(self, rows):
        if is_personal(self.request.GET.get("q", "")):
            raise ValidationError({"q": [_("A full number does not belong in an address.")]})
        return super().filter_queryset(rows)


class IncomeFilter(filters.FilterSet):
    household = filters.NumberFilter(field_name="household_id")
    window_to = filters.DateFromToRangeFilter()

    class Meta:
        model = IncomeStatement
        fields = []


class IncomeViewSet(viewsets.ReadOnlyModelViewSet):
    """Income statements, each with the twelve months that it covers; sums are derived."""

    queryset = IncomeStatement.objects.none()
    permission_classes = [SeesHouseholds]
    section = "income"
    serializer_class = serializers.IncomeSerializer
    filterset_class = IncomeFilter

    def get_queryset(self):
        return IncomeStatement.objects.visible_to(getattr(self.request, "post", None))
