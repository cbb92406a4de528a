"""Needs and offers over the API, for the offices' machines: the same acts, the same sentences.

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

from accounts.api_entry import ActsInPost, SeesHouseholds
from accounts.refusals import Refused
from assistance.models import Give, SocialMatch, SocialNeed, SocialOffer
from assistance.social import matching, needs, offers
from assistance.social.refusals import Late
from households.models import Household


def quantity():
    return serializers.DecimalField(max_digits=10, decimal_places=2)


def refused(act):
    """What the act gives, or its refusal as an answer."""
    try:
        return act()
    except Late as late:
        return Response({"errors": {"version": [str(late)]}}, status=409)
    except Refused as refusal:
        field = getattr(refusal, "field", None) or "__all__"
        return Response({"errors": {field: [str(refusal)]}}, status=422)


class DeliverySerializer(serializers.Serializer):
    on = serializers.DateField()
    amount = quantity()
    proof = serializers.CharField()


class MatchSerializer(serializers.ModelSerializer):
    deliveries = DeliverySerializer(many=True)

    class Meta:
        model = SocialMatch
        fields = [
            *("id", "need", "offer", "amount", "delivered", "measure", "matched_at", "ended_at"),
            *("because", "result_words", "thanks", "deliveries"),
        ]
        read_only_fields = fields


class NeedSerializer(serializers.ModelSerializer):
    unit = serializers.CharField()
    matches = MatchSerializer(many=True)

    class Meta:
        model = SocialNeed
        fields = [
            *("id", "client_id", "household", "kind", "amount", "unit", "promised", "delivered"),
            *("words", "public_words", "state", "because", "recorded_at", "published_at"),
            *("ended_at", "version", "matches"),
        ]
        read_only_fields = fields


class OfferSerializer(serializers.ModelSerializer):
    """The phone is masked; its plain form is shown on the page alone, with a reason."""

    division = serializers.CharField(source="division.code")
    phone = serializers.CharField(source="phone_masked")
    unit = serializers.CharField()

    class Meta:
        model = SocialOffer
        fields = [
            *("id", "division", "need", "giver", "name", "contact", "phone", "kind", "amount"),
            *("unit", "promised", "delivered", "words", "state", "because", "made_at"),
            *("checked_at", "ended_at", "version"),
        ]
        read_only_fields = fields


class NeedSent(serializers.Serializer):
    """``client_id`` is made by the sender: sent twice, stored once."""

    client_id = serializers.UUIDField()
    household = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(choices=Give.choices)
    amount = quantity()
    words = serializers.CharField(max_length=200)
    public_words = serializers.CharField(max_length=120, required=False, allow_blank=True)
    agreed = serializers.BooleanField()


class Seen(serializers.Serializer):
    """``version`` is that of the row as the sender saw it."""

    version = serializers.IntegerField(min_value=1)


class Published(Seen):
    public_words = serializers.CharField(max_length=120)


class HelpReasoned(Seen):
    because = serializers.CharField(max_length=200)


class Remarked(Seen):
    because = serializers.CharField(max_length=200, required=False, allow_blank=True)


class Matched(serializers.Serializer):
    client_id = serializers.UUIDField()
    offer = serializers.IntegerField(min_value=1)
    amount = quantity()


class Delivered(serializers.Serializer):
    client_id = serializers.UUIDField()
    amount = quantity()
    on = serializers.DateField()
    proof = serializers.CharField(max_length=60)


class Because(serializers.Serializer):
    because = serializers.CharField(max_length=200)


class Acts:
    """An act on the row of the address, sent as ``kind``."""

    def _act(self, request, kind, ability, act, shown=None):
        found = self.get_object()
        if not request.post.may(ability):
            raise PermissionDenied
        sent = kind(data=request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)
        said = dict(sent.validated_data)
        if "version" in said:
            said["seen_version"] = said.pop("version")

        def done():
            act(found, **said, by=request.post, at=timezone.now())
            again = self.get_queryset().get(pk=found.pk)
            return Response((shown or self.get_serializer)(again).data)

        return refused(done)


class OfOffices(ActsInPost):
    """Needs are the offices' and the persons in charge's."""

    def has_permission(self, request, view):
        allowed = super().has_permission(request, view)
        return allowed and request.post.sees_section("history")


class ReadsOffers(ActsInPost):
    """Whoever reads a whole township or more."""

    def has_permission(self, request, view):
        if not super().has_permission(request, view):
            return False
        return request.post.role_row.sees == "division" and request.post.role != "village"


class NeedFilter(filters.FilterSet):
    class Meta:
        model = SocialNeed
        fields = ["household", "kind", "state"]


class OfferFilter(filters.FilterSet):
    class Meta:
        model = SocialOffer
        fields = ["kind", "state", "giver"]


class NeedViewSet(Acts, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Needs of the households that the post sees, with what was promised and delivered."""

    queryset = SocialNeed.objects.none()
    permission_classes = [SeesHouseholds, OfOffices]
    section = SocialNeed.section
    serializer_class = NeedSerializer
    filterset_class = NeedFilter

    def get_queryset(self):
        rows = SocialNeed.objects.visible_to(getattr(self.request, "post", None))
        return rows.prefetch_related("matches__deliveries")

    @extend_schema(request=NeedSent)
    def create(self, request):
        if not needs.may_note(request.post):
            raise PermissionDenied
        sent = NeedSent(data=request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)
        said = dict(sent.validated_data)
        homes = Household.objects.visible_to(request.post)
        home = homes.filter(pk=said.pop("household")).first()
        if home is None:
            raise Http404

        def made():
            need, new = needs.note_need(home, **said, by=request.post, at=timezone.now())
            return Response(self.get_serializer(need).data, status=201 if new else 200)

        return refused(made)

    @extend_schema(request=Published)
    @action(detail=True, methods=["post"])
    def publish(self, request, pk=None):
        return self._act(request, Published, "match_offers", needs.publish_need)

    @extend_schema(request=HelpReasoned)
    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        return self._act(request, HelpReasoned, "carry_measures", needs.close_need)

    @extend_schema(request=Matched)
    @action(detail=True, methods=["post"])
    def match(self, request, pk=None):
        def act(need, offer, **said):
            found = SocialOffer.objects.visible_to(request.post).filter(pk=offer).first()
            if found is None:
                raise Http404
            matching.match(need, found, **said)

        return self._act(request, Matched, "match_offers", act)


