"""Somebody at work in a browser, for ``people``: opens pages, saves visits, pauses between clicks.

A page is asked for on a connection of its own, as browsers do that pause for longer than the server
keeps one open. What a visit's form shows is sent back as a browser would send it.
"""

import http.client
import random
import re
import threading
import time
from html.parser import HTMLParser
from urllib.parse import urlencode

HOUSEHOLD = re.compile(r'href="/households/(\d+)/')
GOOD = ("secure", "at_school")  # what is answered where the form shows no answer yet
TWICE = 10  # one visit of so many is sent again, as after an answer that was lost
# How often somebody of a role clicks what.
CLICKS = {
    "village": {"today": 3, "list": 2, "household": 4, "visit": 2, "inbox": 1},
    "above": {"today": 2, "list": 3, "household": 3, "inbox": 2},
}
PAGES = {"today": "/", "list": "/households/", "inbox": "/cases/"}


class Form(HTMLParser):
    """What a browser would send of the form that holds ``field``: ``answers``, a list of pairs."""

    def __init__(self, page, field):
        super().__init__()
        self.answers, self.good = [], {}
        self.field, self.open, self.name, self.value = field, False, None, None
        self.feed(page)
        sent = {name for name, _value in self.answers}
        self.answers += [(name, value) for name, value in self.good.items() if name not in sent]

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name, kind, value = given.get("name"), given.get("type", "text"), given.get("value")
        if tag == "form" and not any(pair[0] == self.field for pair in self.answers):
            self.open, self.answers, self.good = True, [], {}
        elif not self.open or "disabled" in given:
            return
        elif tag == "option" and self.name and ("selected" in given or self.value is None):
            self.value = value
        elif tag in ("select", "textarea"):
            self.name, self.value = name, None
        elif tag == "input" and name and kind in ("radio", "checkbox"):
            if "checked" in given:
                self.answers.append((name, value or "on"))
            elif kind == "radio" and value in GOOD:
                self.good[name] = value
        elif tag == "input" and name and kind not in ("submit", "file"):
            self.answers.append((name, value or ""))

    def handle_data(self, data):
        if self.name and self.lasttag == "textarea":
            self.value = (self.value or "") + data

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = False
        elif tag in ("select", "textarea") and self.name:
            self.answers.append((self.name, self.value or ""))
            self.name = None


class Person(threading.Thread):
    """``times``: what was opened -> seconds; ``faults``: what went wrong; ``saved``: the ids of
    visits that were answered as saved -> their household."""

    def __init__(self, number, port, session, role, pause):
        super().__init__(daemon=True)
        self.port, self.pause = port, pause
        self.clicks = CLICKS.get(role, CLICKS["above"])
        self.chance = random.Random(number)
        self.cookies = {"sessionid": session}
        self.times, self.faults, self.saved = {}, [], {}
        self.homes, self.until = [], 0

    def run(self):
        time.sleep(self.chance.random() * self.pause)
        while time.perf_counter() < self.until:
            kind = self.chance.choices(list(self.clicks), self.clicks.values())[0]
            try:
                self._do(kind)
            except (OSError, http.client.HTTPException) as lost:
                self.faults.append(f"{kind}: {type(lost).__name__}")
            self._pause()

    def _pause(self):
        time.sleep(self.pause * (0.5 + self.chance.random()))

    def _do(self, kind):
        if kind in PAGES or not self.homes:
            page = self.ask(kind if kind in PAGES else "list", PAGES.get(kind, PAGES["list"]))
            self.homes = list(set(HOUSEHOLD.findall(page))) or self.homes
            return
        home = self.chance.choice(self.homes)
        if kind == "visit":
            self._visit(home)
        else:
            self.ask(kind, f"/households/{home}/")

    def _visit(self, home):
        address = f"/households/{home}/visits/new/"
        answers = Form(self.ask("visit_form", address), "client_id").answers
        self._pause()
        client_id = dict(answers).get("client_id")
        for _time in range(1 + (self.chance.randrange(TWICE) == 0)):
            if self.ask("visit_saved", address, urlencode(answers), wanted=302) is not None:
                self.saved[client_id] = home

    def ask(self, kind, address, body=None, wanted=200):
        """The page, or None; times it and notes an answer that is not the wanted one."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        started = time.perf_counter()
        link.request("GET" if body is None else "POST", address, body, headers)
        answer = link.getresponse()
        page = answer.read().decode()
        self.times.setdefault(kind, []).append(time.perf_counter() - started)
        for cookie in answer.msg.get_all("Set-Cookie", []):
            name, _equals, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        link.close()
        if answer.status == wanted:
            return page
        self.faults.append(f"{kind} {address}: {answer.status}")
        return None


class Prober(Person):
    """Asks for an empty page all the time: what the server takes for nothing under this load."""

    def run(self):
        while time.perf_counter() < self.until:
            self.ask("empty", "/healthz")
            time.sleep(0.1)
