"""Assets, projects and the collectives' books over the API: the same acts, the same sentences.

400: ``errors`` by field; 404: not there for this post; 409: somebody was first; 422: refused.
"""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from accounts.api_entry import ActsInPost
from accounts.models import Division
from accounts.models.divisions import Level
from assistance.funds.api import answered, yuan
from assistance.models import (
    INCOME_CHOICES,
    USE_CHOICES,
    Asset,
    AssetKind,
    CollectiveEntry,
    Grounds,
    Keeper,
    Nature,
    Owner,
    Priority,
    Problem,
    Project,
    ProjectHousehold,
    ProjectKind,
    Rent,
    Use,
)
from assistance.projects import collective as books
from assistance.projects import store, upkeep
from assistance.projects.assets import register_asset
from assistance.projects.checks import reads, reads_assets, reads_projects, registers
from assistance.projects.helping import name_households
from assistance.spending import Source
from households.models import Household

BUILT_FROM = [choice for choice in Source.choices if choice[0] != Source.RELIEF]


class ReadsPlaces(ActsInPost):
    """``may``: who reads what the view shows."""

    may = staticmethod(reads)

    def has_permission(self, request, view):
        return super().has_permission(request, view) and self.may(request.post)


class ReadsAssets(ReadsPlaces):
    may = staticmethod(reads_assets)


class ReadsProjects(ReadsPlaces):
    may = staticmethod(reads_projects)


def need(post, ability):
    if not post.may(ability):
        raise PermissionDenied


class MoneySerializer(serializers.Serializer):
    source = serializers.ChoiceField(choices=BUILT_FROM)
    amount = yuan(14)


class WithMoney(serializers.Serializer):
    money = MoneySerializer(many=True)

    def validate_money(self, rows):
        if len({row["source"] for row in rows}) < len(rows):
            raise serializers.ValidationError(_("Each source of money comes once."))
        return rows


class AssetSerializer(serializers.ModelSerializer):
    division = serializers.CharField(source="at.code")
    money = MoneySerializer(many=True)

    class Meta:
        model = Asset
        fields = [
            *("id", "client_id", "number", "name", "kind", "nature", "division", "place"),
            *("built_year", "value", "money", "owner", "owner_name", "keeper", "keeper_name"),
            *("supervisor", "upkeep", "upkeep_source", "use", "state", "project"),
            *("inspected_on", "version"),
        ]
        read_only_fields = fields


class AssetActSerializer(serializers.Serializer):
    what = serializers.CharField()
    on = serializers.DateField()
    words = serializers.CharField()
    paper = serializers.CharField()
    amount = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    source = serializers.CharField()
    by = serializers.CharField(source="by.signature", default=None, allow_null=True)
    at = serializers.DateTimeField()


class AssetSent(WithMoney):
    """A new asset. ``client_id`` is made by the sender: sent twice, stored once."""

    client_id = serializers.UUIDField()
    division = serializers.CharField(max_length=12)
    name = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=AssetKind.choices)
    nature = serializers.ChoiceField(choices=Nature.choices)
    place = serializers.CharField(max_length=120)
    built_year = serializers.IntegerField()
    owner = serializers.ChoiceField(choices=Owner.choices)
    owner_name = serializers.CharField(max_length=80, required=False, allow_blank=True)
    keeper = serializers.ChoiceField(choices=Keeper.choices)
    keeper_name = serializers.CharField(max_length=80)
    supervisor = serializers.CharField(max_length=80)
    upkeep = serializers.DecimalField(max_digits=12, decimal_places=2, required=False)
    upkeep_source = serializers.ChoiceField(choices=Source.choices, required=False)
    use = serializers.ChoiceField(choices=Use.choices)
    project = serializers.IntegerField(min_value=1, required=False)


class InspectionSent(serializers.Serializer):
    client_id = serializers.UUIDField()
    on = serializers.DateField()
    found = serializers.ChoiceField(choices=Use.choices)
    words = serializers.CharField(max_length=400)


def found_or_404(rows, pk):
    if row := rows.filter(pk=pk).first():
        return row
    raise Http404


def place_of(post, code):
    if found := Division.objects.below(post.division).filter(code=code).first():
        return found
    raise Http404


def read(kind, request):
    """``(facts, answer)``: one of them."""
    sent = kind(data=request.data)
    if sent.is_valid():
        return dict(sent.validated_data), None
    return None, Response({"errors": sent.errors}, status=400)


def amounts(rows):
    return {row["source"]: row["amount"] for row in rows}


class AssetViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Assets of the places that the post reads."""

    queryset = Asset.objects.none()
    permission_classes = [ReadsAssets]
    serializer_class = AssetSerializer
    filterset_fields = ["kind", "nature", "owner", "use", "state"]

    def get_queryset(self):
        rows = Asset.objects.visible_to(getattr(self.request, "post", None))
        return rows.select_related("at").prefetch_related("money")

    @extend_schema(request=AssetSent)
    def create(self, request):
        post = request.post
        need(post, "keep_assets")
        if not registers(post):
            raise PermissionDenied
        facts, answer = read(AssetSent, request)
        if answer:
            return answer
        facts["at_division"] = place_of(post, facts.pop("division"))
        facts["money"] = amounts(facts["money"])
        if pk := facts.pop("project", None):
            facts["project"] = found_or_404(Project.objects.visible_to(post), pk)

        def act():
            made, new = register_asset(**facts, by=post, at=timezone.now())
            return Response(self.get_serializer(made).data, status=201 if new else 200)

        return answered(act)

    @extend_schema(responses=AssetActSerializer(many=True))
    @action(detail=True, filterset_fields=None)
    def acts(self, request, pk=None):
        rows = self.get_object().acts.select_related("by__officer", "by__deputy_of__officer")
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(AssetActSerializer(page, many=True).data)

    @extend_schema(request=InspectionSent, responses=AssetActSerializer)
    @action(detail=True, methods=["post"])
    def inspections(self, request, pk=None):
        asset = self.get_object()
        need(request.post, "keep_assets")
        facts, answer = read(InspectionSent, request)
        if answer:
            return answer

        def act():
            made = upkeep.inspect(asset, **facts, by=request.post, at=timezone.now())
            return Response(AssetActSerializer(made).data, status=201)

        return answered(act)


class ProjectSerializer(serializers.ModelSerializer):
    division = serializers.CharField(source="at.code")
    money = MoneySerializer(many=True)

    class Meta:
        model = Project
        fields = [
            *("id", "client_id", "number", "name", "kind", "division", "year", "words", "benefit"),
            *("priority", "planned", "money", "state", "waiting_level", "stored_on"),
            *("started_on", "finished_on", "version"),
        ]
        read_only_fields = fields


class ProjectSent(WithMoney):
    client_id = serializers.UUIDField()
    division = serializers.CharField(max_length=12)
    name = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=ProjectKind.choices)
    year = serializers.IntegerField()
    words = serializers.CharField(max_length=400)
    benefit = serializers.CharField(max_length=200)
    priority = serializers.ChoiceField(choices=Priority.choices, required=False)


class HelpedSerializer(serializers.ModelSerializer):
    household = serializers.PrimaryKeyRelatedField(read_only=True)

    class Meta:
        model = ProjectHousehold
        fields = ["household", "exception", "exception_problem", "exception_words", "linked_at"]


class HelpedSent(serializers.Serializer):
    """The three of the exception come together (AH 4.1.2)."""

    households = serializers.ListField(
        child=serializers.IntegerField(min_value=1), allow_empty=False, max_length=2000
    )
    exception = serializers.ChoiceField(choices=Grounds.choices, required=False)
    exception_problem = serializers.ChoiceField(choices=Problem.choices, required=False)
    exception_words = serializers.CharField(max_length=200, required=False)


class ProjectViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Entries of the project store."""

    queryset = Project.objects.none()
    permission_classes = [ReadsProjects]
    serializer_class = ProjectSerializer
    filterset_fields = ["kind", "year", "priority", "state"]

    def get_queryset(self):
        rows = Project.objects.visible_to(getattr(self.request, "post", None))
        return rows.select_related("at").prefetch_related("money")

    @extend_schema(request=ProjectSent)
    def create(self, request):
        post = request.post
        need(post, "plan_projects")
        if post.division.level < Level.TOWNSHIP:
            raise PermissionDenied
        facts, answer = read(ProjectSent, request)
        if answer:
            return answer
        facts["at_division"] = place_of(post, facts.pop("division"))
        facts["money"] = amounts(facts["money"])

        def act():
            made, new = store.propose(**facts, by=post, at=timezone.now())
            return Response(self.get_serializer(made).data, status=201 if new else 200)

        return answered(act)

    @extend_schema(request=HelpedSent, responses=HelpedSerializer(many=True))
    @action(detail=True, methods=["get", "post"], filterset_fields=None)
    def households(self, request, pk=None):
        """GET: whom it helps. POST: names more; ``refused`` says why some are not named."""
        project = self.get_object()
        if request.method == "POST":
            return self._named(request, project)
        # A department reads the project, not who is named in it.
        post = request.post if reads(request.post) else None
        rows = ProjectHousehold.objects.visible_to(post).filter(project=project)
        page = self.paginate_queryset(rows.standing())
        return self.get_paginated_response(HelpedSerializer(page, many=True).data)

    def _named(self, request, project):
        need(request.post, "plan_projects")
        facts, answer = read(HelpedSent, request)
        if answer:
            return answer
        ids = set(facts.pop("households"))
        seen = Household.objects.visible_to(request.post).filter(pk__in=ids)
        homes = list(seen.select_related("village"))
        if len(homes) < len(ids):
            raise Http404

        def act():
            number, refused = name_households(
                project, households=homes, **facts, by=request.post, at=timezone.now()
            )
            said = [{"household": home.pk, "sentence": words} for home, words in refused]
            return Response({"named": number, "refused": said}, status=422 if refused else 200)

        return answered(act)


