"""A cadre's phone: a visit from the page of today, with a network and without."""

import threading
from contextlib import contextmanager
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.utils import timezone
from PIL import Image

from households.models import Household, Visit
from tests.browser.conftest import ARGUMENTS, CHROMIUM, PHONE

TODAY = timezone.localdate()


@pytest.fixture
def family(cast):
    household = cast.family(group_name="上湾组")
    cast.member(
        household,
        name="汪小雨",
        born_on=date(TODAY.year - 10, 3, 1),
        school="primary",
        education="",
    )
    return household


@pytest.fixture
def at_home(phone, login, cast, family, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    login(phone, cast.village)
    phone.goto("/")
    return phone


def choose(page, name, value):
    page.locator(f"label:has(> input[name='{name}'][value='{value}'])").click()


def left_school(page, family):
    child = family.members.get(name="汪小雨")
    choose(page, "food", "secure")
    choose(page, "clothing", "secure")
    choose(page, f"school_{child.id}", "left")
    return child


SAVE = ".v-save button"
HOMES_FETCHED = "() => window.pw.database.then(db => db.count('homes')).then(number => number > 0)"


def until(page, expression):
    """Asks again and again: the content security policy forbids the driver's own waiting."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    pytest.fail(expression)


@contextmanager
def nobody_reads(model, *, seconds):
    """Whoever asks for rows of ``model`` meanwhile waits."""
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {model._meta.db_table}")
    freed = threading.Timer(seconds, other.connection.rollback)
    freed.start()
    try:
        yield
    finally:
        freed.join()
        other.close()


def test_a_child_who_left_school_from_today_to_the_register(at_home, family, accessible):
    accessible(at_home)
    at_home.locator(".pw-todo a").first.click()
    at_home.wait_for_url("**/visits/new/")
    accessible(at_home)
    child = left_school(at_home, family)
    at_home.locator(SAVE).dblclick()
    at_home.wait_for_url(lambda address: "/new/" not in address)
    child.refresh_from_db()
    assert child.school == "none"
    visit = Visit.objects.get()
    assert (visit.education, visit.food) == ("insecure", "secure")
    accessible(at_home)
    width = at_home.evaluate("document.documentElement.scrollWidth")
    assert width <= 360


def test_a_photo_is_made_small_on_the_phone_and_arrives(at_home, family):
    at_home.goto(f"/households/{family.pk}/visits/new/")
    written = BytesIO()
    Image.new("RGB", (3000, 2000), "gray").save(written, "JPEG")
    picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}
    at_home.locator("#id_photos").set_input_files(picture)
    at_home.locator("[data-photos] img").wait_for()
    at_home.click(SAVE)
    at_home.wait_for_url(lambda address: "/new/" not in address)
    photo = Visit.objects.get().photos.get()
    assert (photo.image.width, photo.image.height) == (1600, 1067)
    at_home.locator(".v-photos img").wait_for()


def test_what_does_not_fit_is_shown_at_its_field_and_kept(at_home, family):
    at_home.goto(f"/households/{family.pk}/visits/new/")
    choose(at_home, "medical", "insecure")
    at_home.fill("#id_words", "老人看病花钱多")
    at_home.click(SAVE)
    at_home.locator(".pw-errors a[href='#id_medical']").wait_for()
    assert not Visit.objects.exists()
    at_home.locator("#id_uninsured_0").check()
    at_home.click(SAVE)
    at_home.wait_for_url(lambda address: "/new/" not in address)
    assert Visit.objects.get().words == "老人看病花钱多"


def test_enter_in_a_field_saves_what_was_written_and_does_not_say_unchanged(at_home, family):
    for said in ("户主", "配偶"):
        at_home.goto(f"/households/{family.pk}/visits/new/")
        at_home.fill("#id_met", said)
        at_home.press("#id_met", "Enter")
        at_home.wait_for_url(lambda address: "/new/" not in address)
    assert list(Visit.objects.values_list("met", "unchanged")) == [("配偶", False), ("户主", False)]


def test_nothing_changed_is_one_tap(at_home, family):
    for _ in range(2):
        at_home.goto(f"/households/{family.pk}/visits/new/")
        choose(at_home, "food", "secure")
        once = at_home.locator("button[name=unchanged]")
        once.click() if once.count() else at_home.click(SAVE)
        at_home.wait_for_url(lambda address: "/new/" not in address)
    latest = Visit.objects.first()
    assert (latest.unchanged, latest.food, latest.education) == (True, "secure", "secure")


def test_a_draft_survives_leaving_the_page(at_home, family):
    at_home.goto(f"/households/{family.pk}/visits/new/")
    choose(at_home, "food", "at_risk")
    at_home.fill("#id_words", "想找活干")
    at_home.locator("[data-saved]", has_text=":").wait_for()
    at_home.goto("/")
    at_home.goto(f"/households/{family.pk}/visits/new/")
    at_home.locator("[data-note]").wait_for()
    assert at_home.input_value("#id_words") == "想找活干"
    assert at_home.is_checked("input[name=food][value=at_risk]")


def test_saved_without_a_network_and_delivered_once_after(at_home, family):
    at_home.goto(f"/households/{family.pk}/visits/new/")
    child = left_school(at_home, family)
    at_home.context.set_offline(True)
    at_home.click(SAVE)
    at_home.locator("[data-note]").wait_for()
    at_home.locator("#pw-unsent:not([hidden])").wait_for()
    assert not Visit.objects.exists()
    at_home.context.set_offline(False)
    at_home.wait_for_url(lambda address: "/new/" not in address)
    child.refresh_from_db()
    assert (Visit.objects.count(), child.school) == (1, "none")
    at_home.locator("#pw-unsent[hidden]").wait_for(state="attached")


def test_the_page_opens_again_without_a_network(at_home, family):
    """The shell comes from the service worker, the form from what was fetched for this phone."""
    until(at_home, "() => navigator.serviceWorker.ready.then(() => true)")
    at_home.goto("/")
    until(at_home, HOMES_FETCHED)
    at_home.context.set_offline(True)
    at_home.goto(f"/households/{family.pk}/visits/new/")
    left_school(at_home, family)
    at_home.click(SAVE)
    at_home.locator("[data-note]").wait_for()
    at_home.reload()
    at_home.locator("#pw-unsent:not([hidden])").wait_for()
    at_home.context.set_offline(False)
    at_home.goto("/visits/unsent/")
    at_home.locator("[data-outbox-empty]:not([hidden])").wait_for()
    assert Visit.objects.count() == 1


def test_a_slow_server_is_waited_for_where_it_can_be_reached(at_home, family):
    until(at_home, "() => navigator.serviceWorker.ready.then(() => true)")
    at_home.goto("/")
    until(at_home, HOMES_FETCHED)
    with nobody_reads(Household, seconds=5):
        at_home.goto("/households/")
    at_home.locator("main", has_text=family.number).wait_for(timeout=1000)


def test_logging_out_wipes_the_household_from_the_phone(at_home, family):
    until(at_home, HOMES_FETCHED)
    at_home.goto("/me/")
    at_home.locator("main form[action='/logout/'] button").click()
    at_home.wait_for_url("**/login/**")
    kept = at_home.evaluate(
        """new Promise(done => {
          const asked = indexedDB.open('povertywatch');
          asked.onsuccess = () => {
            const count = asked.result.transaction('homes').objectStore('homes').count();
            count.onsuccess = () => done(count.result);
          };
        })"""
    )
    assert kept == 0


def test_without_javascript_the_form_posts_itself(new_page, login, cast, family):
    page = login(new_page(java_script_enabled=False), cast.village)
    page.goto(f"/households/{family.pk}/visits/new/")
    child = left_school(page, family)
    page.click(SAVE)
    page.wait_for_url(lambda address: "/new/" not in address)
    child.refresh_from_db()
    assert child.school == "none"


def test_an_answer_lost_on_the_way_leaves_one_visit(new_page, login, cast, family):
    """The server stores the visit, the phone never hears of it, twice; the third answer arrives."""
    page = new_page(viewport=PHONE, service_workers="block")
    login(page, cast.village)
    page.goto(f"/households/{family.pk}/visits/new/")
    seen = []

    def lose(route):
        seen.append(route.fetch().status)
        route.abort() if len(seen) < 3 else route.continue_()

    page.route("**/api/visits/", lose)
    left_school(page, family)
    page.click(SAVE)
    page.locator("[data-note]").wait_for()
    page.goto("/visits/unsent/")
    page.locator("[data-outbox-empty]:not([hidden])").wait_for()
    assert seen[0] == 201 and set(seen[1:]) == {200}
    assert Visit.objects.count() == 1


def test_who_was_logged_out_meanwhile_logs_in_and_the_visit_goes(at_home, login, cast, family):
    at_home.goto(f"/households/{family.pk}/visits/new/")
    left_school(at_home, family)
    at_home.context.clear_cookies()
    at_home.click(SAVE)
    at_home.locator("[data-note] a[href='/login/']").wait_for()
    assert not Visit.objects.exists()
    login(at_home, cast.village)
    at_home.goto("/visits/unsent/")
    at_home.locator("[data-outbox-empty]:not([hidden])").wait_for()
    assert Visit.objects.count() == 1


def test_without_https_the_outbox_works_while_the_page_stays_open(
    browser, live_server, cast, family, login, settings
):
    settings.ALLOWED_HOSTS = ["*"]
    port = live_server.url.rsplit(":", 1)[1]
    rule = "--host-resolver-rules=MAP pw.test 127.0.0.1"
    other = browser.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, rule])
    page = other.new_page(base_url=f"http://pw.test:{port}", viewport=PHONE)
    login(page, cast.village)
    page.goto(f"/households/{family.pk}/visits/new/")
    assert not page.evaluate("window.isSecureContext")
    left_school(page, family)
    page.context.set_offline(True)
    page.click(SAVE)
    page.locator("#pw-offline", has_text="HTTPS").wait_for()
    page.context.set_offline(False)
    page.wait_for_url(lambda address: "/new/" not in address)
    other.close()
    assert Visit.objects.count() == 1
