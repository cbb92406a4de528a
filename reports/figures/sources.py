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
    def known(self):
        """What was recorded later does not count: the month was frozen then (domain.md 6)."""
        return self.run.frozen_at

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
    whatever level. ``by_run``: its rows name their run, and so their province."""

    model: type[Model]
    month: Callable[[Month], Q]
    place: str
    by_run: bool = False

    def of(self, month):
        if self.by_run:
            return self.month(month)
        province = self.place.removesuffix("_id") + "__province"
        return self.month(month) & Q(**{province: month.run.province_id})

    def of_any(self, months):
        """What rows of several months have in common, so that an index is entered by it."""
        return Q(run__in=[month.run for month in months]) if self.by_run else Q()

    def rows(self, month):
        return self.model.objects.filter(self.of(month))
