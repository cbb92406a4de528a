"""The door of the API: who acts, in which post."""

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.permissions import BasePermission


class ActsInPost(BasePermission):
    """Whoever has an open post, by session or by token; nobody else, superusers included."""

    def has_permission(self, request, view):
        if not request.user or not request.user.is_authenticated:
            return False
        if request.user.must_change_password and request.auth is None:
            raise exceptions.PermissionDenied(_("Change your password first."))
        return getattr(request, "post", None) is not None


class SeesHouseholds(ActsInPost):
    """Posts that see households at all, and the section that the view says it shows."""

    def has_permission(self, request, view):
        if not super().has_permission(request, view):
            return False
        section = getattr(view, "section", "")
        if request.post.role_row.sees == "accounts":
            return False
        return not section or request.post.sees_section(section)
