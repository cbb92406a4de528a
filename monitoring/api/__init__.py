"""What this room brings to the API: reviews, assessments, flags, and the routes of its parts."""

import django_filters as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets

from accounts.api_entry import SeesHouseholds
from monitoring.api import campaigns as api_campaigns
from monitoring.api import cases as api_cases
from monitoring.api import clues as api_clues
from monitoring.api import differences as api_differences
from monitoring.api import findings as api_findings
from monitoring.models import FACT_NAMES, Assessment, RedFlag, Run
from monitoring.sight import bits_seen, rules_seen


@extend_schema_field(serializers.ListField(child=serializers.CharField()))
class RuleCodes(serializers.Field):
    """Codes of the rules whose bits are set, as far as the post sees them."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, bits):
        return [rule.code for rule in bits_seen(bits, self.context["request"].post)]


class RunSerializer(serializers.ModelSerializer):
    policy = serializers.CharField(source="policy.name", read_only=True)

    class Meta:
        model = Run
        fields = ["id", "month", "name", "as_of", "policy", "frozen_at", "because"]
        read_only_fields = fields


class AssessmentSerializer(serializers.ModelSerializer):
    """Facts as the rules read them; null is not known. ``red`` … ``unknown`` are rules' codes."""

    red, yellow, unknown = RuleCodes(), RuleCodes(), RuleCodes()

    class Meta:
        model = Assessment
        fields = [
            *("id", "run", "household", "listed", "tier", "red", "yellow", "unknown"),
            *("flag_change", "ledger_tier"),
            *FACT_NAMES,
        ]
        read_only_fields = fields

    def to_representation(self, row):
        """A department is told the facts that its own rules read."""
        answer = super().to_representation(row)
        post = self.context["request"].post
        if post.role_row.sees == "line":
            seen = {fact for rule in rules_seen(post) for fact in rule.reads}
            for fact in set(FACT_NAMES) - seen:
                del answer[fact]
        return answer


class FlagSerializer(serializers.ModelSerializer):
    rules = RuleCodes()

    class Meta:
        model = RedFlag
        fields = [
            *("id", "household", "opened_by", "opened_on", "deadline_on", "rules", "reopened"),
            *("ended_on", "ended_by"),
        ]
        read_only_fields = fields


class OfPost(viewsets.ReadOnlyModelViewSet):
    """Rows limited to the acting post."""

    permission_classes = [SeesHouseholds]
    section = "assessment"

    def get_queryset(self):
        rows = self.queryset.model.objects.visible_to(getattr(self.request, "post", None))
        return self.narrowed(rows)

    def narrowed(self, rows):
        return rows


class RunViewSet(OfPost):
    """Frozen months and their corrections."""

    queryset = Run.objects.none()
    serializer_class = RunSerializer
    filterset_fields = ["month", "name"]

    def narrowed(self, rows):
        return rows.frozen().select_related("policy")


class AssessmentViewSet(OfPost):
    """How households were judged, one row a household and run."""

    queryset = Assessment.objects.none()
    serializer_class = AssessmentSerializer
    filterset_fields = ["run", "household", "tier", "listed", "flag_change"]

    def narrowed(self, rows):
        return rows.filter(run__state=Run.State.FROZEN)


class FlagFilter(filters.FilterSet):
    open = filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull")
    deadline_on = filters.DateFromToRangeFilter()

    class Meta:
        model = RedFlag
        fields = ["household", "opened_by", "reopened"]


class FlagViewSet(OfPost):
    """Red flags with their deadlines, open ones and ended ones."""

    queryset = RedFlag.objects.none()
    serializer_class = FlagSerializer
    filterset_class = FlagFilter


ROUTES = [
    ("reviews", RunViewSet),
    ("assessments", AssessmentViewSet),
    ("flags", FlagViewSet),
    *api_clues.ROUTES,
    *api_cases.ROUTES,
    *api_campaigns.ROUTES,
    *api_differences.ROUTES,
    *api_findings.ROUTES,
]
