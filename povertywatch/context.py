"""What every page of the frame needs: the post, the menu with its counts, demo mode."""

from django.conf import settings

from povertywatch.menu import menu_for


def frame(request):
    post = getattr(request, "post", None)
    return {"post": post, "demo": settings.DEMO, "menu": menu_for(request) if post else []}
