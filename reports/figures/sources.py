"""Whose rows a figure counts: how a model's rows belong to a month and to a division."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Model, Q
from django.utils.timezone import make_aware

from monitoring.models import Run


@dataclass(frozen=True)
class Month:
    """A reviewed month of a province: its run, its days, its moments in local time."""

    run: Run

    @property
    def first(self):
        return self.run.month

    @property
    def last(self):
        return self.run.as_of

    @property
    def begins(self):
        return make_aware(datetime.combine(self.first, time.min))

    @property
    def ends(self):
        """The last moment that counts."""
        return make_aware(datetime.combine(self.last, time.max))


@dataclass(frozen=True)
class Source:
    """``month``: which rows are of a month. ``place``: the path to the id of a row's division, of
    whatever level."""

    model: type[Model]
    month: Callable[[Month], Q]
    place: str

    def of(self, month):
        province = self.place.removesuffix("_id") + "__province"
        return self.month(month) & Q(**{province: month.run.province_id})

    def rows(self, month):
        return self.model.objects.filter(self.of(month))
