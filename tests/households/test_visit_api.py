"""A phone sends its visits over the API: once each, and told apart what went wrong."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.utils import timezone
from PIL import Image

from households.models import Photo, Visit
from households.register import record_household
from tests.cast import NOW

TODAY = timezone.localdate()


@pytest.fixture
def family(cast):
    household = cast.family()
    cast.member(
        household,
        name="汪小雨",
        born_on=date(TODAY.year - 10, 3, 1),
        school="primary",
        education="",
    )
    return household


@pytest.fixture
def phone(client, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(cast.village.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client, household, client_id=None, **answers):
    body = {
        "client_id": str(client_id or uuid4()),
        "household": household.pk,
        "made_at": timezone.now().isoformat(),
        "answers": {"method": "in_person", **answers},
    }
    return client.post("/api/visits/", body, content_type="application/json")


def test_stored_with_201_and_again_with_200_and_the_same_answer(phone, family):
    key = uuid4()
    child = family.members.get(name="汪小雨")
    first = send(phone, family, key, **{f"school_{child.id}": "left"})
    again = send(phone, family, key, **{f"school_{child.id}": "left"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    child.refresh_from_db()
    assert child.school == "none"
    assert Visit.objects.count() == 1


def test_what_does_not_fit_together_comes_back_by_field(phone, family):
    answer = send(phone, family, medical="insecure")
    assert answer.status_code == 400
    assert "medical" in answer.json()["errors"]
    assert not Visit.objects.exists()


def test_a_household_that_moved_needs_a_decision(phone, family, cast):
    village = cast.next_village.division
    moved = {"on": date(2020, 6, 20), "origin": "correction", "by": None, "at": NOW}
    record_household(family, village=village, **moved)
    answer = send(phone, family)
    assert answer.status_code == 409
    assert answer.json()["detail"]


def test_another_villages_household_does_not_exist(phone, cast):
    assert send(phone, cast.family(code="341524105201")).status_code == 404


def test_who_records_no_visits_is_refused(client, cast, family):
    county = cast.county.officer
    client.force_login(county, backend="django.contrib.auth.backends.ModelBackend")
    assert send(client, family).status_code == 403


def picture(kind="JPEG", size=(2400, 1200)):
    image, exif = Image.new("RGB", size, "gray"), Image.Exif()
    exif[0x8769] = {0x9003: "2020:06:20 09:30:00"}
    exif[0x8825] = {1: "N", 2: (31.0, 40.0, 0.0)}
    written = BytesIO()
    image.save(written, kind, exif=exif)
    return written.getvalue()


def put(client, visit, photo_id, body):
    return client.put(f"/api/visits/{visit}/photos/{photo_id}/", body, content_type="image/jpeg")


def test_a_photo_is_stored_once_small_and_without_its_place(phone, family):
    key, photo_id = uuid4(), uuid4()
    send(phone, family, key)
    assert [put(phone, key, photo_id, picture()).status_code for _ in "12"] == [201, 200]
    photo = Photo.objects.get()
    with Image.open(photo.image) as image:
        assert (image.format, image.size) == ("JPEG", (1600, 800))
        assert not image.getexif()
    assert timezone.localtime(photo.taken_at).isoformat() == "2020-06-20T09:30:00+08:00"


@pytest.mark.parametrize("body", [b"<svg/>", b"GIF89a", b"\xff\xd8\xff\xe0 not a photo", b""])
def test_what_is_no_photo_is_refused(phone, family, body):
    send(phone, family, key := uuid4())
    assert put(phone, key, uuid4(), body).status_code == 400
    assert not Photo.objects.exists()


def test_a_photo_is_seen_by_whoever_sees_the_household(phone, client, cast, family):
    send(phone, family, key := uuid4())
    put(phone, key, uuid4(), picture())
    address = f"/visits/photos/{Photo.objects.get().pk}/"
    seen = {}
    for name in ("village", "county", "auditor", "next_village", "stranger", "education"):
        officer = getattr(cast, name).officer
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(address)
        seen[name] = answer.status_code
        if answer.status_code == 200:
            assert "no-store" in answer["Cache-Control"]
    assert seen == {
        "village": 200,
        "county": 200,
        "auditor": 200,
        "next_village": 404,
        "stranger": 404,
        "education": 404,
    }
