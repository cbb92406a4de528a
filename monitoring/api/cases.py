"""Cases over the API: the same rows, acts and refusals as the pages."""

import django_filters as filters
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.api_entry import SeesHouseholds
from households.models import Household
from monitoring.api import case_acts as acts
from monitoring.api.case_records import EnquiryViewSet, RecordsOfCase
from monitoring.api.case_rows import ActRow, CaseFile, CaseRow, FindingRow
from monitoring.cases import casework
from monitoring.cases.conditions import findings_of
from monitoring.cases.known import Known
from monitoring.models import Case, CaseAct

DESKS = [("mine", "mine"), ("done", "done"), ("begun", "begun")]
RECORDS = ("notices__objections", "meetings", "enquiries__case", "papers")


class CaseFilter(filters.FilterSet):
    """``desk``: ``mine`` waits for the post; its officer moved ``done`` and opened ``begun``."""

    household = filters.NumberFilter(field_name="household_id")
    desk = filters.ChoiceFilter(choices=DESKS, method="on_desk")
    due_on = filters.DateFromToRangeFilter()
    overdue = filters.BooleanFilter(method="late")

    class Meta:
        model = Case
        fields = ["procedure", "state"]

    def on_desk(self, rows, name, value):
        post = self.request.post
        if value == "mine":
            return rows.open().waiting_for(post)
        return (
            rows.worked_on_by(post.officer_id)
            if value == "done"
            else rows.begun_by(post.officer_id)
        )

    def late(self, rows, name, value):
        late = rows.open().overdue(localdate())
        return late if value else rows.exclude(pk__in=late)


class CaseViewSet(
    RecordsOfCase,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet,
):
    """Cases of the households that the post sees. Departments see enquiries, never cases."""

    queryset = Case.objects.none()
    permission_classes = [SeesHouseholds]
    filterset_class = CaseFilter

    def get_serializer_class(self):
        return CaseRow if self.action == "list" else CaseFile

    def get_queryset(self):
        rows = Case.objects.visible_to(getattr(self.request, "post", None))
        rows = rows.select_related("waiting_at")
        return rows if self.action == "list" else rows.prefetch_related(*RECORDS)

    def told(self, pk):
        """The case as it is now, for the answer to an act."""
        return CaseFile(self.get_queryset().get(pk=pk)).data

    def get_case(self):
        rows = Case.objects.visible_to(self.request.post)
        rows = rows.select_related("household__village", "household__county", "waiting_at")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @acts.sends(acts.Opened, CaseFile, 201)
    def create(self, request):
        """Opens a case; the post must be at the desk of the procedure's first step."""
        made = []

        def act(said, **who):
            made.append(casework.open_case(**said | {"household": self._household(said)}, **who))

        return acts.done(request, None, acts.Opened, act, lambda: self.told(made[0].pk), status=201)

    def _household(self, said):
        rows = Household.objects.visible_to(self.request.post)
        found = rows.select_related("village", "county").filter(pk=said["household"]).first()
        if found is None:
            raise Http404
        return found

    @extend_schema(responses=ActRow(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def trail(self, request, pk=None):
        """Every act on the case: who, when, in which post, why, and what changed."""
        rows = CaseAct.objects.filter(case=self.get_case()).select_related(
            "case", "by__officer", "by__division", "by__deputy_of__officer"
        )
        return Response(ActRow(rows, many=True).data)

    @extend_schema(responses=FindingRow(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def findings(self, request, pk=None):
        """What the case's step asks for, what fails first, were the post to pass it today."""
        case = self.get_case()
        found = findings_of(case, request.post, Known([case], localdate())) if case.is_open else []
        context = {"code": case.household.county.code}
        return Response(FindingRow(found, many=True, context=context).data)

    def _move(self, request, form, act):
        case = self.get_case()

        def moved(said, **who):
            act(case, seen_version=said.pop("version"), **said, **who)

        return acts.done(request, case.pk, form, moved, lambda: self.told(case.pk))

    @acts.sends(acts.Passed, CaseFile)
    @action(detail=True, methods=["post"], url_path="pass", url_name="pass")
    def pass_on(self, request, pk=None):
        """Passes the case to its next step, or concludes it."""
        return self._move(request, acts.Passed, casework.pass_on)

    @acts.sends(acts.Returned, CaseFile)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def return_case(self, request, pk=None):
        """Back to the step before, or to the start."""
        return self._move(request, acts.Returned, casework.return_case)

    @acts.sends(acts.Reasoned, CaseFile)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk=None):
        """The submitter takes it back, before the first review."""
        return self._move(request, acts.Reasoned, casework.withdraw)

    @acts.sends(acts.Reasoned, CaseFile)
    @action(detail=True, methods=["post"])
    def refuse(self, request, pk=None):
        """Ends the case as not confirmed, where its step may."""
        return self._move(request, acts.Reasoned, casework.refuse)

    @acts.sends(acts.Reasoned, CaseFile)
    @action(detail=True, methods=["post"], url_path="roll-back", url_name="roll-back")
    def roll_back(self, request, pk=None):
        """Undoes a concluded case that was wrong, by the level that decided it."""
        return self._move(request, acts.Reasoned, casework.roll_back)

    @acts.sends(acts.Changed, CaseFile)
    @action(detail=True, methods=["post"])
    def change(self, request, pk=None):
        """Changes the request at the first step."""
        return self._move(request, acts.Changed, casework.change_request)


ROUTES = [("cases", CaseViewSet), ("enquiries", EnquiryViewSet)]
