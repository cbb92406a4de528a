"""Campaigns and their lines over the API: what is asked and answered, the acts of each desk."""

import django_filters as filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from accounts.api_acts import Act, Performs, Seen, Told, performs
from accounts.refusals import Refused, TakenFirst
from monitoring.api import campaign_lists as lists
from monitoring.api.campaign_lists import TakesPart
from monitoring.campaigns import acts, opening
from monitoring.campaigns.kinds import KINDS
from monitoring.models import Campaign, CampaignLine


class AnswerRow(serializers.Serializer):
    code = serializers.CharField()
    words = serializers.CharField()
    needs_visit = serializers.BooleanField(source="visit")
    needs_reason = serializers.BooleanField(source="reason")


class CampaignRow(serializers.ModelSerializer):
    """``answers``: what the village may answer, with what each needs."""

    division = serializers.SlugRelatedField(slug_field="code", read_only=True)
    asks = serializers.SerializerMethodField()
    answers = serializers.SerializerMethodField()

    class Meta:
        model = Campaign
        fields = [
            *("id", "kind", "division", "since", "until", "groups", "opened_at"),
            *("ended_at", "because", "asks", "answers"),
        ]
        read_only_fields = fields

    @extend_schema_field(str)
    def get_asks(self, campaign):
        return str(KINDS[campaign.kind].asks)

    @extend_schema_field(AnswerRow(many=True))
    def get_answers(self, campaign):
        return AnswerRow(KINDS[campaign.kind].answers, many=True).data


class CampaignFilter(filters.FilterSet):
    open = filters.BooleanFilter(field_name="ended_at", lookup_expr="isnull")

    class Meta:
        model = Campaign
        fields = ["kind"]


@performs(
    end=Act(lists.CampaignEnded, opening.end_campaign),
    add=Act(lists.HouseholdsAdded, opening.add_households),
    add_person=Act(lists.PersonAdded, lists.add_person),
    add_candidate=Act(lists.CandidateAdded, lists.add_candidate),
)
class CampaignViewSet(
    Performs, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Campaigns in which the post takes part or that it oversees."""

    queryset = Campaign.objects.none()
    permission_classes = [TakesPart]
    serializer_class = CampaignRow
    filterset_class = CampaignFilter
    seen = ""

    def get_queryset(self):
        rows = Campaign.objects.visible_to(getattr(self.request, "post", None))
        return rows.select_related("division")

    @extend_schema(request=lists.CampaignOpened, responses={202: lists.Asked, 422: Told})
    def create(self, request):
        """Asks for a campaign in the post's own division. Its list is written in the background;
        then it stands among the open ones. Asked for twice meanwhile it is one."""
        if not opening.may_open(request.post):
            raise PermissionDenied
        sent = lists.CampaignOpened(data=request.data)
        if not sent.is_valid():
            return Response({"errors": sent.errors}, status=400)
        try:
            job = lists.ask_to_open(**sent.validated_data, by=request.post)
        except Refused as refusal:
            return self.refused(refusal)
        return Response(lists.Asked(job).data, status=202)

    @extend_schema(responses={200: lists.CandidateRow(many=True)})
    @action(detail=True, methods=["get"], filterset_class=None)
    def candidates(self, request, pk=None):
        """Whom departments list in key groups and the register does not know, for the county of an
        open screening; numbers masked, names only on the list of the village."""
        if request.post.role != "county":
            raise PermissionDenied
        rows = lists.candidates_for(self.get_object(), request.post)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(lists.CandidateRow(page, many=True).data)


class LineRow(serializers.ModelSerializer):
    """``version`` goes back with every act. A line is about a household, or about ``person``, whom
    a department named and nobody has found in the register. ``added_because``: the group of its own
    for which the county added the household."""

    village = serializers.SlugRelatedField(slug_field="code", read_only=True)
    person = serializers.CharField(source="person.name", default=None, read_only=True)

    class Meta:
        model = CampaignLine
        fields = [
            *("id", "campaign", "household", "person", "village", "groups", "added_because"),
            *("state", "version", "answer", "words", "visit", "returned", "returns"),
            *("answered_at", "looked_at", "confirmed_at", "case", "clue"),
        ]
        read_only_fields = fields


class LineAnswered(Seen):
    """``answer``: a code of the campaign's ``answers``."""

    answer = serializers.CharField(max_length=12)
    words = serializers.CharField(max_length=300, required=False, allow_blank=True)


class LineDecided(Seen):
    act = serializers.ChoiceField(choices=[("pass", "pass"), ("return", "return")])
    words = serializers.CharField(max_length=300, required=False, allow_blank=True)


def _of_one(act):
    """The act on many lines, for one; its refusal is raised."""

    def does(line, *, seen_version, by, at, **said):
        done = act(line.campaign, [acts.Chosen(line.pk, seen_version, **said)], by=by, at=at)
        for pk, sentence in done.refused.items():
            raise (TakenFirst if pk in done.late else Refused)(sentence)

    does.__doc__ = act.__doc__
    return does


class LineFilter(filters.FilterSet):
    village = filters.CharFilter(field_name="village__code")

    class Meta:
        model = CampaignLine
        fields = ["campaign", "household", "state", "answer"]


@performs(
    answer=Act(LineAnswered, _of_one(acts.answer_lines)),
    look=Act(LineDecided, _of_one(acts.look_through)),
    confirm=Act(LineDecided, _of_one(acts.confirm)),
)
class LineViewSet(
    Performs, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Lines of campaigns: one household, or one person without a household, in one campaign."""

    queryset = CampaignLine.objects.none()
    permission_classes = [TakesPart]
    serializer_class = LineRow
    filterset_class = LineFilter

    def get_queryset(self):
        rows = CampaignLine.objects.visible_to(getattr(self.request, "post", None))
        return rows.select_related("campaign", "village", "person").order_by("id")


ROUTES = [("campaigns", CampaignViewSet), ("campaign-lines", LineViewSet)]