class VillageSerializer(serializers.ModelSerializer):
    balance = serializers.SerializerMethodField()

    class Meta:
        model = Division
        fields = ["id", "code", "name", "balance"]

    def get_balance(self, village) -> str:
        book = getattr(village, "collective", None)
        return f"{book.balance:.2f}" if book else "0.00"


class BookEntrySerializer(serializers.ModelSerializer):
    class Meta:
        model = CollectiveEntry
        fields = [
            *("id", "number", "way", "what", "amount", "balance_after", "on", "party", "words"),
            *("paper", "asset", "rent", "household", "reverses", "recorded_at"),
        ]


class IncomeSent(serializers.Serializer):
    """``rent``: what is due of a lease, by its id."""

    client_id = serializers.UUIDField()
    what = serializers.ChoiceField(choices=INCOME_CHOICES)
    amount = yuan()
    on = serializers.DateField()
    party = serializers.CharField(max_length=80)
    paper = serializers.CharField(max_length=60)
    words = serializers.CharField(max_length=200, required=False)
    rent = serializers.IntegerField(min_value=1, required=False)


class UseSent(serializers.Serializer):
    client_id = serializers.UUIDField()
    what = serializers.ChoiceField(choices=USE_CHOICES)
    amount = yuan()
    on = serializers.DateField()
    words = serializers.CharField(max_length=200)
    paper = serializers.CharField(max_length=60, required=False)
    household = serializers.IntegerField(min_value=1, required=False)


class CollectiveViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Villages with the balance of their collectives' books."""

    queryset = Division.objects.none()
    permission_classes = [ReadsPlaces]
    serializer_class = VillageSerializer
    filterset_class = None

    def get_queryset(self):
        post = getattr(self.request, "post", None)
        if post is None:
            return Division.objects.none()
        rows = Division.objects.below(post.division).filter(level=Level.VILLAGE)
        return rows.select_related("collective")

    @extend_schema(responses=BookEntrySerializer(many=True))
    @action(detail=True)
    def entries(self, request, pk=None):
        rows = CollectiveEntry.objects.visible_to(request.post)
        rows = rows.filter(collective__village=self.get_object())
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(BookEntrySerializer(page, many=True).data)

    @extend_schema(request=IncomeSent, responses=BookEntrySerializer)
    @action(detail=True, methods=["post"])
    def income(self, request, pk=None):
        village, facts, answer = self._sent(request, IncomeSent)
        if answer:
            return answer
        if pk := facts.pop("rent", None):
            rents = Rent.objects.visible_to(request.post).filter(lease__village=village)
            facts["rent"] = found_or_404(rents, pk)

        def act():
            entry, new = books.earn(village, **facts, by=request.post, at=timezone.now())
            return Response(BookEntrySerializer(entry).data, status=201 if new else 200)

        return answered(act)

    @extend_schema(request=UseSent, responses=BookEntrySerializer)
    @action(detail=True, methods=["post"])
    def uses(self, request, pk=None):
        village, facts, answer = self._sent(request, UseSent)
        if answer:
            return answer
        if pk := facts.pop("household", None):
            facts["household"] = found_or_404(Household.objects.visible_to(request.post), pk)

        def act():
            entry = books.use(village, **facts, by=request.post, at=timezone.now())
            return Response(BookEntrySerializer(entry).data, status=201)

        return answered(act)

    def _sent(self, request, kind):
        village = self.get_object()
        need(request.post, "keep_assets")
        return village, *read(kind, request)


ROUTES = [
    ("assets", AssetViewSet),
    ("projects", ProjectViewSet),
    ("collectives", CollectiveViewSet),
]
