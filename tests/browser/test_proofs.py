"""The exception of AH 4.1.2 with its proof, from the village's phone to the township's approval."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from assistance.models import AssistancePlan, ExceptionPaper, Measure

pytestmark = pytest.mark.django_db(transaction=True)


def photo(name):
    held = io.BytesIO()
    Image.new("RGB", (80, 60), "green").save(held, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": held.getvalue()}


def test_a_disaster_is_proved_on_the_phone_and_seen_where_it_is_decided(
    phone, page, login, accessible, cast, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    home = cast.family(exited_class="independent", head_name="汪远")
    login(phone, cast.village)
    phone.goto(f"/households/{home.id}/plan/write/")
    phone.check("#id_line-0-use")
    phone.select_option("#id_line-0-kind", "house_repair")
    phone.fill("#id_line-0-words", "修后墙")
    due = timezone.localdate() + timedelta(days=60)
    phone.fill("#id_line-0-due_on", due.isoformat())
    phone.fill("#id_line-0-amount", "6000")
    phone.select_option("#id_line-0-source", "special")
    for name in ("wishes", "work_team", "cadres"):
        phone.fill(f"#id_{name}", "尽快修好")
    phone.click("button[value=submit]")
    # Refused by AH 4.1.2: the exception stands open, and nothing of what was typed is lost.
    assert phone.is_visible("#id_line-0-exception")
    phone.select_option("#id_line-0-exception", "disaster")
    phone.select_option("#id_line-0-exception_problem", "housing")
    phone.fill("#id_line-0-exception_words", "山洪冲毁后墙")
    phone.set_input_files("#id_line-0-proof", photo("受灾证明.jpg"))
    accessible(phone)
    phone.click("button[value=submit]")
    phone.wait_for_url(f"**/households/{home.id}/plan/")
    plan = AssistancePlan.objects.get()
    assert plan.state == "submitted" and phone.locator("#proofs").is_visible()
    login(page, cast.township)
    page.goto(f"/plans/{plan.id}/")
    accessible(page)
    link = page.locator("#proofs a[target=_blank]")
    assert link.inner_text() == "受灾证明.jpg"
    file = page.request.get(link.get_attribute("href"))
    assert file.ok and file.headers["content-type"] == "image/jpeg"
    page.locator("form[action$='/approve/'] button").click()
    page.wait_for_load_state()
    measure = Measure.objects.get()
    page.goto(f"/measures/{measure.id}/")
    page.locator("#proofs a.btn").click()
    accessible(page)
    page.set_input_files("#id_file", photo("鉴定书.jpg"))
    page.locator("form.pw-form .btn-primary").click()
    page.wait_for_url("**#proofs")
    assert page.locator("#proofs li").count() == 2 == ExceptionPaper.objects.count()
