"""Findings of supervisors over the API: entered, answered with proof, accepted or returned."""

import django_filters as filters
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.response import Response

from accounts.api_acts import Act, Performs, Seen, Told, performs
from accounts.api_entry import SeesHouseholds
from accounts.models import Division
from accounts.refusals import Refused
from households.models import Household
from households.papers.files import checked_paper
from monitoring.models import Consequence, Finding, FindingAct, FindingFile, FindingKind
from monitoring.supervision import acts
from monitoring.supervision.acts import MOST_DAYS

MOST_FILES = 9


class FileRow(serializers.ModelSerializer):
    class Meta:
        model = FindingFile
        fields = ["id", "name", "size"]
        read_only_fields = fields


class TrailRow(serializers.ModelSerializer):
    by = serializers.SerializerMethodField()
    files = FileRow(many=True, read_only=True)

    class Meta:
        model = FindingAct
        fields = ["what", "at", "by", "words", "files"]
        read_only_fields = fields

    def get_by(self, act) -> str:
        return f"{act.by.division.name} {act.by.signature}"


class FindingFileRow(serializers.ModelSerializer):
    """``version`` goes back with every act. ``household`` is null where it is about none, or about
    one that the post does not see."""

    at = serializers.SlugRelatedField(slug_field="code", read_only=True)
    household = serializers.SerializerMethodField()
    acts = TrailRow(many=True, read_only=True)

    class Meta:
        model = Finding
        fields = [
            *("id", "kind", "found_on", "at", "household", "words", "days", "due_on", "state"),
            *("version", "returns", "consequence", "entered_at", "ended_at", "acts"),
        ]
        read_only_fields = fields

    def get_household(self, finding) -> int | None:
        return finding.household_id if finding.sees_household else None


class FindingSent(serializers.Serializer):
    """``division``: code of the locality; ``days``: its limit in working days."""

    kind = serializers.ChoiceField(choices=FindingKind.choices)
    found_on = serializers.DateField()
    division = serializers.CharField(max_length=12)
    household = serializers.IntegerField(min_value=1, required=False)
    words = serializers.CharField(max_length=1000)
    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS)
    files = serializers.ListField(
        child=serializers.FileField(), required=False, max_length=MOST_FILES
    )


class FindingWords(Seen):
    words = serializers.CharField(max_length=1000)


class FindingAnswered(FindingWords):
    """``files``: photos or PDF that show what was mended; sent as a form with files."""

    files = serializers.ListField(child=serializers.FileField(), max_length=MOST_FILES)


class FindingAccepted(Seen):
    words = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class FindingFollowed(FindingWords):
    consequence = serializers.ChoiceField(choices=Consequence.choices)


def answer(finding, *, files, **said):
    """What was done, by the locality, with photos or papers that show it."""
    return acts.answer_finding(finding, files=[checked_paper(file) for file in files], **said)


class FindingFilter(filters.FilterSet):
    at = filters.CharFilter(field_name="at__code")
    due_on = filters.DateFromToRangeFilter()
    household = filters.NumberFilter(method="about")

    class Meta:
        model = Finding
        fields = ["kind", "state", "consequence"]

    def about(self, rows, _name, number):
        """Whose household is not told cannot be asked for either."""
        return rows.filter(household_id=number, sees_household=True)


@performs(
    answer=Act(FindingAnswered, answer),
    accept=Act(FindingAccepted, acts.accept_finding),
    send_back=Act(FindingWords, acts.return_finding),
    withdraw=Act(FindingWords, acts.withdraw_finding),
    follow_up=Act(FindingFollowed, acts.follow_up_finding),
)
class FindingViewSet(
    Performs, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Findings at the post's localities and below, or handed over to it."""

    queryset = Finding.objects.none()
    permission_classes = [SeesHouseholds]
    parser_classes = [JSONParser, MultiPartParser]
    serializer_class = FindingFileRow
    filterset_class = FindingFilter

    def get_queryset(self):
        post = getattr(self.request, "post", None)
        seen = Household.objects.visible_to(post).filter(pk=OuterRef("household_id"))
        rows = Finding.objects.visible_to(post).annotate(sees_household=Exists(seen))
        return rows.select_related("at").prefetch_related(
            "acts__files", "acts__by__division", "acts__by__officer", "acts__by__deputy_of__officer"
        )

    @extend_schema(request=FindingSent, responses={201: FindingFileRow, 422: Told})
    def create(self, request):
        """Enters a finding. The same once more, while nobody has answered it, is one."""
        if not acts.may_enter(request.post):
            raise PermissionDenied
        sent = FindingSent(data=request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)
        said = dict(sent.validated_data)
        said["division"] = get_object_or_404(Division, code=said["division"])
        if number := said.get("household"):
            homes = Household.objects.visible_to(request.post)
            said["household"] = get_object_or_404(homes, pk=number)
        try:
            said["files"] = [checked_paper(file) for file in said.get("files", ())]
            made = acts.enter_finding(**said, by=request.post, at=timezone.now())
        except Refused as refusal:
            return self.refused(refusal)
        return Response(self.told(made.pk), status=201)


ROUTES = [("findings", FindingViewSet)]
