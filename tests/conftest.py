from time import monotonic

import pytest
from hypothesis import HealthCheck, settings

from accounts import workdays
from tests.cast import Cast

# Two lanes share the machine: how long an example takes says nothing about the code.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture(autouse=True)
def calendar_without_loaded_years(monkeypatch):
    """What an earlier test loaded and took back is forgotten, and nothing newer is looked for."""
    monkeypatch.setattr(workdays, "_calendar", workdays.Calendar())
    monkeypatch.setattr(workdays, "_looked_at", monotonic())
    monkeypatch.setattr(workdays, "STALE_AFTER", 3600)
