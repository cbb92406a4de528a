"""Two officers at once, at two servers, on the real database: exactly one act has an effect.

Each round two requests start together: approve against return, the same approval twice, approve
against a change of the request. A few rounds run with every run of the tests;
TWO_SERVERS_ROUNDS=1000 takes as many as it says.
"""

import json
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Barrier

import pytest
from django.utils import timezone

from accounts.tokens import issue_token
from monitoring.cases import casework
from monitoring.models import CaseAct, What
from tests.monitoring.chains import refreshed, visit
from tests.worker import HOUSE, database_url, wait_for

ROUNDS = int(os.environ.get("TWO_SERVERS_ROUNDS", "45"))
MOVES = [What.PASSED, What.RETURNED, What.CHANGED]


@contextmanager
def servers(number):
    """Ports of so many processes of the application, each with two threads."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "POVERTYWATCH_MODE": "test",
        "PYTHONPATH": str(HOUSE),
    }
    ports = [_free_port() for _ in range(number)]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "povertywatch.wsgi", "--threads", "2",
             "--bind", f"127.0.0.1:{port}", "--log-level", "warning"],
            cwd=HOUSE, env=environment,
        )
        for port in ports
    ]  # fmt: skip
    try:
        for port in ports:
            wait_for(lambda port=port: _answers(port))
        yield ports
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(port):
    try:
        return ask(port, "GET", "/healthz", "")[0] == 200
    except OSError:
        return False


def ask(port, method, path, key, body=None):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json",
        "Host": "127.0.0.1",
        "Accept-Language": "en",
    }
    connection.request(method, path, json.dumps(body) if body else None, headers)
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer.status, said


class Desk:
    """One case that goes to and fro between village and township."""

    def __init__(self, cast):
        self.cast = cast
        self.village, self.colleague = self.two("village", "341524105207")
        self.township, self.neighbour = self.two("township", "341524105000")
        self.keys = {
            post: issue_token(post=post, name="test")
            for post in (self.village, self.colleague, self.township, self.neighbour)
        }
        self.county = cast.post("county", "341524000000")
        household = cast.family()
        visit(cast, household, on=timezone.localdate())
        self.case = casework.open_case(
            procedure="tier", household=household, by=self.village, at=timezone.now(),
            because="入户了解", proposal={"tier": "yellow"},
        )  # fmt: skip

    def two(self, role, code):
        return self.cast.post(role, code), self.cast.post(role, code)

    def bring_to(self, step):
        """By the officers of each step, one act after the other."""
        case = refreshed(self.case)
        while case.step != step:
            by = [self.village, self.township, self.county][case.step]
            said = {"seen_version": case.version, "by": by, "at": timezone.now()}
            if case.step < step:
                casework.pass_on(case, because="属实", **said)
            else:
                casework.return_case(case, because="请补充", **said)
            case = refreshed(case)
        return case


def together(*requests):
    """Starts the requests at the same moment, each at its server; gives the answers."""
    start = Barrier(len(requests))

    def send(request):
        start.wait()
        return ask(*request)

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


@pytest.mark.django_db(transaction=True)
def test_of_two_acts_at_once_exactly_one_has_an_effect(cast):
    desk = Desk(cast)
    with servers(2) as (first, second):
        for number in range(ROUNDS):
            kind = number % 3
            case = desk.bring_to(0 if kind == 2 else 1)
            at = f"/api/cases/{case.id}"
            seen = {"version": case.version, "because": f"第 {number} 轮"}
            passes = ("POST", f"{at}/pass/", desk.keys[desk.township], seen)
            other = [
                ("POST", f"{at}/return/", desk.keys[desk.neighbour], seen),
                passes,
                ("POST", f"{at}/change/", desk.keys[desk.colleague],
                 seen | {"proposal": {"tier": "red" if number % 2 else "yellow"}}),
            ][kind]  # fmt: skip
            if kind == 2:
                passes = ("POST", f"{at}/pass/", desk.keys[desk.village], seen)
            moves = CaseAct.objects.filter(case=case, what__in=MOVES).count()
            answers = together((first, *passes), (second, *other))
            assert sorted(status for status, _ in answers) == [200, 409], answers
            [told] = [json.loads(said) for status, said in answers if status == 409]
            assert "was first" in told["detail"] or "already done" in told["detail"]
            after = refreshed(case)
            assert after.version == case.version + 1
            assert CaseAct.objects.filter(case=case, what__in=MOVES).count() == moves + 1
