"""Policies and claims over the API: the same acts, refused with the same sentences.

400: ``errors`` by field; 404: not there for this post; 409: somebody was first; 422: refused.
"""

import django_filters as filters
from django.db.models import Prefetch
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from accounts.api_entry import SeesHouseholds
from accounts.refusals import Refused
from assistance.funds.api import answered
from assistance.insurance import claims, deciding, policies, premiums, reviewing
from assistance.insurance.refusals import InsuranceRefusal
from assistance.models import (
    ClaimOccasion,
    ClaimPaper,
    ClaimPaperKind,
    InsuranceClaim,
    InsurancePolicy,
    Payer,
    Peril,
)
from households.models import Event, Household, Member
from households.papers.files import checked_paper


def yuan(digits=12):
    return serializers.DecimalField(max_digits=digits, decimal_places=2)


class PremiumSerializer(serializers.Serializer):
    payer = serializers.CharField()
    amount = yuan(14)
    paid_on = serializers.DateField()
    paper = serializers.CharField()
    taken_back_because = serializers.CharField()


class PolicySerializer(serializers.ModelSerializer):
    """``premium`` is ``persons`` times ``premium_per_head``, never typed."""

    division = serializers.CharField(source="division.code")
    share = serializers.DecimalField(max_digits=5, decimal_places=2)
    premium = serializers.DecimalField(max_digits=18, decimal_places=2)
    payments = PremiumSerializer(many=True)

    class Meta:
        model = InsurancePolicy
        fields = [
            *("id", "client_id", "division", "year", "number", "insurer", "starts_on", "ends_on"),
            *("farm_population", "persons", "share", "premium_per_head", "city_percent"),
            *("premium", "cap", "perils", "words", "version", "payments"),
        ]
        read_only_fields = fields


class ClaimActSerializer(serializers.Serializer):
    what = serializers.CharField()
    because = serializers.CharField()
    by = serializers.CharField(source="by.signature")
    at = serializers.DateTimeField()


class ClaimPaperSerializer(serializers.ModelSerializer):
    class Meta:
        model = ClaimPaper
        fields = ["id", "kind", "name", "size", "added_at"]
        read_only_fields = fields


class ClaimSerializer(serializers.ModelSerializer):
    papers = ClaimPaperSerializer(many=True)
    acts = ClaimActSerializer(many=True)

    class Meta:
        model = InsuranceClaim
        fields = [
            *("id", "client_id", "number", "policy", "household", "member", "peril"),
            *("happened_on", "words", "loss", "payee", "occasion", "occasion_words", "event"),
            *("checked_on", "check_words", "state", "sent_at", "amount", "decided_on"),
            *("decision_paper", "clause", "paid_on", "payment_paper", "measure", "opened_at"),
            *("version", "papers", "acts"),
        ]
        read_only_fields = fields


class PolicySent(serializers.ModelSerializer):
    client_id = serializers.UUIDField()

    class Meta:
        model = InsurancePolicy
        fields = ["client_id", *policies.FACTS]
        # The act says in words what is there already.
        extra_kwargs = {"number": {"validators": []}}


class PremiumSent(serializers.Serializer):
    client_id = serializers.UUIDField()
    payer = serializers.ChoiceField(choices=Payer.choices)
    amount = yuan(14)
    paid_on = serializers.DateField()
    paper = serializers.CharField(max_length=60)


class ClaimSent(serializers.Serializer):
    """``client_id`` is made by the sender: sent twice, stored once. ``event``: one on record."""

    client_id = serializers.UUIDField()
    household = serializers.IntegerField(min_value=1)
    member = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    peril = serializers.ChoiceField(choices=Peril.choices)
    happened_on = serializers.DateField()
    words = serializers.CharField(max_length=200)
    loss = yuan()
    payee = serializers.CharField(max_length=40, required=False)
    event = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    occasion = serializers.ChoiceField(choices=ClaimOccasion.choices, required=False)
    occasion_words = serializers.CharField(max_length=60, required=False)


class ClaimSeen(serializers.Serializer):
    """``version`` is that of the claim as the sender saw it."""

    version = serializers.IntegerField(min_value=1)


class ClaimReasoned(ClaimSeen):
    because = serializers.CharField(max_length=400)


class ClaimPassed(ClaimSeen):
    because = serializers.CharField(max_length=400, required=False, allow_blank=True)


class ClaimRefused(ClaimReasoned):
    clause = serializers.CharField(max_length=60)
    paper = serializers.CharField(max_length=60, required=False, allow_blank=True)


class HomeChecked(ClaimSeen):
    on = serializers.DateField()
    words = serializers.CharField(max_length=400)


class ClaimAccepted(ClaimSeen):
    amount = yuan()
    on = serializers.DateField()
    paper = serializers.CharField(max_length=60)


class ClaimPaid(ClaimSeen):
    on = serializers.DateField()
    paper = serializers.CharField(max_length=60)


class ClaimPaperSent(serializers.Serializer):
    kind = serializers.ChoiceField(choices=ClaimPaperKind.choices)
    file = serializers.FileField()


def checked(kind, data):
    """``(facts, None)`` or ``(None, answer with the faults)``."""
    sent = kind(data=data)
    if sent.is_valid():
        return dict(sent.validated_data), None
    return None, Response({"errors": sent.errors}, status=400)


class PolicyViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Policies of the county of the post, and of the counties below it."""

    queryset = InsurancePolicy.objects.none()
    permission_classes = [SeesHouseholds]
    section = InsurancePolicy.section
    serializer_class = PolicySerializer
    filterset_fields = ["year"]

    def get_queryset(self):
        rows = InsurancePolicy.objects.visible_to(getattr(self.request, "post", None))
        return rows.select_related("division").prefetch_related("payments")

    @extend_schema(request=PolicySent)
    def create(self, request):
        return self._act(request, PolicySent, policies.enter_policy)

    @extend_schema(request=PremiumSent)
    @action(detail=True, methods=["post"])
    def premium(self, request, pk=None):
        """Part of the premium that was paid."""
        self._check_keeps(request)
        policy = self.get_object()

        def act(**said):
            _payment, new = premiums.pay_premium(policy, **said)
            return self.get_queryset().get(pk=policy.pk), new

        return self._act(request, PremiumSent, act)

    def _check_keeps(self, request):
        if not request.post.may("keep_insurance"):
            raise PermissionDenied

    def _act(self, request, kind, act):
        self._check_keeps(request)
        said, faults = checked(kind, request.data)
        if faults:
            return faults

        def done():
            policy, new = act(**said, by=request.post, at=timezone.now())
            return Response(self.get_serializer(policy).data, status=201 if new else 200)

        return answered(done)


class ClaimFilter(filters.FilterSet):
    happened_on = filters.DateFromToRangeFilter()
    paid_on = filters.DateFromToRangeFilter()

    class Meta:
        model = InsuranceClaim
        fields = ["policy", "household", "state", "peril"]


class ClaimViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Claims of the households that the post sees; the insurer sees what it was sent."""

    queryset = InsuranceClaim.objects.none()
    permission_classes = [SeesHouseholds]
    section = InsuranceClaim.section
    serializer_class = ClaimSerializer
    filterset_class = ClaimFilter

    def get_queryset(self):
        rows = InsuranceClaim.objects.visible_to(getattr(self.request, "post", None))
        kept = Prefetch("papers", ClaimPaper.objects.filter(removed_at=None))
        return rows.prefetch_related(kept, "acts__by__officer", "acts__by__deputy_of__officer")

    @extend_schema(request=ClaimSent)
    def create(self, request):
        if not request.post.may("open_claim"):
            raise PermissionDenied
        said, faults = checked(ClaimSent, request.data)
        if faults:
            return faults
        post = request.post
        household = _found(Household.objects.visible_to(post), said.pop("household"))
        for name, rows in (("member", Member.objects), ("event", Event.objects)):
            if said.get(name):
                seen = rows.visible_to(post).filter(household=household)
                said[name] = _found(seen, said[name])

        def made():
            claim, new = claims.open_claim(household, **said, by=post, at=timezone.now())
            return Response(self.get_serializer(claim).data, status=201 if new else 200)

        return answered(made)

    @extend_schema(request={"multipart/form-data": ClaimPaperSent}, responses=ClaimPaperSerializer)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def papers(self, request, pk=None):
        claim = self.get_object()
        if not claims.adds(claim, request.post):
            raise PermissionDenied
        said, faults = checked(ClaimPaperSent, request.data)
        if faults:
            return faults

        def added():
            try:
                file, name, digest = checked_paper(said["file"])
            except Refused as refusal:
                raise InsuranceRefusal(str(refusal), "file") from None
            paper, new = claims.add_claim_paper(
                claim, kind=said["kind"], file=file, name=name, digest=digest, by=request.post,
                at=timezone.now(),
            )  # fmt: skip
            return Response(ClaimPaperSerializer(paper).data, status=201 if new else 200)

        return answered(added)

    def _act(self, request, kind, abilities, act):
        claim = self.get_object()
        if not any(request.post.may(ability) for ability in abilities):
            raise PermissionDenied
        said, faults = checked(kind, request.data)
        if faults:
            return faults

        def done():
            seen = said.pop("version")
            act(claim, seen_version=seen, **said, by=request.post, at=timezone.now())
            return Response(self.get_serializer(self.get_queryset().get(pk=claim.pk)).data)

        return answered(done)

    @extend_schema(request=HomeChecked)
    @action(detail=True, methods=["post"])
    def check(self, request, pk=None):
        return self._act(request, HomeChecked, ["open_claim"], claims.check_home)

    @extend_schema(request=ClaimSeen)
    @action(detail=True, methods=["post"])
    def submit(self, request, pk=None):
        return self._act(request, ClaimSeen, ["open_claim"], claims.submit_claim)

    @extend_schema(request=ClaimReasoned)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk=None):
        return self._act(request, ClaimReasoned, ["open_claim"], claims.withdraw_claim)

    @extend_schema(request=ClaimPassed)
    @action(detail=True, methods=["post"], url_path="pass-on")
    def pass_on(self, request, pk=None):
        return self._act(request, ClaimPassed, ["review_claim"], reviewing.pass_on_claim)

    @extend_schema(request=ClaimReasoned)
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request, pk=None):
        able = ["review_claim", "decide_claim"]
        return self._act(request, ClaimReasoned, able, reviewing.return_claim)

    @extend_schema(request=ClaimRefused)
    @action(detail=True, methods=["post"])
    def refuse(self, request, pk=None):
        return self._act(request, ClaimRefused, ["decide_claim"], reviewing.refuse_claim)

    @extend_schema(request=ClaimAccepted)
    @action(detail=True, methods=["post"])
    def accept(self, request, pk=None):
        return self._act(request, ClaimAccepted, ["decide_claim"], deciding.accept_claim)

    @extend_schema(request=ClaimPaid)
    @action(detail=True, methods=["post"])
    def pay(self, request, pk=None):
        return self._act(request, ClaimPaid, ["decide_claim"], deciding.pay_claim)

    @extend_schema(request=ClaimReasoned)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request, pk=None):
        return self._act(request, ClaimReasoned, ["decide_claim"], deciding.take_back)


def _found(rows, pk):
    if found := rows.filter(pk=pk).first():
        return found
    raise Http404


ROUTES = [("policies", PolicyViewSet), ("claims", ClaimViewSet)]
