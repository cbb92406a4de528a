from reports.models.figures import Rollup, Stood

__all__ = ["Rollup", "Stood"]
