import pytest


def test_alive_needs_nothing(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
def test_ready_when_database_and_queue_answer(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
def test_not_ready_without_the_queue(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"no queue")