class OfferViewSet(Acts, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Offers made to the post's division and below."""

    queryset = SocialOffer.objects.none()
    permission_classes = [ReadsOffers]
    serializer_class = OfferSerializer
    filterset_class = OfferFilter

    def get_queryset(self):
        rows = SocialOffer.objects.visible_to(getattr(self.request, "post", None))
        return rows.select_related("division")

    @extend_schema(request=Remarked)
    @action(detail=True, methods=["post"])
    def accept(self, request, pk=None):
        return self._act(request, Remarked, "match_offers", offers.accept_offer)

    @extend_schema(request=HelpReasoned)
    @action(detail=True, methods=["post"])
    def refuse(self, request, pk=None):
        return self._act(request, HelpReasoned, "match_offers", offers.refuse_offer)


class MatchViewSet(Acts, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """What was put together, with its deliveries."""

    queryset = SocialMatch.objects.none()
    permission_classes = [SeesHouseholds, OfOffices]
    section = SocialMatch.section
    serializer_class = MatchSerializer
    filterset_class = None

    def get_queryset(self):
        rows = SocialMatch.objects.visible_to(getattr(self.request, "post", None))
        return rows.prefetch_related("deliveries")

    @extend_schema(request=Delivered)
    @action(detail=True, methods=["post"])
    def deliver(self, request, pk=None):
        return self._act(request, Delivered, "carry_measures", matching.deliver)

    @extend_schema(request=Because)
    @action(detail=True, methods=["post"])
    def give_up(self, request, pk=None):
        return self._act(request, Because, "match_offers", matching.give_up)


ROUTES = [
    ("social-needs", NeedViewSet),
    ("social-offers", OfferViewSet),
    ("social-matches", MatchViewSet),
]
