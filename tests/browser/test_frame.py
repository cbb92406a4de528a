"""The frame in a real browser: every page of accounts and jobs, wide and narrow, by keyboard."""

import pytest

from accounts.models import Officer
from accounts.officers import reset_password
from jobs.models import Job, State
from tests.cast import NOW

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = {
    "county": ["/me/", "/me/tokens/new/", "/roles/", "/jobs/", "/password/", "/me/deputies/"],
    "village": ["/working-days/?year=2020", "/nowhere/"],
    "administrator": ["/officers/", "/officers/new/", "/me/", "/working-days/?year=2027"],
    "auditor": ["/logs/reveals/", "/logs/accounts/"],
}


@pytest.mark.parametrize("role", PAGES)
def test_pages_have_no_barrier_and_fit_the_screen(role, cast, page, phone, login, accessible):
    post = getattr(cast, role)
    for screen in (page, phone):
        login(screen, post)
        for path in PAGES[role]:
            screen.goto(path)
            accessible(screen)
            overflow = "document.documentElement.scrollWidth - window.innerWidth"
            assert screen.evaluate(overflow) <= 0, path


def test_login_page_and_its_errors(page, accessible):
    page.goto("/login/")
    accessible(page)
    page.fill("#id_username", "nobody")
    page.fill("#id_password", "wrong")
    page.click("#log-in")
    page.locator(".pw-errors:focus").wait_for()
    accessible(page)


def test_a_new_password_must_be_changed_first(cast, page, login):
    kept = cast.post("village", "341524105207")
    password = reset_password(officer=kept.officer, by=cast.administrator, at=NOW)
    page.goto("/login/")
    page.fill("#id_username", kept.officer.username)
    page.fill("#id_password", password)
    page.click("#log-in")
    page.wait_for_url("**/password/")
    page.goto("/me/")
    page.wait_for_url("**/password/")
    page.fill("#id_old_password", password)
    page.fill("#id_new_password1", "tangjiahui-2020-baoji")
    page.fill("#id_new_password2", "tangjiahui-2020-baoji")
    page.click("main form button.btn-primary")
    page.wait_for_url("**/me/")
    assert not Officer.objects.get(pk=kept.officer_id).must_change_password


def test_language_and_large_print_stay(cast, page, login):
    login(page, cast.county)
    page.goto("/me/")
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    page.click("aside button[name=language]")
    assert page.locator("html").get_attribute("lang") == "en"
    page.click("aside button[aria-pressed=false]")
    assert "pw-large" in page.locator("html").get_attribute("class")
    page.goto("/roles/")
    assert "pw-large" in page.locator("html").get_attribute("class")


def test_keyboard(cast, page, login):
    login(page, cast.administrator)
    for name in ("一", "二", "三"):
        cast.post("village", "341524105207", name=name)
    page.goto("/officers/")
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == first != second
    page.click(".pw-drop.wide summary")
    assert page.locator(".pw-drop.wide .pw-drop-panel").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".pw-drop.wide .pw-drop-panel").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.goto("/officers/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "pw-skip"


def test_an_officer_of_two_posts_acts_in_one(cast, page, login):
    post = cast.county
    post.officer.posts.create(
        role="auditor", division=cast.divisions["341525000000"], since="2020-01-01"
    )
    login(page, post)
    page.goto("/roles/")
    assert "金寨县" in page.locator(".pw-place").inner_text()
    page.click(".pw-drop.wide summary")
    page.click(".pw-drop-panel form[action='/post/'] button")
    assert "霍山县" in page.locator(".pw-place").inner_text()


def test_a_job_tells_how_far_it_is_without_reloading(cast, page, login):
    job = Job.objects.create(
        kind="slow", key="k", asked_by=cast.county, asked_at=NOW, state=State.RUNNING, total=4
    )
    login(page, cast.county)
    page.goto(f"/jobs/{job.id}/")
    assert page.locator("progress").get_attribute("value") == "0"
    Job.objects.filter(id=job.id).update(done=3)
    page.wait_for_selector("progress[value='75']")
    Job.objects.filter(id=job.id).update(state=State.DONE, ended_at=NOW)
    page.wait_for_selector("progress", state="detached")
    page.goto("/roles/")
    assert page.locator(".pw-count").inner_text() == "1"
    page.goto("/jobs/")
    page.goto("/roles/")
    assert page.locator(".pw-count").count() == 0


def test_a_token_is_shown_once(cast, page, login):
    login(page, cast.county)
    page.goto("/me/tokens/new/")
    page.fill("#id_name", "county exchange")
    page.click("main button.btn-primary")
    key = page.locator("#token").inner_text()
    answer = page.request.get("/me/")
    assert key not in answer.text()
    assert "county exchange" in answer.text()


def test_the_first_visit_of_a_phone_is_light(cast, phone, login):
    weights = []
    phone.on("response", lambda answer: weights.append(answer))
    phone.goto("/login/")
    phone.wait_for_load_state("networkidle")
    import gzip

    total = sum(len(gzip.compress(answer.body())) for answer in weights)
    assert total < 120_000


def test_the_operators_pages_keep_the_policy(cast, page):
    """The stock administration, under the same strict content security policy."""
    operator = Officer.objects.create_superuser("operator", "pw-cast-2020", name="operator")
    page.goto("/admin/")
    page.fill("#id_username", "operator")
    page.fill("#id_password", "pw-cast-2020")
    page.click("input[type=submit]")
    for path in (
        "accounts/officer/",
        f"accounts/officer/{operator.pk}/change/",
        "accounts/division/",
        "accounts/reveal/",
        "accounts/accountact/",
    ):
        assert page.goto(f"/admin/{path}").ok, path
    for path in ("auth/group/", "households/household/", "accounts/officer/add/"):
        assert page.goto(f"/admin/{path}").status in (403, 404), path
