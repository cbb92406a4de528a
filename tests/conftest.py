from time import monotonic

import pytest

from accounts import workdays
from tests.cast import Cast


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture(autouse=True)
def calendar_without_loaded_years(monkeypatch):
    """What an earlier test loaded and took back is forgotten, and nothing newer is looked for."""
    monkeypatch.setattr(workdays, "_calendar", workdays.Calendar())
    monkeypatch.setattr(workdays, "_looked_at", monotonic())
    monkeypatch.setattr(workdays, "STALE_AFTER", 3600)
