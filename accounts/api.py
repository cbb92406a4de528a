"""Divisions over the API, and what the schema says of tokens."""

import django_filters as filters
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import serializers, viewsets

from accounts.models import Division


class PostTokenScheme(OpenApiAuthenticationExtension):
    """How the schema names our tokens."""

    target_class = "accounts.tokens.PostTokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer"}


class DivisionSerializer(serializers.ModelSerializer):
    parent = serializers.SlugRelatedField(slug_field="code", read_only=True)
    successor = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Division
        fields = ["code", "name", "level", "parent", "valid_from", "valid_to", "successor"]


class DivisionFilter(filters.FilterSet):
    parent = filters.CharFilter(field_name="parent__code")
    name = filters.CharFilter(lookup_expr="startswith")

    class Meta:
        model = Division
        fields = ["level"]


class DivisionViewSet(viewsets.ReadOnlyModelViewSet):
    """The divisions of the post: the line above it, and all within it."""

    queryset = Division.objects.none()
    serializer_class = DivisionSerializer
    filterset_class = DivisionFilter
    lookup_field = "code"
    lookup_value_regex = r"\d{12}"

    def get_queryset(self):
        rows = Division.objects.visible_to(getattr(self.request, "post", None))
        return rows.select_related("parent", "successor")


ROUTES = [("divisions", DivisionViewSet)]
