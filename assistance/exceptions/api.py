"""Proofs of the exception of AH 4.1.2 over the API: put to a plan, an action for many or a measure.

400: ``errors`` by field; 404: not there for this post.
"""

import django_filters as filters
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from accounts.api_entry import SeesHouseholds
from assistance.checks import MeasureRefusal
from assistance.exceptions.forms import looked_at
from assistance.exceptions.papers import add_paper
from assistance.models import AssistancePlan, ExceptionPaper, Grounds, GroupAction, Measure
from assistance.models.proofs import SUBJECTS
from households.papers.answering import answer_with

MODELS = {"plan": AssistancePlan, "action": GroupAction, "measure": Measure}


class ExceptionProofSerializer(serializers.ModelSerializer):
    plan = serializers.PrimaryKeyRelatedField(read_only=True)
    action = serializers.PrimaryKeyRelatedField(read_only=True)
    measure = serializers.PrimaryKeyRelatedField(read_only=True)
    added_by = serializers.CharField(source="added_by.signature")

    class Meta:
        model = ExceptionPaper
        fields = ["id", *SUBJECTS, "grounds", "name", "size", "added_by", "added_at"]
        read_only_fields = fields


class ExceptionProofSent(serializers.Serializer):
    """One of ``plan``, ``action`` and ``measure``. ``grounds`` may be left out where the exception
    stands there with one reason only. The same file again gives the stored."""

    plan = serializers.IntegerField(min_value=1, required=False)
    action = serializers.IntegerField(min_value=1, required=False)
    measure = serializers.IntegerField(min_value=1, required=False)
    grounds = serializers.ChoiceField(choices=Grounds.choices, required=False)
    file = serializers.FileField()

    def validate(self, attrs):
        if len([name for name in SUBJECTS if name in attrs]) != 1:
            words = _("Name one plan, action or measure.")
            raise serializers.ValidationError({"plan": words})
        return attrs


class ExceptionProofFilter(filters.FilterSet):
    plan = filters.NumberFilter(field_name="plan_id")
    action = filters.NumberFilter(field_name="action_id")
    measure = filters.NumberFilter(field_name="measure_id")

    class Meta:
        model = ExceptionPaper
        fields = ["grounds"]


class ExceptionProofViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Photos and scans that prove an exception, of what the post sees."""

    queryset = ExceptionPaper.objects.none()
    permission_classes = [SeesHouseholds]
    parser_classes = [MultiPartParser]
    section = Measure.section
    serializer_class = ExceptionProofSerializer
    filterset_class = ExceptionProofFilter

    def get_queryset(self):
        rows = ExceptionPaper.objects.visible_to(getattr(self.request, "post", None)).kept()
        return rows.select_related("added_by__officer", "added_by__deputy_of__officer")

    @extend_schema(
        request={"multipart/form-data": ExceptionProofSent}, responses=ExceptionProofSerializer
    )
    def create(self, request):
        if not (request.post.may("make_plan") or request.post.may("carry_measures")):
            raise PermissionDenied
        sent = ExceptionProofSent(data=request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)
        said = dict(sent.validated_data)
        subject = self._subject(said)
        try:
            given = {**looked_at(said["file"]), "grounds": said.get("grounds", "")}
            paper, new = add_paper(subject, **given, by=request.post, at=timezone.now())
        except MeasureRefusal as refusal:
            field = refusal.field or "__all__"
            return Response({"errors": {field: [str(refusal)]}}, status=400)
        return Response(self.get_serializer(paper).data, status=201 if new else 200)

    def _subject(self, said):
        name = next(name for name in SUBJECTS if name in said)
        found = MODELS[name].objects.visible_to(self.request.post).filter(pk=said[name]).first()
        if found is None:
            raise Http404
        return found

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True)
    def file(self, request, pk=None):
        """The file itself: a JPEG or a PDF."""
        return answer_with(self.get_object())


ROUTES = [("exception-proofs", ExceptionProofViewSet)]
