"""Clues for machines: with their sources and trail, told and worked on by an officer's post."""

import django_filters as filters
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.response import Response

from accounts.api_acts import Act, Performs, Seen, Told, performs
from accounts.api_entry import SeesHouseholds
from accounts.refusals import Refused
from households.models import Household
from monitoring.clues import checking, placing
from monitoring.clues.checking import FINDINGS
from monitoring.clues.receiving import report_clue
from monitoring.models import Channel, Clue, ClueAct, ClueSource
from monitoring.sight import bits_seen


class SourceSerializer(serializers.ModelSerializer):
    class Meta:
        model = ClueSource
        fields = ["channel", "who", "words", "at"]
        read_only_fields = fields

    def to_representation(self, source):
        """What was said of a household belongs to its history."""
        answer = super().to_representation(source)
        if not self.context["request"].post.sees_section("history"):
            del answer["words"]
        return answer


class ActSerializer(serializers.ModelSerializer):
    by = serializers.SerializerMethodField()

    class Meta:
        model = ClueAct
        fields = ["what", "at", "by", "because"]
        read_only_fields = fields

    def get_by(self, act) -> str:
        return f"{act.by.division.name} {act.by.signature}" if act.by else ""

    def to_representation(self, act):
        answer = super().to_representation(act)
        if not self.context["request"].post.sees_section("history"):
            del answer["because"]
        return answer


class ClueSerializer(serializers.ModelSerializer):
    """``rules`` are codes of the rules that the analysis saw red. A clue without a household is
    about somebody whom nobody has found in the register yet. ``version`` goes back with every act:
    it says what the sender had seen."""

    village = serializers.CharField(source="village.code", read_only=True)
    rules = serializers.SerializerMethodField()
    sources = SourceSerializer(many=True, read_only=True)
    acts = ActSerializer(many=True, read_only=True)

    class Meta:
        model = Clue
        fields = [
            *("id", "household", "village", "name", "state", "found_by", "found_on"),
            *("last_found_on", "rules", "step_due_on", "due_on", "checked_on", "finding"),
            *("procedure", "ended_on", "answer", "merged_into", "version"),
            *("sources", "acts"),
        ]
        read_only_fields = fields

    def get_rules(self, clue) -> list[str]:
        return [rule.code for rule in bits_seen(clue.rules, self.context["request"].post)]


class NewClueSerializer(serializers.Serializer):
    household = serializers.IntegerField(min_value=1)
    words = serializers.CharField(max_length=500)


class ClueChecked(Seen):
    """``procedure``: the one that shall take up a risk."""

    finding = serializers.ChoiceField(choices=[code.value for code in FINDINGS])
    words = serializers.CharField(max_length=500)
    checked_on = serializers.DateField()
    procedure = serializers.CharField(max_length=20, required=False)


class ClueConfirmed(Seen):
    because = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class ClueReturned(Seen):
    because = serializers.CharField(max_length=500)


class CluePlaced(Seen):
    """``household``: one that the post sees."""

    household = serializers.IntegerField(min_value=1)


def place_clue(clue, *, household, seen_version, by, at):
    """Whose household it is; a clue that it has already stays, and this one is joined to it."""
    rows = Household.objects.visible_to(by).select_related("village__county")
    found = get_object_or_404(rows, pk=household)
    return placing.place_clue(clue, household=found, seen_version=seen_version, by=by, at=at)


class ClueFilter(filters.FilterSet):
    open = filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull")
    overdue = filters.BooleanFilter(method="late")
    channel = filters.ChoiceFilter(choices=Channel.choices, method="told")

    class Meta:
        model = Clue
        fields = ["household", "found_by", "state", "answer"]

    def late(self, rows, name, value):
        return rows.overdue(timezone.localdate()) if value else rows

    def told(self, rows, name, value):
        return rows.filter(Exists(ClueSource.objects.filter(clue=OuterRef("pk"), channel=value)))


@performs(
    check=Act(ClueChecked, checking.check_clue),
    confirm=Act(ClueConfirmed, checking.confirm_clue),
    send_back=Act(ClueReturned, checking.return_clue),
    open_case=Act(ClueConfirmed, checking.open_case_of),
    place=Act(CluePlaced, place_clue),
)
class ClueViewSet(
    Performs, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):  # fmt: skip
    """Who may need help: told, checked at home, answered."""

    permission_classes = [SeesHouseholds]
    section = "assessment"
    queryset = Clue.objects.none()
    serializer_class = ClueSerializer
    filterset_class = ClueFilter

    def get_queryset(self):
        rows = Clue.objects.visible_to(getattr(self.request, "post", None))
        return rows.select_related("village").prefetch_related(
            "sources", "acts__by__division", "acts__by__officer", "acts__by__deputy_of__officer"
        )

    @extend_schema(
        request=NewClueSerializer, responses={201: ClueSerializer, 200: ClueSerializer, 422: Told}
    )
    def create(self, request):
        """A clue about a household. One that has an open clue gets the words as a source of it."""
        given = NewClueSerializer(data=request.data)
        if not given.is_valid():
            return Response({"errors": given.errors}, status=400)
        rows = Household.objects.visible_to(request.post).select_related("village__county")
        household = get_object_or_404(rows, pk=given.validated_data["household"])
        try:
            clue, is_new = report_clue(
                village=household.village, household=household,
                words=given.validated_data["words"], by=request.post, at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            return self.refused(refusal)
        return Response(self.told(clue.pk), status=201 if is_new else 200)


ROUTES = [("clues", ClueViewSet)]
