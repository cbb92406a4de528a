"""The pages of a visit: what it changed, what was known newer, the photos, the sheet on paper."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from households.findings import Findings
from households.models import Visit
from households.models.choices import School
from households.register import record_member
from households.visiting import record_visit
from tests.cast import NOW


@pytest.fixture
def family(cast):
    household = cast.family()
    cast.member(household, name="汪小雨", born_on=date(2010, 3, 1), school="primary", education="")
    return household


@pytest.fixture
def look(client, cast):
    def at(address, post=None):
        officer = (post or cast.village).officer
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(address)

    return at


def visit(household, cast, findings=None, **said):
    said = {"client_id": uuid4(), "visited_on": NOW.date(), "made_at": NOW, "at": NOW} | said
    said = {"method": "in_person"} | said
    return record_visit(household, findings=findings, by=cast.village, **said)[0]


def test_what_it_changed_is_shown_old_and_new(look, family, cast):
    child = family.members.get(name="汪小雨")
    stored = visit(family, cast, Findings(members={child: {"school": "none"}}))
    changes = look(f"/visits/{stored.pk}/").context["changes"]
    told = [(row["whose"], str(row["old"]), str(row["new"])) for row in changes]
    old, new = School.PRIMARY.label, School.NONE.label
    assert told == [("汪小雨", str(old), str(new))]


def test_a_later_change_does_not_become_this_visits(look, family, cast):
    child = family.members.get(name="汪小雨")
    stored = visit(family, cast, Findings(members={child: {"school": "none"}}))
    known = {"on": NOW.date(), "origin": "correction", "by": None, "at": NOW}
    record_member(child, school="junior", **known)
    changes = look(f"/visits/{stored.pk}/").context["changes"]
    assert len(changes) == 1


def test_what_the_register_knew_newer_is_said(look, family, cast):
    child = family.members.get(name="汪小雨")
    known = {"on": date(2020, 6, 22), "origin": "department", "by": None, "at": NOW}
    record_member(child, school="junior", **known)
    found = Findings(members={child: {"school": "none"}})
    stored = visit(family, cast, found, visited_on=date(2020, 6, 19))
    page = look(f"/visits/{stored.pk}/")
    assert [whose for whose, _fact in page.context["kept"]] == ["汪小雨"]
    assert not page.context["changes"]


def test_a_phone_clock_that_ran_ahead_is_shown(look, family, cast):
    stored = visit(family, cast, made_at=NOW + timedelta(minutes=95))
    assert look(f"/visits/{stored.pk}/").context["clock_ahead"] == 95
    punctual = visit(family, cast, made_at=NOW - timedelta(days=2))
    assert look(f"/visits/{punctual.pk}/").context["clock_ahead"] == 0


def test_visits_are_seen_from_above_and_not_from_beside(look, family, cast):
    stored = visit(family, cast)
    for address in (f"/visits/{stored.pk}/", f"/households/{family.pk}/visits/"):
        assert look(address, cast.county).status_code == 200
        assert look(address, cast.auditor).status_code == 200
        assert look(address, cast.stranger).status_code == 404
        assert look(address, cast.next_village).status_code == 404
    assert [row.id for row in look("/visits/", cast.county).context["page"]] == [stored.id]
    assert not look("/visits/", cast.stranger).context["page"].rows


def test_the_sheet_holds_what_is_known_and_no_full_number(look, cast):
    household = cast.family(phone="13866496171", head_name="汪大山")
    text = look(f"/households/{household.pk}/sheet/").content.decode()
    assert "汪大山" in text and "陈秀兰" in text and "138****6171" in text
    assert "13866496171" not in text


def test_photos_come_with_the_form_where_there_is_no_javascript(
    look, client, family, cast, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    look("/")
    written = BytesIO()
    Image.new("RGB", (900, 600), "gray").save(written, "PNG")
    key = uuid4()
    for _ in range(2):
        photos = [
            SimpleUploadedFile("a.png", written.getvalue(), "image/png"),
            SimpleUploadedFile("b.png", b"no picture", "image/png"),
        ]
        answer = client.post(
            f"/households/{family.pk}/visits/new/",
            {"client_id": key, "visited_on": timezone.localdate(), "photos": photos},
        )
        assert answer.status_code == 302
    stored = Visit.objects.get()
    assert stored.photos.count() == 1


def test_the_offline_list_holds_only_own_households(look, family, cast):
    other = cast.family(code="341524105201")
    homes = look("/visits/offline.json").json()["homes"]
    assert [home["id"] for home in homes] == [family.id]
    assert other.id not in [home["id"] for home in homes]


def test_the_page_kept_for_offline_use_names_nobody(look, family, cast):
    text = look("/visits/offline/").content.decode()
    for word in (family.head_name, cast.village.division.name, cast.village.officer.username):
        assert word not in text
