"""The red-flag report over the API: the same rows as the page, with their sentences."""

import django_filters as filters
from rest_framework import serializers, viewsets

from accounts.api_entry import SeesHouseholds
from monitoring.models import FlagLine, Run
from reports import figures_api
from reports.red_flags import with_sentences


class SentenceSerializer(serializers.Serializer):
    rule = serializers.CharField()
    sentence = serializers.CharField()
    clause = serializers.CharField()


class LineSerializer(serializers.ModelSerializer):
    fired = serializers.SerializerMethodField()

    class Meta:
        model = FlagLine
        fields = [
            *("id", "run", "household", "number", "head_name", "head_masked_id", "members"),
            *("province", "city", "county", "township", "village", "group_name"),
            *("group", "tier", "change", "overdue", "flagged_on", "deadline_on", "reopened"),
            *("responsible_name", "contact_name", "measures", "visited_on", "visit_method"),
            "fired",
        ]
        read_only_fields = fields

    def get_fired(self, line) -> SentenceSerializer(many=True):
        return [
            {"rule": rule.code, "sentence": words, "clause": rule.clause}
            for rule, words in line.sentences
        ]


class LineFilter(filters.FilterSet):
    month = filters.DateFilter(field_name="run__month")

    class Meta:
        model = FlagLine
        fields = ["run", "change", "overdue", "household"]


class SeesReport(SeesHouseholds):
    def has_permission(self, request, view):
        return super().has_permission(request, view) and request.post.may("see_report")


class LineViewSet(viewsets.ReadOnlyModelViewSet):
    """Lines of the monthly red-flag report, as frozen."""

    queryset = FlagLine.objects.none()
    serializer_class = LineSerializer
    filterset_class = LineFilter
    permission_classes = [SeesReport]

    def get_queryset(self):
        rows = FlagLine.objects.visible_to(getattr(self.request, "post", None))
        return rows.filter(run__state=Run.State.FROZEN).select_related("run__policy")

    def paginate_queryset(self, queryset):
        return _told(super().paginate_queryset(queryset))

    def get_object(self):
        return _told([super().get_object()])[0]


def _told(lines):
    """Lines with their sentences, a run at a time: two queries a run."""
    for run in {line.run for line in lines}:
        with_sentences([line for line in lines if line.run_id == run.id], run)
    return lines


ROUTES = [("red-flag-lines", LineViewSet), *figures_api.ROUTES]
