"""Records of a case over the API: notice, objections, democratic review, departments' answers.

A record has no version: whoever holds the desk records. The same objection or meeting sent again is
the same one, so that a machine may repeat what was not answered.
"""

import django_filters as filters
from django.http import Http404
from rest_framework import viewsets
from rest_framework.decorators import action

from accounts.api_entry import SeesHouseholds
from monitoring.api import case_acts as acts
from monitoring.api.case_rows import CaseFile, EnquiryRow
from monitoring.cases import records as records
from monitoring.models import Enquiry, State


def _one(rows, pk):
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


class RecordsOfCase:
    """Gives the viewset of cases their records. ``get_case`` and ``told`` are the viewset's."""

    def _record(self, request, form, act):
        case = self.get_case()

        def recorded(said, **who):
            act(case, said, who)

        return acts.done(request, case.pk, form, recorded, lambda: self.told(case.pk))

    @acts.sends(acts.NoticeUp, CaseFile)
    @action(detail=True, methods=["post"])
    def notice(self, request, pk=None):
        """A public notice was put up."""
        return self._record(
            request,
            acts.NoticeUp,
            lambda case, said, who: records.put_up_notice(case, **said, **who),
        )

    @acts.sends(acts.NoticeDown, CaseFile)
    @action(detail=True, methods=["post"], url_path="notice-down", url_name="notice-down")
    def notice_down(self, request, pk=None):
        """The notice was taken down."""

        def act(case, said, who):
            notice = _one(case.notices.select_related("case"), said["notice"])
            records.take_down_notice(notice, down_on=said["down_on"], **who)

        return self._record(request, acts.NoticeDown, act)

    @acts.sends(acts.ObjectionRaised, CaseFile)
    @action(detail=True, methods=["post"])
    def objection(self, request, pk=None):
        """Somebody objected while the notice hung."""

        def act(case, said, who):
            notice = _one(case.notices.select_related("case"), said.pop("notice"))
            if not notice.objections.filter(**said).exists():
                records.raise_objection(notice, **said, **who)

        return self._record(request, acts.ObjectionRaised, act)

    @acts.sends(acts.ObjectionAnswered, CaseFile)
    @action(detail=True, methods=["post"], url_path="objection-answer", url_name="objection-answer")
    def objection_answer(self, request, pk=None):
        """What was found and answered to an objection."""

        def act(case, said, who):
            objection = _one(case.objections.select_related("case"), said.pop("objection"))
            records.answer_objection(objection, **said, **who)

        return self._record(request, acts.ObjectionAnswered, act)

    @acts.sends(acts.MeetingHeld, CaseFile)
    @action(detail=True, methods=["post"])
    def meeting(self, request, pk=None):
        """A democratic review was held."""

        def act(case, said, who):
            if not case.meetings.filter(step=case.step, **said).exists():
                records.hold_democratic_review(case, **said, **who)

        return self._record(request, acts.MeetingHeld, act)

    @acts.sends(acts.DepartmentAsked, CaseFile)
    @action(detail=True, methods=["post"])
    def enquiry(self, request, pk=None):
        """A department of the county is asked."""
        return self._record(
            request,
            acts.DepartmentAsked,
            lambda case, said, who: records.ask_department(case, **said, **who),
        )


class EnquiryFilter(filters.FilterSet):
    case = filters.NumberFilter(field_name="case_id")
    open = filters.BooleanFilter(method="still_open")
    due_on = filters.DateFromToRangeFilter()

    class Meta:
        model = Enquiry
        fields = ["department"]

    def still_open(self, rows, name, value):
        waiting = rows.open().filter(case__state=State.OPEN)
        return waiting if value else rows.exclude(pk__in=waiting)


class EnquiryViewSet(viewsets.ReadOnlyModelViewSet):
    """What departments are asked: a department its own, the others those of their cases."""

    queryset = Enquiry.objects.none()
    permission_classes = [SeesHouseholds]
    serializer_class = EnquiryRow
    filterset_class = EnquiryFilter

    def get_queryset(self):
        rows = Enquiry.objects.visible_to(getattr(self.request, "post", None))
        return rows.select_related("case")

    def _act(self, request, form, act):
        enquiry = self.get_object()

        def acted(said, **who):
            act(enquiry, **said, **who)

        answer = lambda: EnquiryRow(self.get_queryset().get(pk=enquiry.pk)).data  # noqa: E731
        return acts.done(request, enquiry.case_id, form, acted, answer)

    @acts.sends(acts.EnquiryAnswered, EnquiryRow)
    @action(detail=True, methods=["post"])
    def answer(self, request, pk=None):
        """The department's answer; the last one passes a step that waits for departments."""
        return self._act(request, acts.EnquiryAnswered, records.answer_enquiry)

    @acts.sends(acts.EnquiryWithdrawn, EnquiryRow)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk=None):
        """The county no longer needs the answer."""
        return self._act(request, acts.EnquiryWithdrawn, records.withdraw_enquiry)
