"""Differences of the register to departments' data, over the API, and the village's answer."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers, viewsets

from accounts.api_acts import Act, Performs, performs
from accounts.api_entry import SeesHouseholds
from monitoring.comparison.keeping import keep_register
from monitoring.comparison.telling import told
from monitoring.models import Difference


class DifferenceRow(serializers.ModelSerializer):
    """``mark`` goes back with the answer: it says which values the sender had seen. ``answer``:
    what the rule leads to. A register that is mended ends the difference by itself."""

    sentence = serializers.SerializerMethodField()

    class Meta:
        model = Difference
        fields = [
            *("id", "rule", "answer", "household", "member", "sentence", "department", "on"),
            *("state", "mark", "found_at", "because", "settled_at"),
        ]
        read_only_fields = fields

    @extend_schema_field(str)
    def get_sentence(self, row):
        return told(row.rule, row.figures)


class Kept(serializers.Serializer):
    """The register stays as it is, and why."""

    mark = serializers.CharField(max_length=200, allow_blank=True, trim_whitespace=False)
    because = serializers.CharField(max_length=500)


@performs(keep=Act(Kept, keep_register))
class DifferenceViewSet(
    Performs, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Differences of the households that the post sees; departments do not see what others know."""

    seen = "mark"
    queryset = Difference.objects.none()
    permission_classes = [SeesHouseholds]
    section = "history"
    serializer_class = DifferenceRow
    filterset_fields = ["household", "rule", "answer", "state", "department"]

    def get_queryset(self):
        return Difference.objects.visible_to(getattr(self.request, "post", None))


ROUTES = [("differences", DifferenceViewSet)]
