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
    whatever level; ``household``: the path to its household, blank where it has none."""

    model: type[Model]
    month: Callable[[Month], Q]
    place: str
    household: str = "household"
    seen: Callable | None = None  # (rows, post) -> rows, where visible_to is not all

    def rows(self, month):
        province = self.place.removesuffix("_id") + "__province"
        return self.model.objects.filter(self.month(month), **{province: month.run.province_id})

    def visible(self, month, post):
        mine = self.model.objects.visible_to(post)
        return mine.filter(pk__in=self.rows(month).values("pk"))
