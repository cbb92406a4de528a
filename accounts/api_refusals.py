"""What a refusal of the API looks like, in the language of whoever asks."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.views import exception_handler


def refusal(error, context):
    """What is foreign and what does not exist give the same words, whatever the model is called."""
    if isinstance(error, Http404):
        error = exceptions.NotFound(_nothing())
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    return exception_handler(error, context)


def _nothing():
    return _("This does not exist, or it lies outside the division of your post.")


def nothing(request, path=""):
    """An address of the API that does not exist."""
    written = {"separators": (",", ":"), "ensure_ascii": False}
    return JsonResponse({"detail": _nothing()}, status=404, json_dumps_params=written)
