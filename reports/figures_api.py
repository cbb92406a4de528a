"""The figures for machines: what is counted, values by division and month, the rows behind.

Limited as the pages: a division and what lies below it; departments their own figures. Burdens are
told of one place at a time and have no rows (AH 6.3).
"""

from django.db.models import F
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.api_entry import ActsInPost
from accounts.models.divisions import Level
from accounts.places import chosen
from reports.figures import reading
from reports.figures.asking import Asked, month_of, seen
from reports.figures.listing import read
from reports.figures.rows import told
from reports.figures.table import figures_for

MOST = 24  # months at once


class FigureSerializer(serializers.Serializer):
    """``compared``: false for what is told of one place at a time only. ``department``: whose work
    it counts, blank for figures of divisions."""

    code = serializers.CharField()
    words = serializers.CharField()
    clause = serializers.CharField()
    unit = serializers.CharField()
    good = serializers.CharField()
    stock = serializers.BooleanField()
    compared = serializers.BooleanField()
    department = serializers.CharField()
    group = serializers.CharField()
    counts = serializers.CharField()


class ValueSerializer(serializers.Serializer):
    """``number``: what pages show: a count, a share of 1, a mean, yuan; null of nothing. ``of``:
    the denominator, where there is one."""

    division = serializers.CharField(source="place.code")
    division_name = serializers.CharField(source="place.name")
    month = serializers.DateField()
    figure = serializers.CharField(source="value.figure.code")
    n = serializers.IntegerField(source="value.n")
    of = serializers.IntegerField(source="value.of", allow_null=True)
    number = serializers.FloatField(source="value.number", allow_null=True)


class RowSerializer(serializers.Serializer):
    """``address``: the page of the row."""

    name = serializers.CharField()
    place = serializers.CharField()
    words = serializers.CharField()
    address = serializers.CharField()


class RowPageSerializer(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = RowSerializer(many=True)


class SeesFigures(ActsInPost):
    def has_permission(self, request, view):
        return super().has_permission(request, view) and request.post.role_row.sees in (
            "division",
            "line",
        )


def _text(name, words):
    return OpenApiParameter(name, str, description=words)


DIVISION = _text("division", "code of a division in your area; your own if left out")
MONTH = _text("month", "YYYY-MM; the latest reviewed month if left out")


class FigureViewSet(viewsets.ViewSet):
    """Figures of reviewed months."""

    permission_classes = [SeesFigures]
    lookup_field = "code"
    lookup_value_regex = "[a-z0-9_]+"

    @extend_schema(responses=FigureSerializer(many=True))
    def list(self, request):
        """What is counted."""
        return Response(FigureSerializer(figures_for(request.post), many=True).data)

    @extend_schema(responses=FigureSerializer)
    def retrieve(self, request, code):
        """What one figure counts."""
        return Response(FigureSerializer(_figure(request, code)).data)

    @extend_schema(
        parameters=[
            DIVISION,
            MONTH,
            _text("from", "YYYY-MM; the first of several months, at most 24"),
            OpenApiParameter("below", bool, description="of the divisions right below instead"),
        ],
        responses=ValueSerializer(many=True),
    )
    @action(detail=True)
    def values(self, request, code):
        """The figure by division and month."""
        figure, place = _figure(request, code), _place(request)
        months = _months(request, Asked(request.post, {}).months)
        below = request.query_params.get("below") in ("1", "true", "True")
        if below and not figure.compared:
            raise serializers.ValidationError({"below": "This figure is of one place at a time."})
        return Response(ValueSerializer(_values(figure, place, months, below), many=True).data)

    @extend_schema(
        parameters=[
            DIVISION,
            MONTH,
            _text("span", "quarter: of its quarter up to the month"),
            _text("cursor", "the page, as next and previous give it"),
            OpenApiParameter("page_size", int, description="at most 500"),
        ],
        responses=RowPageSerializer,
    )
    @action(detail=True)
    def rows(self, request, code):
        """The rows behind the figure, as far as you may see them."""
        figure = _figure(request, code)
        _place(request)
        asked = Asked(request.post, request.query_params)
        if request.query_params.get("month"):
            _months(request, asked.months)
        if not asked.may_list(figure):
            raise Http404
        pages = self.settings.DEFAULT_PAGINATION_CLASS()
        rows = asked.rows_of(figure).only("pk")
        if asked.place.level >= Level.COUNTY:  # not sought among the ids of the province
            rows, pages.ordering = rows.annotate(listed_at=F("id") + 0), "listed_at"
        page = pages.paginate_queryset(rows, request, view=self)
        lines = told(figure.source.model, read(figure.source.model, page))
        return pages.get_paginated_response(RowSerializer(lines, many=True).data)


def _figure(request, code):
    figure = seen(request.post, code)
    if figure is None:
        raise Http404
    return figure


def _place(request):
    code = request.query_params.get("division")
    place = chosen(request.post, code) if code else request.post.division
    if place is None:
        raise Http404
    return place


def _month(request, name):
    words = request.query_params.get(name)
    month = month_of(words) if words else None
    if words and month is None:
        raise serializers.ValidationError({name: "YYYY-MM"})
    return month


def _months(request, known):
    """The months asked for that have figures."""
    last = _month(request, "month") or next(iter(known), None)
    first = _month(request, "from") or last
    wanted = sorted(month for month in known if first <= month <= last)
    if len(wanted) > MOST:
        raise serializers.ValidationError({"from": f"{MOST} months at most"})
    if last and not wanted:
        raise Http404
    return wanted


def _values(figure, place, months, below):
    places = [place]
    if below:
        places = [one for one, _values in reading.below(place, months, [figure])]
    found = reading.kept([one.id for one in places], months, [figure])
    return [
        {"place": one, "month": row.month, "value": reading.value_of(figure, row.values)}
        for one in places
        for row in sorted(found.get(one.id, []), key=lambda row: row.month)
    ]


ROUTES = [("figures", FigureViewSet)]
