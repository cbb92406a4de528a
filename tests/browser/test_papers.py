"""Papers in the browser: files put to a case from its page, prints that everybody can read."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.monitoring.chains import opened, refreshed
from tests.monitoring.test_paper_files import SCAN, photo


@pytest.fixture
def case(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return refreshed(opened(cast, "closing_exited", by=cast.village))


def chosen(name, kind, raw):
    return {"name": name, "mimeType": kind, "buffer": raw}


@pytest.mark.django_db(transaction=True)
def test_files_are_put_to_a_case_from_its_page(phone, login, cast, case):
    login(phone, cast.village).goto(reverse("case", args=[case.pk]))
    phone.click("#papers summary >> nth=0")
    files = [
        chosen("门口.jpg", "image/jpeg", photo()),
        chosen("鉴定.pdf", "application/pdf", SCAN),
        chosen("名单.xlsx", "application/pdf", b"PK\x03\x04" + b"0" * 50),
    ]
    phone.set_input_files("#papers input[type=file]", files)
    phone.click("#papers form button")
    expect(phone.locator(".pw-errors")).to_contain_text("名单.xlsx")
    phone.goto(reverse("case", args=[case.pk]))
    expect(phone.locator("#papers a", has_text="门口.jpg")).to_be_visible()
    expect(phone.locator("#papers a", has_text="鉴定.pdf")).to_be_visible()
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 360


@pytest.mark.django_db(transaction=True)
def test_a_print_page_fits_the_paper_and_the_phone(new_page, login, cast, case, accessible):
    for size in (1440, 360):
        page = new_page(viewport={"width": size, "height": 800})
        login(page, cast.village).goto(reverse("case_print", args=[case.pk, "form"]))
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size
    page.emulate_media(media="print")
    expect(page.locator(".p-bar")).to_be_hidden()
