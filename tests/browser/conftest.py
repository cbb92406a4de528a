"""A real Chromium against the live server. Every page it opens is watched: no request may leave
the own origin, and no script, style or picture may break the content security policy."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "pw-cast-2020"  # of every officer of the cast
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
# The driver runs an event loop in the test's thread; the ORM would refuse to work beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Failures are told as Python tells them: pytest would parse the source, which Python 3.11
    cannot do in the driver's greenlets (SystemError: AST constructor recursion depth mismatch)."""
    option = item.config.option
    usual, option.tbstyle = option.tbstyle, "native"
    try:
        return (yield)
    finally:
        option.tbstyle = usual


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser, live_server, cast):
    """Makes watched pages: ``new_page(viewport=PHONE, offline=False …)``."""
    contexts, faults = [], []

    def make(**options):
        options = {"viewport": DESKTOP, "locale": "zh-CN", "base_url": live_server.url} | options
        context = browser.new_context(**options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, live_server.url, faults)
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def phone(new_page):
    return new_page(viewport=PHONE, is_mobile=True, has_touch=True)


def watch(page, origin, faults):
    own = urlsplit(origin).netloc

    def request(sent):
        address = urlsplit(sent.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != own:
            faults.append(f"left the own origin: {sent.url}")

    def said(message):
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    page.on("request", request)
    page.on("console", said)
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))


@pytest.fixture
def login():
    """``login(page, post)`` as an officer of the cast does it, through the page."""

    def enter(page, post):
        page.goto("/login/")
        page.fill("#id_username", post.officer.username)
        page.fill("#id_password", PASSWORD)
        page.click("form button[type=submit]")
        page.wait_for_url(lambda address: "/login/" not in address)
        return page

    return enter


@pytest.fixture
def accessible():
    """``accessible(page)``: axe-core finds nothing (WCAG 2 A and AA, best practice included)."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page):
        found = Axe().run(page).response["violations"]
        told = [f"{rule['id']}: {[node['html'] for node in rule['nodes']][:3]}" for rule in found]
        assert told == [], page.url

    return check
