import pytest

from tests.feeds.files import number_of


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path, monkeypatch):
    """For this process and for a worker that it starts."""
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setenv("FILES_ROOT", str(tmp_path))


@pytest.fixture
def home(cast):
    """A household of Baojiyan with 汪大山 and 陈秀兰, whose numbers are known."""
    home = cast.household()
    cast.member(home, name="汪大山", relation="head", resident_id=number_of(1))
    cast.member(home, name="陈秀兰", relation="spouse", sex="female", resident_id=number_of(2))
    cast.income(home)
    return home


@pytest.fixture
def people(home):
    return list(home.members.order_by("id"))
