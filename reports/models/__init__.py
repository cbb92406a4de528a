from reports.models.bulletins import (
    Bulletin,
    BulletinObjection,
    BulletinState,
    NamedCounty,
)
from reports.models.figures import Rollup, Stood
from reports.models.looking_back import LookBack
from reports.models.trials import Trial

__all__ = [
    "Bulletin",
    "BulletinObjection",
    "BulletinState",
    "LookBack",
    "NamedCounty",
    "Rollup",
    "Stood",
    "Trial",
]
