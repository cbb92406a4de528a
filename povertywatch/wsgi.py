import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertywatch.settings")
application = get_wsgi_application()


def warm_up():
    """What the first page would load, views and templates: half a second for whoever asks first."""
    from django.template.loader import get_template
    from django.urls import reverse

    reverse("today")
    get_template("base.html")


warm_up()
