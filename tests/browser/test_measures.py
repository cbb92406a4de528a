"""A cadre's phone: a measure from the risk that calls for it to its end, every page accessible."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from assistance.models import Measure, MeasureNote
from households.register import record_household
from monitoring.review import review_month
from tests.cast import NOW
from tests.monitoring.test_review import AUGUST_EVE

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()


@pytest.fixture
def red(cast):
    """A household whose house is dangerous, flagged by the review of June."""
    household = cast.family(in_charge=cast.assigned.officer)
    said = {"on": date(2020, 6, 20), "origin": "visit", "by": None, "at": NOW}
    record_household(household, house_grade="D", **said)
    june = date(2020, 6, 1)
    review_month(province=cast.province.division, month=june, by=cast.province, at=AUGUST_EVE)
    return household


def photo():
    file = BytesIO()
    Image.new("RGB", (900, 600), "brown").save(file, "JPEG")
    return {"name": "wall.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_from_the_risk_to_its_end(phone, login, accessible, cast, red, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    login(phone, cast.village)
    phone.goto(f"/households/{red.id}/measures/")
    accessible(phone)
    phone.locator(".pw-risks .btn").first.click()
    accessible(phone)
    assert phone.locator("input[name=answers][value=housing]").is_checked()
    phone.select_option("#id_kind", "house_repair")
    phone.fill("#id_words", "后墙加固")
    phone.fill("#id_due_on", str(TODAY - timedelta(days=9)))
    phone.locator("form.pw-form .btn-primary").click()
    # It cannot be due before it begins: said first on the page, what was typed is kept.
    assert phone.locator(".pw-errors").is_visible()
    assert phone.input_value("#id_words") == "后墙加固"
    phone.fill("#id_started_on", str(TODAY - timedelta(days=30)))
    phone.locator("form.pw-form .btn-primary").dblclick()
    phone.wait_for_url(f"**/households/{red.id}/measures/")
    measure = Measure.objects.get()
    assert measure.answers == ["housing"] and measure.wants_reason(TODAY)

    phone.goto(f"/measures/{measure.id}/")
    accessible(phone)
    phone.locator(".alert a").click()
    accessible(phone)
    phone.fill("#id_because", "雨季停工，天晴就砌")
    phone.locator("form.pw-form .btn-primary").click()
    phone.locator(".page-actions .btn-primary, .pw-actions .btn-primary").first.click()
    phone.fill("#id_words", "砖已拉到")
    phone.set_input_files("#id_photo", photo())
    phone.locator("form.pw-form .btn-primary").click()
    phone.wait_for_url(f"**/measures/{measure.id}/")
    assert MeasureNote.objects.get().photo
    accessible(phone)

    phone.goto(f"/measures/{measure.id}/end/")
    accessible(phone)
    phone.locator("label:has(> input[value=done])").click()
    phone.locator("form.pw-form .btn-primary").click()
    phone.wait_for_url(f"**/measures/{measure.id}/")
    measure.refresh_from_db()
    assert (measure.result, measure.ended_on, measure.open_because) == (
        "done",
        TODAY,
        "雨季停工，天晴就砌",
    )
    phone.goto("/measures/?which=ended")
    accessible(phone)
    assert phone.locator(f"a[href='/measures/{measure.id}/']").is_visible()
    phone.goto(f"/measures/{measure.id}/change/")
    assert phone.locator("form.pw-form").count() == 1
    accessible(phone)
