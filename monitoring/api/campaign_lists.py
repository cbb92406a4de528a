"""Opening, ending and adding to a campaign over the API: what is sent, and the pages' acts."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied

from accounts.api_entry import ActsInPost
from accounts.places import chosen
from accounts.refusals import Refused
from feeds.kinds import CODES
from feeds.models import FeedTrouble
from monitoring.campaigns import opening, persons
from monitoring.campaigns.forms import MANY
from monitoring.campaigns.groups import GROUPS
from monitoring.campaigns.kinds import KINDS
from monitoring.tasks import ask_for_campaign


class TakesPart(ActsInPost):
    """Departments and keepers of accounts have no part in campaigns."""

    def has_permission(self, request, view):
        found = super().has_permission(request, view)
        return found and request.post.role_row.sees in ("division", "assigned")


class CampaignOpened(serializers.Serializer):
    """``since``: the day from which visits count; ``groups``: the key groups of a screening."""

    kind = serializers.ChoiceField(choices=[(code, code) for code in KINDS])
    since = serializers.DateField()
    until = serializers.DateField()
    groups = serializers.MultipleChoiceField(choices=[(code, code) for code in GROUPS], default=())


class Asked(serializers.Serializer):
    """``job``: the number of the task that writes the list."""

    job = serializers.IntegerField(source="id")
    state = serializers.CharField()


class CampaignEnded(serializers.Serializer):
    because = serializers.CharField(max_length=500)


class HouseholdsAdded(serializers.Serializer):
    """``words``: which group they are. Who is on the list already stays as it is."""

    words = serializers.CharField(max_length=60)
    numbers = serializers.ListField(
        child=serializers.CharField(max_length=40), min_length=1, max_length=MANY
    )


class PersonAdded(serializers.Serializer):
    """``village``: code of the village where the person lives; ``told_by``: who named them."""

    village = serializers.CharField(max_length=12)
    name = serializers.CharField(max_length=40)
    resident_id = serializers.CharField(max_length=22, allow_blank=True, default="")
    told_by = serializers.CharField(max_length=60, allow_blank=True, default="")


class CandidateAdded(serializers.Serializer):
    """``candidate``: its ``id`` among the campaign's candidates."""

    candidate = serializers.IntegerField(min_value=1)
    village = serializers.CharField(max_length=12)


class CandidateRow(serializers.ModelSerializer):
    resident_id = serializers.CharField(source="masked")
    kind = serializers.ChoiceField(choices=CODES, source="upload.row.code")
    department = serializers.CharField(source="upload.department")
    as_of = serializers.DateField(source="upload.as_of")

    class Meta:
        model = FeedTrouble
        fields = ["id", "resident_id", "kind", "department", "as_of"]
        read_only_fields = fields


def ask_to_open(*, kind, since, until, groups, by):
    """The job that opens it; raises ``Refused`` for what the act would refuse."""
    now = timezone.now()
    groups = [code for code in GROUPS if code in groups]
    opening.check_opening(kind, since, until, groups, by, now)
    return ask_for_campaign(kind=kind, since=since, until=until, groups=groups, by=by, at=now)


def add_person(campaign, *, village, by, at, **said):
    """Somebody of a department's data whose household is not in the register."""
    return persons.add_person(campaign, village=chosen(by, village), **said, by=by, at=at)


def add_candidate(campaign, *, candidate, village, by, at):
    """As a person, of a row that a department brought; name and number are taken from it."""
    if not opening.may_add(campaign, by):
        raise Refused(_("Persons are added by the county, to an open screening."))
    row = get_object_or_404(_candidates(by), pk=candidate)
    return persons.add_candidate(campaign, row, village=chosen(by, village), by=by, at=at)


def candidates_for(campaign, post):
    if not opening.may_add(campaign, post):
        raise PermissionDenied
    return _candidates(post).order_by("-upload_id", "id")


def _candidates(post):
    return persons.candidates(post, timezone.localdate()).select_related("upload")
