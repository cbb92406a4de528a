"""Every address as every role: statuses as declared, nothing foreign, nothing plain."""

import io
import logging
import re
import zipfile

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from tests.cast import Cast
from tests.walk import ROOMS, WALK, WITHOUT_WALK
from tests.walk_scene import Scene

MISSING = 987654321
ROLES = ("anonymous", *Cast.ROLES)


def addresses(patterns=None, prefix=""):
    """Name (or route) of every address, by the resolver itself."""
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield pattern.name or route
        elif route not in WITHOUT_WALK:
            yield from addresses(pattern.url_patterns, route)


def test_every_address_is_declared():
    declared = {step.name for step in WALK} | set(WITHOUT_WALK)
    known = set(addresses())
    assert known - declared == set(), "declare these in tests/walk/"
    assert declared - known - set(WITHOUT_WALK) == set(), "these are gone"


def test_every_declared_role_is_one_of_the_cast():
    for step in WALK:
        named = f"{step.opens} {step.refused}".split()
        assert set(named) <= set(Cast.ROLES), step.name
        assert not set(step.opens.split()) & set(step.refused.split()), step.name


class Walker:
    """Asks as each role; whatever a step writes is taken back."""

    def __init__(self, cast):
        self.scene = Scene(cast)
        self.client = Client()  # one for all: each new one looks through the static files
        self.cookies = {"anonymous": ""}
        for role in Cast.ROLES:
            client = Client()
            client.force_login(getattr(cast, role).officer)
            self.cookies[role] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def address(self, step, args=None):
        if args is None:
            args = step.args(self.scene) if step.args else []
        try:
            url = reverse(step.name, args=args)
        except NoReverseMatch:
            url = f"/{step.name}"
        return f"{url}?{step.params}" if step.params else url

    def ask(self, step, role, args=None):
        """Status and body; a page that falls over is a 500 with what it said."""
        client, url = self.client, self.address(step, args)
        client.cookies.clear()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[role]
        try:
            with transaction.atomic():
                if step.method == "POST":
                    answer = client.post(url, step.data(self.scene))
                else:
                    answer = client.generic(step.method, url)
                body = body_of(answer)
                transaction.set_rollback(True)
        except Exception as error:
            return 500, f"{type(error).__name__}: {error}"
        return answer.status_code, body


def body_of(answer):
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if raw.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(raw))
        raw = b"".join(book.read(name) for name in book.namelist())
    return raw.decode("utf-8", "replace")


def without_chance(body, url):
    """The body without what differs by chance: form tokens, and the address that was asked for."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken":"\w+"', "", body)
    return body.replace(url, "ADDRESS")


@pytest.fixture
def walker(cast, settings, tmp_path):
    """Thousands of refusals are asked for; their warnings would be kept with a traceback each."""
    settings.MEDIA_ROOT = tmp_path
    logging.disable(logging.WARNING)
    yield Walker(cast)
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("room", ROOMS)
def test_every_role_gets_what_is_declared(walker, room):
    faults = []
    for step in ROOMS[room]:
        for role in ROLES:
            status, body = walker.ask(step, role)
            where = f"{step.method} {step.name} {step.params} as {role}"
            if status != step.expected(role):
                said = body if status == 500 else ""
                faults.append(f"{where}: {status}, declared {step.expected(role)} {said}")
            if role not in walker.scene.SEEN_BY:
                faults += [f"{where}: shows {name}" for name in Scene.NAMES if name in body]
            if not step.plain:
                faults += [f"{where}: plain {value}" for value in Scene.PLAIN if value in body]
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_foreign_looks_like_what_is_not_there(walker, room):
    faults = []
    for step in ROOMS[room]:
        if step.args is None:
            continue
        args = step.args(walker.scene)
        missing = [MISSING if isinstance(arg, int) else arg for arg in args]
        if missing == args:
            continue
        for role in ("stranger", "next_village", "administrator"):
            if step.expected(role) == step.gives:
                continue
            foreign = walker.ask(step, role)
            nothing = walker.ask(step, role, missing)
            urls = walker.address(step), walker.address(step, missing)
            if (foreign[0], without_chance(foreign[1], urls[0])) != (
                nothing[0],
                without_chance(nothing[1], urls[1]),
            ):
                faults.append(f"{step.method} {step.name} as {role}: {foreign[0]}, {nothing[0]}")
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize(("staff", "status"), [(True, 200), (False, 302)])
def test_the_administration_is_for_staff_alone(cast, client, staff, status):
    officer = cast.administrator.officer if staff else cast.province.officer
    officer.is_staff = officer.is_superuser = staff
    officer.save()
    client.force_login(officer)
    assert client.get("/admin/").status_code == status
