"""What the pages of claims share: who may see them, and one claim as the post sees it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from assistance.models import InsuranceClaim, InsurancePolicy

PARTS = ("policy__division", "household__village", "household__township", "household__county")


def need_insurance(post):
    if not post.sees_section(InsuranceClaim.section):
        raise PermissionDenied


def visible_policy(request, pk):
    need_insurance(request.post)
    rows = InsurancePolicy.objects.visible_to(request.post).select_related("division__city")
    return get_object_or_404(rows, pk=pk)


def visible_claim(request, pk):
    need_insurance(request.post)
    rows = InsuranceClaim.objects.visible_to(request.post)
    return get_object_or_404(rows.select_related(*PARTS, "member", "checked_by__officer"), pk=pk)
