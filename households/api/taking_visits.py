"""A phone sends its visits: each once, however often it is sent; photos follow by their own id.

201: stored now; 200: stored before, the same answer; 400: ``errors`` by field; 403: no right;
404: no such household for this post; 409: needs somebody's decision, ``detail`` says why.
"""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import BaseParser
from rest_framework.response import Response

from households.models import Household
from households.photos import MOST_BYTES, checked_photo
from households.visit_form import VisitForm
from households.visiting import (
    HouseholdMoved,
    VisitRefusal,
    add_photo,
    household_to_visit,
    record_visit,
    stored_visit,
)

UUID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"


class VisitSent(serializers.Serializer):
    """``answers`` are the fields of the form by their names: ``method``, ``visited_on``, ``food``
    … and, with a member's id, ``school_12``, ``health_12``. What is left out says nothing."""

    client_id = serializers.UUIDField()
    household = serializers.IntegerField(min_value=1)
    made_at = serializers.DateTimeField(required=False)
    answers = serializers.DictField(child=serializers.JSONField())


class PhotoParser(BaseParser):
    media_type = "image/*"

    def parse(self, stream, media_type=None, parser_context=None):
        return ContentFile(stream.read(MOST_BYTES + 1), name="photo")


class TakesVisits:
    """Gives a viewset of visits its POST, and the photos theirs."""

    @extend_schema(request=VisitSent)
    def create(self, request):
        self._may_record(request)
        sent = VisitSent(data=request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)
        try:
            return self._take(request, **sent.validated_data)
        except HouseholdMoved as moved:
            return Response({"detail": str(moved)}, status=409)
        except VisitRefusal as refusal:
            return Response({"errors": {"__all__": [str(refusal)]}}, status=400)

    def _may_record(self, request):
        if not request.post.may("record_visit"):
            raise PermissionDenied

    def _take(self, request, *, household, client_id, answers, made_at=None):
        now = timezone.now()
        try:
            home = household_to_visit(household, by=request.post)
        except Household.DoesNotExist:
            raise Http404 from None
        if stored := stored_visit(home, client_id):
            return self._answer(stored, 200)
        told = {**answers, "client_id": client_id, "made_at": made_at or now}
        form = VisitForm(home, _as_posted(told), at=now)
        if not form.is_valid():
            return Response({"errors": form.errors}, status=400)
        visit, new = record_visit(home, **form.arguments(), by=request.post, at=now)
        return self._answer(visit, 201 if new else 200)

    def _answer(self, visit, status):
        shown = self.get_serializer(visit).data
        return Response({**shown, "page": reverse("visit", args=[visit.pk])}, status=status)

    @extend_schema(request={"image/*": OpenApiTypes.BINARY}, responses={201: None, 200: None})
    @action(
        detail=False,
        methods=["put"],
        parser_classes=[PhotoParser],
        url_path=rf"(?P<client_id>{UUID})/photos/(?P<photo_id>{UUID})",
    )
    def photos(self, request, client_id, photo_id):
        """One photo of a visit that was sent before."""
        self._may_record(request)
        visit = self.get_queryset().filter(client_id=client_id, post=request.post).first()
        if visit is None:
            raise Http404
        try:
            sent = request.data or ContentFile(b"")  # an empty body is not parsed
            image, taken_at = checked_photo(sent)
            told = {"by": request.post, "at": timezone.now(), "taken_at": taken_at}
            _photo, new = add_photo(visit, client_id=photo_id, image=image, **told)
        except ValidationError as refusal:
            return Response({"errors": {"photos": refusal.messages}}, status=400)
        except VisitRefusal as refusal:
            return Response({"errors": {"photos": [str(refusal)]}}, status=400)
        return Response(status=201 if new else 200)


def _as_posted(answers):
    """Values as a browser posts them: everything text, several of one name a list."""
    return MultiValueDict(
        {
            name: [str(said) for said in value] if isinstance(value, list) else [_text(value)]
            for name, value in answers.items()
        }
    )


def _text(value):
    if value is None or value is False:
        return ""
    return "on" if value is True else str(value)
