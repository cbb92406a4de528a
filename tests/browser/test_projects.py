"""In a real browser: a project from the village to the asset, its lease, its rent, aid to a
household; every page accessible, on the phone and on the desk."""

import pytest
from django.utils import timezone

from assistance.models import Asset, Collective, CollectiveEntry, Lease, Project

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()


def press(page):
    page.locator("form.pw-form .btn-primary").click()


@pytest.fixture
def as_post(login):
    def enter(page, post):
        page.context.clear_cookies()
        login(page, post)

    return enter


def passed_on(page, as_post, accessible, post, project):
    as_post(page, post)
    page.goto("/projects/")
    page.locator(f"a[href='/projects/{project.pk}/']").click()
    accessible(page)
    page.locator(f"a[href='/projects/{project.pk}/pass/']").click()
    press(page)
    page.wait_for_url(f"**/projects/{project.pk}/")


def test_from_the_proposal_to_aid_for_a_household(phone, page, as_post, accessible, cast):
    home = cast.family(number="34152499887711", head_name="汪大山")
    as_post(phone, cast.village)
    phone.goto("/projects/")
    accessible(phone)
    phone.locator("a[href='/projects/new/']").click()
    accessible(phone)
    phone.fill("#id_name", "茶园提升")
    phone.fill("#id_words", "改造茶园一百亩")
    phone.fill("#id_benefit", "入股分红")
    press(phone)
    assert phone.locator(".pw-errors").is_visible()
    assert phone.input_value("#id_words") == "改造茶园一百亩"
    phone.fill("#id_money_social", "50000")
    phone.locator("form.pw-form .btn-primary").dblclick()
    phone.wait_for_url(lambda url: url.rstrip("/").split("/")[-1].isdigit())
    project = Project.objects.get()
    phone.locator(f"a[href='/projects/{project.pk}/households/']").click()
    accessible(phone)
    phone.locator(".pick input").first.check()
    phone.locator(".pw-batch .btn-primary").click()
    phone.wait_for_url(f"**/projects/{project.pk}/")
    assert phone.locator(f"a[href='/households/{home.pk}/measures/']").is_visible()
    for post in (cast.township, cast.county):
        passed_on(page, as_post, accessible, post, project)
    as_post(page, cast.township)
    for act in ("start", "finish"):
        page.goto(f"/projects/{project.pk}/{act}/")
        press(page)
        page.wait_for_url(f"**/projects/{project.pk}/")
    page.locator(f"a[href='/assets/new/?project={project.pk}']").click()
    accessible(page)
    page.fill("#id_place", "大湾组")
    page.fill("#id_supervisor", "镇扶贫办")
    press(page)
    page.wait_for_url(lambda url: "/assets/" in url and "new" not in url)
    asset = Asset.objects.get()
    assert (asset.project, asset.value) == (project, 50000)
    leased_and_paid(phone, page, as_post, accessible, cast, asset)
    aid(phone, accessible, cast, home)


def leased_and_paid(phone, page, as_post, accessible, cast, asset):
    page.goto(f"/assets/{asset.pk}/lease/")
    accessible(page)
    for field, words in (("lessee", "徽春茶业"), ("paper", "租1"), ("rent", "12000")):
        page.fill(f"#id_{field}", words)
    page.fill("#id_until", f"{TODAY.year + 3}-01-31")
    press(page)
    page.wait_for_url(f"**/assets/{asset.pk}/")
    accessible(page)
    rent = Lease.objects.get().rents.first()
    as_post(phone, cast.village)
    phone.goto(f"/assets/{asset.pk}/")
    accessible(phone)
    phone.locator(f"a[href='/collectives/{asset.at_id}/income/?rent={rent.pk}']").click()
    accessible(phone)
    phone.locator("form.pw-form .btn-primary").dblclick()
    phone.wait_for_url(f"**/collectives/{asset.at_id}/")
    assert CollectiveEntry.objects.count() == 1 and Collective.objects.get().balance == 12000
    for url in ("/assets/", f"/assets/{asset.pk}/inspect/", "/collectives/", "/ledgers/assets/"):
        phone.goto(url)
        accessible(phone)


def aid(phone, accessible, cast, home):
    village = cast.village.division_id
    phone.goto(f"/collectives/{village}/use/")
    accessible(phone)
    phone.select_option("#id_what", "aid")
    phone.fill("#id_amount", "12001")
    phone.fill("#id_words", "大病救助")
    phone.fill("#id_numbers", home.number)
    press(phone)
    assert phone.locator(".pw-errors").is_visible()
    phone.fill("#id_amount", "500")
    press(phone)
    phone.wait_for_url(f"**/collectives/{village}/")
    assert Collective.objects.get().balance == 11500
    phone.goto(f"/households/{home.pk}/measures/")
    accessible(phone)
    assert phone.get_by_text("大病救助").is_visible()
