"""Plans over the API: read, drawn up, submitted, approved, returned."""

import django_filters as filters
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from accounts.api_entry import SeesHouseholds
from accounts.roles import DEPARTMENTS
from assistance.catalogue import MEASURE_TYPES
from assistance.checks import MeasureRefusal
from assistance.models import AssistancePlan, PlanLine
from assistance.models.measures import KINDS, Grounds, Problem
from assistance.plans import acts
from assistance.spending import Source
from households.models import Household, Member


class PlanLineSerializer(serializers.ModelSerializer):
    member = serializers.PrimaryKeyRelatedField(read_only=True)
    measure = serializers.PrimaryKeyRelatedField(read_only=True)

    class Meta:
        model = PlanLine
        fields = [*PlanLine.FACTS, "measure"]
        read_only_fields = fields


class PlanSerializer(serializers.ModelSerializer):
    household = serializers.PrimaryKeyRelatedField(read_only=True)
    lines = PlanLineSerializer(many=True, read_only=True)
    measures = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = AssistancePlan
        fields = [
            *("id", "household", "number", "state", "version", *AssistancePlan.FACTS),
            *("recorded_at", "submitted_at", "decided_at", "lines", "measures"),
        ]
        read_only_fields = fields


class PlanLineSent(serializers.Serializer):
    """``exception`` and its two companions record the exception of AH 4.1.2."""

    kind = serializers.ChoiceField(choices=list(KINDS.items()))
    answers = serializers.ListField(child=serializers.CharField(max_length=30), required=False)
    words = serializers.CharField(max_length=200)
    member = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    department = serializers.ChoiceField(choices=list(DEPARTMENTS.items()), required=False)
    responsible = serializers.CharField(max_length=60)
    amount = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, required=False, allow_null=True
    )
    source = serializers.ChoiceField(choices=Source.choices, required=False)
    exception = serializers.ChoiceField(choices=Grounds.choices, required=False)
    exception_problem = serializers.ChoiceField(choices=Problem.choices, required=False)
    exception_words = serializers.CharField(max_length=200, required=False)
    started_on = serializers.DateField()
    due_on = serializers.DateField()


class PlanSent(serializers.Serializer):
    """The plan in hand, whole: what is not sent is taken out. ``seen_version``: of the plan in
    hand that the sender read; none when there was none."""

    household = serializers.IntegerField(min_value=1)
    seen_version = serializers.IntegerField(required=False, allow_null=True)
    wishes = serializers.CharField(max_length=500, required=False, allow_blank=True)
    resources = serializers.CharField(max_length=500, required=False, allow_blank=True)
    ability = serializers.CharField(max_length=500, required=False, allow_blank=True)
    needs = serializers.CharField(max_length=500, required=False, allow_blank=True)
    work_team = serializers.CharField(max_length=60, required=False, allow_blank=True)
    cadres = serializers.CharField(max_length=60, required=False, allow_blank=True)
    responsible = serializers.CharField(max_length=60, required=False, allow_blank=True)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField()
    lines = PlanLineSent(many=True)


class StepSent(serializers.Serializer):
    seen_version = serializers.IntegerField()


class ReturnSent(StepSent):
    because = serializers.CharField(min_length=4, max_length=200)


class PlanFilter(filters.FilterSet):
    household = filters.NumberFilter(field_name="household_id")

    class Meta:
        model = AssistancePlan
        fields = ["state"]


class PlanViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Assistance plans of the households that the post sees."""

    queryset = AssistancePlan.objects.none()
    permission_classes = [SeesHouseholds]
    section = "history"
    serializer_class = PlanSerializer
    filterset_class = PlanFilter

    def get_queryset(self):
        rows = AssistancePlan.objects.visible_to(getattr(self.request, "post", None))
        return rows.prefetch_related("lines", "measures")

    @extend_schema(request=PlanSent)
    def create(self, request):
        if not request.post.may("make_plan"):
            raise PermissionDenied
        sent = PlanSent(data=request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)
        facts = dict(sent.validated_data)
        household = self._household(facts.pop("household"))
        seen = facts.pop("seen_version", None)
        lines = facts.pop("lines")
        return self._done(lambda given: acts.write_plan(
            household, facts=facts, lines=[self._line(household, dict(line)) for line in lines],
            seen_version=seen, **given,
        ), status=200 if seen else 201)  # fmt: skip

    @extend_schema(request=StepSent)
    @action(detail=True, methods=["post"])
    def submit(self, request, pk=None):
        return self._step(acts.submit_plan, "make_plan", StepSent)

    @extend_schema(request=StepSent)
    @action(detail=True, methods=["post"])
    def approve(self, request, pk=None):
        return self._step(acts.approve_plan, "approve_plan", StepSent)

    @extend_schema(request=ReturnSent)
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request, pk=None):
        return self._step(acts.return_plan, "approve_plan", ReturnSent)

    def _step(self, act, ability, shape):
        if not self.request.post.may(ability):
            raise PermissionDenied
        plan, sent = self.get_object(), shape(data=self.request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)
        return self._done(lambda given: act(plan, **sent.validated_data, **given))

    def _done(self, act, status=200):
        try:
            plan = act({"by": self.request.post, "at": timezone.now()})
        except MeasureRefusal as refusal:
            field = refusal.field or "__all__"
            return Response({"errors": {field: [str(refusal)]}}, status=400)
        shown = self.get_serializer(self.get_queryset().get(pk=plan.pk)).data
        return Response({**shown, "page": reverse("plan", args=[plan.pk])}, status=status)

    def _household(self, pk):
        found = Household.objects.visible_to(self.request.post).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def _line(self, household, line):
        member = line.pop("member", None)
        if member is not None:
            seen = Member.objects.visible_to(self.request.post).filter(household=household)
            line["member"] = seen.filter(pk=member).first()
            if line["member"] is None:
                raise MeasureRefusal(_("This person belongs to another household."), "member")
        line.setdefault("department", MEASURE_TYPES[line["kind"]].department)
        return line
