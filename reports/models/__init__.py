from reports.models.bulletins import (
    Bulletin,
    BulletinObjection,
    BulletinState,
    NamedCounty,
)
from reports.models.figures import Rollup, Stood
from reports.models.looking_back import LookBack
from reports.models.trials import Trial
from reports.models.views import LedgerView

__all__ = [
    "Bulletin",
    "BulletinObjection",
    "BulletinState",
    "LedgerView",
    "LookBack",
    "NamedCounty",
    "Rollup",
    "Stood",
    "Trial",
]
