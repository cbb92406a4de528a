"""What is sent to the API for an act on a case, and how a refused act is answered.

400: ``errors`` by field, what was sent is not whole; 404: no such case for this post; 409: somebody
was first, with the case's ``version`` now; 422: refused, ``failures`` with sentence and clause. An
act sent twice with one ``version`` has one effect: the second is told 409 and what was done.
"""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from accounts.refusals import Refused
from accounts.roles import DEPARTMENTS
from monitoring.api.case_rows import First, NotDone
from monitoring.cases.casework import NotYet
from monitoring.cases.moving import TakenFirst
from monitoring.models import Case
from monitoring.procedures import PROCEDURES


class Proposal(serializers.Serializer):
    """What a case asks for; which of them, the procedure says."""

    tier = serializers.CharField(required=False)
    exited_class = serializers.CharField(required=False)
    national_number = serializers.CharField(required=False)


class Opened(serializers.Serializer):
    procedure = serializers.ChoiceField(
        choices=[(code, row.words) for code, row in PROCEDURES.items()]
    )
    household = serializers.IntegerField(min_value=1)
    proposal = Proposal(required=False)
    because = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class Sent(serializers.Serializer):
    """``version`` is that of the case as the sender saw it."""

    version = serializers.IntegerField(min_value=1)


class Reasoned(Sent):
    because = serializers.CharField(max_length=1000)


class Passed(Sent):
    because = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    proposal = Proposal(required=False)


class Returned(Reasoned):
    to_start = serializers.BooleanField(default=False)


class Changed(Sent):
    because = serializers.CharField(max_length=1000, allow_blank=True)
    proposal = Proposal()


class NoticeUp(serializers.Serializer):
    place = serializers.CharField(max_length=120)
    up_on = serializers.DateField()
    until = serializers.DateField()


class NoticeDown(serializers.Serializer):
    notice = serializers.IntegerField(min_value=1)
    down_on = serializers.DateField()


class ObjectionRaised(serializers.Serializer):
    notice = serializers.IntegerField(min_value=1)
    words = serializers.CharField(max_length=1000)
    raised_on = serializers.DateField()


class ObjectionAnswered(serializers.Serializer):
    objection = serializers.IntegerField(min_value=1)
    answer = serializers.CharField(max_length=1000)
    upheld = serializers.BooleanField()


class MeetingHeld(serializers.Serializer):
    held_on = serializers.DateField()
    place = serializers.CharField(max_length=120)
    chair = serializers.CharField(max_length=40)
    in_favour = serializers.IntegerField(min_value=0, max_value=10_000)
    against = serializers.IntegerField(min_value=0, max_value=10_000)
    abstained = serializers.IntegerField(min_value=0, max_value=10_000)


class DepartmentAsked(serializers.Serializer):
    department = serializers.ChoiceField(choices=list(DEPARTMENTS.items()))
    question = serializers.CharField(max_length=500)


class EnquiryAnswered(serializers.Serializer):
    answer = serializers.CharField(max_length=1000)
    speaks_against = serializers.BooleanField()


class EnquiryWithdrawn(serializers.Serializer):
    because = serializers.CharField(max_length=1000)


def sends(serializer, row, status=200):
    """The schema of an act: what is sent, and the four ways in which it is answered."""
    return extend_schema(request=serializer, responses={status: row, 409: First, 422: NotDone})


def done(request, case, form, act, answer, status=200):
    """Calls ``act(said, by=…, at=…)`` with what was sent; ``answer()`` is the body when done."""
    sent = form(data=request.data)
    if not sent.is_valid():
        return Response({"errors": sent.errors}, status=400)
    try:
        act(dict(sent.validated_data), by=request.post, at=timezone.now())
    except TakenFirst as first:
        version = Case.objects.values_list("version", flat=True).get(pk=case)
        return Response({"detail": str(first), "version": version}, status=409)
    except NotYet as not_yet:
        failures = [
            {"sentence": str(failure.sentence), "clause": failure.clause}
            for failure in not_yet.failures
        ]
        return Response({"detail": str(not_yet), "failures": failures}, status=422)
    except Refused as refused:
        return Response({"detail": str(refused), "failures": []}, status=422)
    return Response(answer(), status=status)
