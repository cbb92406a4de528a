"""Departments' files over the API: a machine sends one, and asks what came of it.

201: taken for reading; 200: the same file was taken in before, its report; 400: ``errors`` by
field; 403: another department's kind, or no department.
"""

import django_filters as filters
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from accounts.api_entry import ActsInPost, SeesHouseholds
from accounts.refusals import Refused
from feeds import uploading
from feeds.kinds import CODES, KINDS, kinds_of
from feeds.models import FeedRow, FeedUpload
from feeds.models.uploads import OVERSEERS


class FeedSerializer(serializers.ModelSerializer):
    """``counts`` is the match report: rows, matched, members, no_hit, name_differs, several_hits,
    rows_refused, new, and under ``facts`` what the register took over."""

    kind = serializers.ChoiceField(choices=CODES, source="row.code", read_only=True)
    division = serializers.SlugRelatedField(slug_field="code", read_only=True)
    same_as = serializers.PrimaryKeyRelatedField(read_only=True)

    class Meta:
        model = FeedUpload
        fields = [
            *("id", "kind", "department", "division", "file_name", "digest", "begins", "as_of"),
            *("state", "columns", "counts", "problem", "same_as", "asked_at", "loaded_at"),
        ]
        read_only_fields = fields


class FeedSent(serializers.Serializer):
    """A file. Its columns are understood as in the department's last file of the kind, else by
    their known names; when a needed one is not found the file is refused as a whole."""

    kind = serializers.ChoiceField(choices=CODES)
    file = serializers.FileField()
    as_of = serializers.DateField(required=False, default=None)
    begins = serializers.DateField(required=False, default=None)


class FeedRowToCheck(serializers.Serializer):
    row = serializers.IntegerField()
    resident_id = serializers.CharField(source="masked")
    column = serializers.CharField()
    value = serializers.CharField()
    reason = serializers.CharField()
    sentence = serializers.CharField()


class FeedFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(
        choices=CODES,
        method="of_kind",
    )
    as_of = filters.DateFromToRangeFilter()

    class Meta:
        model = FeedUpload
        fields = ["state", "department"]

    def of_kind(self, rows, _name, code):
        return rows.filter(kind=KINDS[code].number)


class ReadsFeeds(ActsInPost):
    def has_permission(self, request, view):
        return super().has_permission(request, view) and (
            request.post.role in ("department", *OVERSEERS)
        )


class FeedViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Files of departments: a department's own, or those of the area that one oversees."""

    queryset = FeedUpload.objects.none()
    permission_classes = [ReadsFeeds]
    serializer_class = FeedSerializer
    filterset_class = FeedFilter

    def get_queryset(self):
        rows = FeedUpload.objects.visible_to(getattr(self.request, "post", None))
        return rows.select_related("division")

    def get_parsers(self):
        return [MultiPartParser()] if self._sends() else super().get_parsers()

    def _sends(self):
        return getattr(self.request, "method", "") == "POST"

    @extend_schema(request={"multipart/form-data": FeedSent}, responses={201: FeedSerializer})
    def create(self, request):
        kinds = {kind.code for kind in kinds_of(request.post)}
        if not kinds or request.data.get("kind") in set(KINDS) - kinds:
            raise PermissionDenied
        sent = FeedSent(data=request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)
        given, now = sent.validated_data, timezone.now()
        try:
            upload, new = uploading.keep_upload(
                file=given["file"],
                name=given["file"].name,
                kind=KINDS[given["kind"]],
                as_of=given["as_of"],
                begins=given["begins"],
                at_once=True,
                by=request.post,
                at=now,
            )
        except Refused as refusal:
            return Response({"errors": {"__all__": [str(refusal)]}}, status=400)
        if new:
            uploading.ask_look(upload, by=request.post, at=now)
        return Response(self.get_serializer(upload).data, status=201 if new else 200)

    @extend_schema(responses={200: FeedRowToCheck(many=True)})
    @action(detail=True, methods=["get"], url_path="rows-to-check", pagination_class=None)
    def rows_to_check(self, request, pk=None):
        """The first 1,000 rows that did not match or were not taken, numbers masked; for the
        department itself."""
        upload = self.get_object()
        if request.post.role != "department":
            raise PermissionDenied
        return Response(
            FeedRowToCheck(upload.troubles.order_by("row", "id")[:1000], many=True).data
        )


class FeedRowSerializer(serializers.ModelSerializer):
    """``values`` by the names of the kind's columns; of several things ``items``, of payments their
    ``amount``, ``count`` and, where dated, ``months``. ``name_matches`` false: the file has another
    name, and the row counts for nothing. ``member`` is null for a post that sees no members."""

    kind = serializers.ChoiceField(choices=CODES, source="row.code", read_only=True)
    department = serializers.CharField(source="upload.department", read_only=True)
    member = serializers.SerializerMethodField()

    class Meta:
        model = FeedRow
        fields = [
            *("id", "kind", "department", "upload", "household", "member", "begins", "on"),
            *("name_matches", "values"),
        ]
        read_only_fields = fields

    def get_member(self, row) -> int | None:
        seen = self.context["request"].post.sees_section("members")
        return row.member_id if seen else None


class FeedRowFilter(filters.FilterSet):
    household = filters.NumberFilter(field_name="member__household_id", required=True)
    kind = filters.ChoiceFilter(choices=CODES, method="of_kind")
    on = filters.DateFromToRangeFilter()

    class Meta:
        model = FeedRow
        fields = []

    def of_kind(self, rows, _name, code):
        return rows.of(code)


class FeedRowViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
    """What departments reported of the members of one household, newest first; a department sees
    what it reported itself."""

    queryset = FeedRow.objects.none()
    permission_classes = [SeesHouseholds]
    serializer_class = FeedRowSerializer
    filterset_class = FeedRowFilter

    def get_queryset(self):
        rows = FeedRow.objects.visible_to(getattr(self.request, "post", None))
        return rows.select_related("upload").order_by("-on", "-id")


ROUTES = [("feeds", FeedViewSet), ("feed-rows", FeedRowViewSet)]
