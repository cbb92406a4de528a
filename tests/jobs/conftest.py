import pytest

import tests.jobs.kinds  # noqa: F401  the kinds that the web side must know as well
from tests.cast import NOW
from tests.worker import Worker, empty_the_queue


@pytest.fixture
def worker(transactional_db):
    with Worker("tests.jobs.app") as worker:
        yield worker


@pytest.fixture
def queue():
    empty_the_queue()
    yield
    empty_the_queue()


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def asked(cast):
    """Asks for a job as the county officer, with what the kind needs."""
    from jobs.running import ask

    def make(kind="slow", key="one", by=None, **arguments):
        return ask(kind, key=key, arguments=arguments, by=by or cast.county, at=NOW)

    return make
