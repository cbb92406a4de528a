"""Points over the API: a household's entries, and points earned at a till or by an app.

400: ``errors`` by field; 404: not there for this post; 422: refused.
"""

import django_filters as filters
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from accounts.api_entry import SeesHouseholds
from assistance.models import PointEntry, PointRule, ShopGood
from assistance.points import booking
from assistance.points.rules import goods_of
from assistance.social.api import OfOffices, refused
from households.models import Household


class PointEntrySerializer(serializers.ModelSerializer):
    class Meta:
        model = PointEntry
        fields = [
            *("id", "client_id", "household", "kind", "points", "balance_after", "rule", "good"),
            *("count", "words", "on", "reverses", "recorded_at"),
        ]
        read_only_fields = fields


class Sent(serializers.Serializer):
    """``client_id`` is made by the sender: sent twice, booked once."""

    client_id = serializers.UUIDField()
    household = serializers.IntegerField(min_value=1)
    on = serializers.DateField()


class Earned(Sent):
    rule = serializers.IntegerField(min_value=1)
    words = serializers.CharField(max_length=200, required=False, allow_blank=True)


class Spent(Sent):
    good = serializers.IntegerField(min_value=1)
    count = serializers.IntegerField(min_value=1, max_value=99)


class EntryFilter(filters.FilterSet):
    on = filters.DateFromToRangeFilter()

    class Meta:
        model = PointEntry
        fields = ["household", "kind", "on"]


class PointViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Entries of points of the households that the post sees."""

    queryset = PointEntry.objects.none()
    permission_classes = [SeesHouseholds, OfOffices]
    section = PointEntry.section
    serializer_class = PointEntrySerializer
    filterset_class = EntryFilter

    def get_queryset(self):
        return PointEntry.objects.visible_to(getattr(self.request, "post", None))

    @extend_schema(request=Earned)
    @action(detail=False, methods=["post"])
    def earn(self, request):
        def act(home, rule, **said):
            found = PointRule.objects.serving(home.village).filter(pk=rule).first()
            return booking.earn(home, rule=_there(found), **said)

        return self._booked(request, Earned, act)

    @extend_schema(request=Spent)
    @action(detail=False, methods=["post"])
    def spend(self, request):
        def act(home, good, **said):
            found = ShopGood.objects.filter(pk=good, pk__in=goods_of(home.village)).first()
            return booking.spend(home, good=_there(found), **said)

        return self._booked(request, Spent, act)

    def _booked(self, request, kind, act):
        if not request.post.may("keep_points"):
            raise PermissionDenied
        sent = kind(data=request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)
        said = dict(sent.validated_data)
        homes = Household.objects.visible_to(request.post).select_related("village")
        home = _there(homes.filter(pk=said.pop("household")).first())

        def booked():
            entry, new = act(home, **said, by=request.post, at=timezone.now())
            return Response(self.get_serializer(entry).data, status=201 if new else 200)

        return refused(booked)


def _there(row):
    if row is None:
        raise Http404
    return row


ROUTES = [("points", PointViewSet)]
