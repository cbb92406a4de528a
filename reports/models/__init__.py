from reports.models.figures import Rollup, Stood
from reports.models.trials import Trial

__all__ = ["Rollup", "Stood", "Trial"]
