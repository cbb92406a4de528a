from assistance.models.measures import Measure, Result
from assistance.models.progress import MeasureChange, MeasureNote

__all__ = ["Measure", "MeasureChange", "MeasureNote", "Result"]
