"""The e-mail of the morning: counts only, once a day, only where it is set up and wished for."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends import locmem

from duties import tasks
from duties.doing import open_task
from duties.mailing import mail_digests
from tests.cast import NOW, TODAY
from tests.monitoring.desks import lying

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def set_up(settings):
    settings.EMAIL_HOST = "mail.example"


def wishes(post, address="li@example.org"):
    post.officer.email = address
    post.officer.save()
    return post


def waiting(cast, key, due=TODAY):
    return open_task(
        "request", key=key, at_division=cast.village.division, words="汪大山家的水井",
        household=cast.household(), due_on=due, by=cast.township, at=NOW,
    )  # fmt: skip


def test_counts_and_no_names(cast):
    wishes(cast.village)
    waiting(cast, "1")
    waiting(cast, "2", TODAY - timedelta(days=3))
    assert mail_digests(at=NOW) == 1
    (sent,) = mail.outbox
    assert sent.to == ["li@example.org"]
    assert "2020-06-25" in sent.subject and "2" in sent.subject
    assert "豹迹岩村委会" in sent.body
    for name in ("汪大山", "水井", "341524"):
        assert name not in sent.body + sent.subject


def test_cases_are_counted_beside_the_tasks(cast):
    lying(cast, step=1)
    wishes(cast.township)
    assert mail_digests(at=NOW) == 1
    assert "办件" in mail.outbox[0].body or "cases" in mail.outbox[0].body


def test_once_a_day(cast):
    wishes(cast.village)
    waiting(cast, "1")
    assert [mail_digests(at=NOW) for _n in range(2)] == [1, 0]
    assert mail_digests(at=NOW + timedelta(days=1)) == 1


def test_nobody_else_gets_one(cast, settings):
    waiting(cast, "1")
    wishes(cast.next_village, "other@example.org")  # has nothing to do
    assert mail_digests(at=NOW) == 0  # the village gave no address
    gone = wishes(cast.village)
    gone.officer.is_active = False
    gone.officer.save()
    assert mail_digests(at=NOW) == 0
    gone.officer.is_active = True
    gone.officer.save()
    settings.EMAIL_HOST = ""
    assert mail_digests(at=NOW) == 0
    assert mail.outbox == []


def test_one_that_fails_keeps_nobody_waiting_and_is_tried_again(cast, monkeypatch):
    for number, post in enumerate((cast.village, cast.township)):
        wishes(post, f"{number}@example.org")
    waiting(cast, "1")
    open_task("request", key="2", at_division=cast.township.division, role="township",
              words="x", by=cast.county, at=NOW)  # fmt: skip
    send = locmem.EmailBackend.send_messages

    def refuse_the_first(self, messages):
        if messages[0].to == ["0@example.org"]:
            raise ConnectionResetError
        return send(self, messages)

    with monkeypatch.context() as broken:
        broken.setattr(locmem.EmailBackend, "send_messages", refuse_the_first)
        with pytest.raises(ConnectionResetError):
            mail_digests(at=NOW)
    assert [sent.to for sent in mail.outbox] == [["1@example.org"]]
    assert mail_digests(at=NOW) == 1
    assert mail.outbox[-1].to == ["0@example.org"]


def test_it_rests_on_days_off(cast, monkeypatch):
    wishes(cast.village)
    waiting(cast, "1")
    monkeypatch.setattr(tasks, "is_workday", lambda day: False)
    tasks.mail_the_digest()
    assert mail.outbox == []
