"""Funds and grants over the API: the same acts, refused with the same sentences.

400: ``errors`` by field; 404: not there for this post; 409: somebody was first; 422: refused.
"""

import django_filters as filters
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from accounts.api_acts import Act, Performs, Seen, performs
from accounts.api_entry import ActsInPost, SeesHouseholds
from assistance.funds import granting, paying, urgent
from assistance.funds.booking import deposit
from assistance.funds.closing import close_fund, successors_of
from assistance.funds.refusals import FundRefusal, Late
from assistance.models import Entry, Fund, Grant, Measure, Need, Occasion
from assistance.spending import Source
from households.models import Household


def yuan(digits=12):
    return serializers.DecimalField(max_digits=digits, decimal_places=2)


class FundSerializer(serializers.ModelSerializer):
    division = serializers.CharField(source="division.code")
    cash = serializers.DecimalField(source="money", max_digits=14, decimal_places=2)

    class Meta:
        model = Fund
        fields = ["id", "kind", "name", "division", "opened_on", "closed_on", "successor", "cash"]
        read_only_fields = fields


class EntrySerializer(serializers.ModelSerializer):
    inward = serializers.BooleanField()
    grant = serializers.CharField(source="grant.number", default=None)

    class Meta:
        model = Entry
        fields = [
            *("id", "number", "kind", "inward", "amount", "cash_after", "on", "donor", "paper"),
            *("words", "grant", "reverses", "recorded_at"),
        ]
        read_only_fields = fields


class GrantActSerializer(serializers.Serializer):
    what = serializers.CharField()
    because = serializers.CharField()
    by = serializers.CharField(source="by.signature")
    at = serializers.DateTimeField()


class GrantSerializer(serializers.ModelSerializer):
    """The account is masked; its plain form is shown on the page alone, with a reason."""

    bank_account = serializers.CharField(source="bank_account_masked")
    acts = GrantActSerializer(many=True)

    class Meta:
        model = Grant
        fields = [
            *("id", "client_id", "number", "fund", "household", "measure", "occasion"),
            *("occasion_words", "need", "words", "amount", "payee", "bank_name", "bank_account"),
            *("urgent", "large", "state", "waiting_level", "applied_at", "paid_on", "filed_at"),
            *("filing_paper", "version", "acts"),
        ]
        read_only_fields = fields


class DepositSent(serializers.Serializer):
    client_id = serializers.UUIDField()
    source = serializers.ChoiceField(choices=Source.choices)
    donor = serializers.CharField(max_length=80)
    paper = serializers.CharField(max_length=60)
    amount = yuan()
    on = serializers.DateField()
    words = serializers.CharField(max_length=200, required=False)


class FundClosed(serializers.Serializer):
    """``successor`` (id of a fund of the same county) and ``paper`` where money is in it."""

    because = serializers.CharField(max_length=200)
    paper = serializers.CharField(max_length=60, required=False)
    successor = serializers.IntegerField(min_value=1, required=False)


class ReliefSent(serializers.Serializer):
    """``client_id`` is made by the sender: sent twice, stored once."""

    client_id = serializers.UUIDField()
    fund = serializers.IntegerField(min_value=1)
    household = serializers.IntegerField(min_value=1)
    need = serializers.ChoiceField(choices=Need.choices)
    words = serializers.CharField(max_length=200)
    amount = yuan()
    payee = serializers.CharField(max_length=40, required=False)
    bank_name = serializers.CharField(max_length=60, required=False)
    bank_account = serializers.CharField(max_length=30, required=False, write_only=True)


class GrantSent(ReliefSent):
    measure = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    occasion = serializers.ChoiceField(choices=Occasion.choices, required=False)
    occasion_words = serializers.CharField(max_length=60, required=False)


class GrantReasoned(Seen):
    because = serializers.CharField(max_length=400)


class GrantSigned(Seen):
    because = serializers.CharField(max_length=400, required=False, allow_blank=True)


class GrantFiled(Seen):
    paper = serializers.CharField(max_length=60)
    words = serializers.CharField(max_length=200, required=False, allow_blank=True)


def answered(act):
    """What the act gives, or its refusal as an answer."""
    try:
        return act()
    except FundRefusal as refusal:
        return refused(refusal)


def refused(refusal):
    late = isinstance(refusal, Late)
    field = "version" if late else getattr(refusal, "field", None) or "__all__"
    return Response({"errors": {field: [str(refusal)]}}, status=409 if late else 422)


class ReadsFunds(ActsInPost):
    def has_permission(self, request, view):
        return super().has_permission(request, view) and request.post.may("read_funds")


class FundViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Funds whose books the post reads."""

    queryset = Fund.objects.none()
    permission_classes = [ReadsFunds]
    serializer_class = FundSerializer
    filterset_class = None

    def get_queryset(self):
        rows = Fund.objects.visible_to(getattr(self.request, "post", None))
        return rows.with_cash().select_related("division")

    @extend_schema(responses=EntrySerializer(many=True))
    @action(detail=True, filterset_class=None)
    def entries(self, request, pk=None):
        rows = self.get_object().entries.select_related("to_account", "grant")
        page = self.paginate_queryset(rows.order_by("-id"))
        return self.get_paginated_response(EntrySerializer(page, many=True).data)

    @extend_schema(request=FundClosed, responses=FundSerializer)
    @action(detail=True, methods=["post"], filterset_class=None)
    def close(self, request, pk=None):
        """What is in it goes to ``successor``; afterwards the fund accepts nothing."""
        fund = self.get_object()
        if not request.post.may("handle_funds"):
            raise PermissionDenied
        sent = FundClosed(data=request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)
        said = dict(sent.validated_data)
        if said.get("successor"):
            said["successor"] = _found(successors_of(fund), said["successor"])

        def act():
            close_fund(fund, **said, by=request.post, at=timezone.now())
            return Response(self.get_serializer(self.get_object()).data)

        return answered(act)

    @extend_schema(request=DepositSent, responses=EntrySerializer)
    @action(detail=True, methods=["post"])
    def deposits(self, request, pk=None):
        fund = self.get_object()
        if not request.post.may("handle_funds"):
            raise PermissionDenied
        sent = DepositSent(data=request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)

        def act():
            said = {"by": request.post, "at": timezone.now()}
            entry, new = deposit(fund, **sent.validated_data, **said)
            return Response(EntrySerializer(entry).data, status=201 if new else 200)

        return answered(act)


class GrantFilter(filters.FilterSet):
    unfiled = filters.BooleanFilter(method="only_unfiled")
    paid_on = filters.DateFromToRangeFilter()

    class Meta:
        model = Grant
        fields = ["fund", "household", "state", "need", "urgent"]

    def only_unfiled(self, rows, name, value):
        return rows.unfiled() if value else rows


@performs(
    sign=Act(GrantSigned, granting.sign_grant, "sign_grant"),
    refuse=Act(GrantReasoned, granting.refuse_grant, "sign_grant"),
    withdraw=Act(GrantReasoned, granting.withdraw_grant, "propose_grant"),
    pay=Act(Seen, paying.pay_grant, "handle_funds"),
    reverse=Act(GrantReasoned, paying.reverse_grant, "handle_funds"),
    file=Act(GrantFiled, urgent.file_relief, "handle_funds"),
)
class GrantViewSet(
    Performs, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Grants of the households that the post sees."""

    queryset = Grant.objects.none()
    permission_classes = [SeesHouseholds]
    section = Grant.section
    serializer_class = GrantSerializer
    filterset_class = GrantFilter

    def get_queryset(self):
        rows = Grant.objects.visible_to(getattr(self.request, "post", None))
        return rows.prefetch_related("acts__by__officer", "acts__by__deputy_of__officer")

    @extend_schema(request=GrantSent)
    def create(self, request):
        return self._made(request, GrantSent, "propose_grant", granting.apply_for_grant)

    @extend_schema(request=ReliefSent)
    @action(detail=False, methods=["post"])
    def urgent(self, request):
        """Relief at once, to be filed afterwards (AH 5.5)."""
        return self._made(request, ReliefSent, "handle_funds", urgent.relieve_at_once)

    def _made(self, request, kind, ability, act):
        if not request.post.may(ability):
            raise PermissionDenied
        sent = kind(data=request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)
        said = dict(sent.validated_data)
        household = _found(Household.objects.visible_to(request.post), said.pop("household"))
        said["fund"] = _found(granting.funds_for(household), said["fund"])
        if said.get("measure"):
            said["measure"] = _found(Measure.objects.visible_to(request.post), said["measure"])

        def made():
            grant, new = act(household, **said, by=request.post, at=timezone.now())
            return Response(self.get_serializer(grant).data, status=201 if new else 200)

        return answered(made)

    def refused(self, refusal, subject=None):
        return refused(refusal)


def _found(rows, pk):
    if found := rows.filter(pk=pk).first():
        return found
    raise Http404


ROUTES = [("funds", FundViewSet), ("grants", GrantViewSet)]
