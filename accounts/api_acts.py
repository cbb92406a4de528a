"""Acts over the API as a table: what is sent, which function does it, how a refusal is answered.

``@performs(sign=Act(...))`` on a viewset gives each row an address of its own. 400: ``errors`` by
field, what was sent is not whole; 403: not for this post; 404: not there for this post; 409:
somebody was first, with ``version`` now; 422: refused, the sentence as ``detail``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from accounts.refusals import Refused, TakenFirst


class Seen(serializers.Serializer):
    """``version`` is that of the thing as the sender saw it."""

    version = serializers.IntegerField(min_value=1)


class Told(serializers.Serializer):
    detail = serializers.CharField()


class ToldFirst(Told):
    version = serializers.CharField(help_text="what stands now; look at it again")


@dataclass(frozen=True)
class Act:
    """``does(subject, seen_…=…, by=…, at=…)`` with the fields of ``sent``; ``ability`` is needed
    for it, ``path`` where the address has another name."""

    sent: type
    does: Callable
    ability: str = ""
    path: str = ""


def performs(**table):
    def with_acts(viewset):
        for name, row in table.items():
            setattr(viewset, name, _action(viewset, name, row))
        return viewset

    return with_acts


def _action(viewset, name, row):
    def act(self, request, pk=None):
        return self.perform(request, row)

    act.__name__ = name
    act.__doc__ = row.does.__doc__
    answers = {200: viewset.serializer_class, 409: ToldFirst, 422: Told}
    path = row.path or name.replace("_", "-")
    kept = {"filterset_class": None, "url_path": path, "url_name": path}
    made = action(detail=True, methods=["post"], **kept)(act)
    return extend_schema(request=row.sent, responses=answers)(made)


class Performs:
    """Of a viewset with ``@performs``. ``seen`` names what tells one state from the next; blank
    where an act depends on no state that the sender saw."""

    seen = "version"
    filterset_class = None

    def perform(self, request, row):
        subject = self.get_object()
        if row.ability and not request.post.may(row.ability):
            raise PermissionDenied
        sent = row.sent(data=request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)
        said = dict(sent.validated_data)
        if self.seen:
            said[f"seen_{self.seen}"] = said.pop(self.seen)
        try:
            row.does(subject, **said, by=request.post, at=timezone.now())
        except Refused as refusal:
            return self.refused(refusal, subject)
        return Response(self.told(subject.pk))

    def told(self, pk):
        """The thing as it is now, for the answer."""
        return self.get_serializer(self.get_queryset().get(pk=pk)).data

    def refused(self, refusal, subject=None):
        if not isinstance(refusal, TakenFirst):
            return Response({"detail": str(refusal)}, status=422)
        model = type(subject)
        now = model._base_manager.values_list(self.seen, flat=True).get(pk=subject.pk)
        return Response({"detail": str(refusal), self.seen: now}, status=409)
