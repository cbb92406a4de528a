"""Our Celery application with the kinds of these tests: ``celery -A tests.jobs.app``."""

import django

from povertywatch.celery import app

__all__ = ["app"]

django.setup()
import tests.jobs.kinds  # noqa: E402, F401
