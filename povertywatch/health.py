"""For machines: is the process alive, can it reach what it needs, and may it be searched?"""

import redis
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpResponse


def alive(request):
    return HttpResponse("ok", content_type="text/plain")


def ready(request):
    missing = [name for name, works in (("database", database), ("queue", queue)) if not works()]
    answer = f"no {', no '.join(missing)}" if missing else "ok"
    return HttpResponse(answer, content_type="text/plain", status=503 if missing else 200)


def robots(request):
    """Nothing here is for search engines, should one ever get in."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


def database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except OperationalError:
        return False
    return True


def queue():
    try:
        return redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2).ping()
    except redis.RedisError:
        return False
