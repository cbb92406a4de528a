"""Visits over the API."""

import django_filters as filters
from rest_framework import serializers, viewsets

from accounts.api_entry import SeesHouseholds
from households.api.taking_visits import TakesVisits
from households.models import Visit


class VisitSerializer(serializers.ModelSerializer):
    household = serializers.PrimaryKeyRelatedField(read_only=True)
    officer = serializers.CharField(source="officer.name", read_only=True, default="")

    class Meta:
        model = Visit
        fields = [
            *("id", "client_id", "household", "visited_on", "made_at", "received_at", "officer"),
            *("method", "met", "unchanged", "food", "clothing", "education", "medical"),
            *("housing", "water", "other_risk", "needs", "words", "money"),
        ]
        read_only_fields = fields


class VisitFilter(filters.FilterSet):
    household = filters.NumberFilter(field_name="household_id")
    visited_on = filters.DateFromToRangeFilter()

    class Meta:
        model = Visit
        fields = []


class VisitViewSet(TakesVisits, viewsets.ReadOnlyModelViewSet):
    """Visits to the households that the post sees; a phone sends its own here."""

    queryset = Visit.objects.none()
    permission_classes = [SeesHouseholds]
    section = "visits"
    serializer_class = VisitSerializer
    filterset_class = VisitFilter

    def get_queryset(self):
        rows = Visit.objects.visible_to(getattr(self.request, "post", None))
        return rows.select_related("officer")
