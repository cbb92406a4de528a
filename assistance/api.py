"""Measures over the API."""

import django_filters as filters
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from accounts.api_entry import SeesHouseholds
from accounts.roles import DEPARTMENTS
from assistance.checks import MeasureRefusal
from assistance.exceptions.api import ROUTES as PROOF_ROUTES
from assistance.funds.api import ROUTES as FUND_ROUTES
from assistance.insurance.api import ROUTES as INSURANCE_ROUTES
from assistance.models import Grounds, Measure, Problem
from assistance.models.measures import KINDS
from assistance.planning import add_measure
from assistance.plans.api import PlanViewSet
from assistance.points.api import ROUTES as POINT_ROUTES
from assistance.projects.api import ROUTES as PROJECT_ROUTES
from assistance.social.api import ROUTES as SOCIAL_ROUTES
from assistance.spending import Source
from households.models import Household, Member


class NoteSerializer(serializers.Serializer):
    on = serializers.DateField()
    words = serializers.CharField()


class MeasureSerializer(serializers.ModelSerializer):
    household = serializers.PrimaryKeyRelatedField(read_only=True)
    member = serializers.PrimaryKeyRelatedField(read_only=True)
    notes = NoteSerializer(many=True, read_only=True)

    class Meta:
        model = Measure
        fields = [
            *("id", "client_id", "household", "member", "kind", "answers", "words", "department"),
            *("responsible", "amount", "source", "exception", "exception_problem"),
            *("exception_words", "started_on", "due_on", "ended_on", "result"),
            *("result_words", "open_because", "recorded_at", "version", "notes"),
        ]
        read_only_fields = fields


class MeasureSent(serializers.Serializer):
    """A new measure. ``client_id`` is made by the sender: sent twice, stored once. ``amount`` is a
    figure in yuan for the record, booked on no fund; it needs a ``source``. ``exception`` and its
    two companions record the exception of AH 4.1.2."""

    client_id = serializers.UUIDField()
    household = serializers.IntegerField(min_value=1)
    member = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    kind = serializers.ChoiceField(choices=list(KINDS.items()))
    answers = serializers.ListField(child=serializers.CharField(max_length=30), required=False)
    words = serializers.CharField(max_length=200)
    department = serializers.ChoiceField(choices=list(DEPARTMENTS.items()), required=False)
    responsible = serializers.CharField(max_length=60)
    amount = serializers.DecimalField(max_digits=12, decimal_places=2, required=False)
    source = serializers.ChoiceField(choices=Source.choices, required=False)
    exception = serializers.ChoiceField(choices=Grounds.choices, required=False)
    exception_problem = serializers.ChoiceField(choices=Problem.choices, required=False)
    exception_words = serializers.CharField(max_length=200, required=False)
    started_on = serializers.DateField()
    due_on = serializers.DateField(required=False, allow_null=True)

    def validate(self, attrs):
        if attrs.get("amount") and not attrs.get("source"):
            raise serializers.ValidationError({"source": _("Say where the money comes from.")})
        return attrs


class MeasureFilter(filters.FilterSet):
    household = filters.NumberFilter(field_name="household_id")
    open = filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull")
    due_on = filters.DateFromToRangeFilter()

    class Meta:
        model = Measure
        fields = ["kind", "department", "result"]


class MeasureViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Measures of the households that the post sees; a department sees its own."""

    queryset = Measure.objects.none()
    permission_classes = [SeesHouseholds]
    section = Measure.section
    serializer_class = MeasureSerializer
    filterset_class = MeasureFilter

    def get_queryset(self):
        rows = Measure.objects.visible_to(getattr(self.request, "post", None))
        return rows.prefetch_related("notes")

    @extend_schema(request=MeasureSent)
    def create(self, request):
        if not request.post.may("carry_measures"):
            raise PermissionDenied
        sent = MeasureSent(data=request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)
        facts = dict(sent.validated_data)
        household = self._household(facts.pop("household"))
        try:
            facts["member"] = self._member(household, facts.get("member"))
            now = timezone.now()
            measure, new = add_measure(household, **facts, by=request.post, at=now)
        except MeasureRefusal as refusal:
            field = refusal.field or "__all__"
            return Response({"errors": {field: [str(refusal)]}}, status=400)
        shown = self.get_serializer(measure).data
        page = {"page": reverse("measure", args=[measure.pk])}
        return Response({**shown, **page}, status=201 if new else 200)

    def _household(self, pk):
        found = Household.objects.visible_to(self.request.post).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def _member(self, household, pk):
        if pk is None:
            return None
        seen = Member.objects.visible_to(self.request.post).filter(household=household)
        if found := seen.filter(pk=pk).first():
            return found
        raise MeasureRefusal(_("This person belongs to another household."), "member")


ROUTES = [
    ("measures", MeasureViewSet),
    ("plans", PlanViewSet),
    *FUND_ROUTES,
    *PROJECT_ROUTES,
    *INSURANCE_ROUTES,
    *SOCIAL_ROUTES,
    *POINT_ROUTES,
    *PROOF_ROUTES,
]
