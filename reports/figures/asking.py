"""What an address asks of figures: division, month or quarter, group, figure drawn, order."""

from datetime import date

from django.core.exceptions import PermissionDenied

from accounts.places import chosen
from monitoring.models import Run
from reports.figures import reading
from reports.figures.declared.steps import BY_KIND
from reports.figures.sources import Month
from reports.figures.table import BY_CODE, figures_for, groups_for

DRAWN_BESIDE = {"steps": BY_KIND}  # figures of a hidden group that its group may draw


def need_figures(post):
    """Figures are of divisions: for whoever sees one whole; and for departments, their own."""
    if post.role_row.sees not in ("division", "line"):
        raise PermissionDenied


def month_of(words):
    """``2020-06`` as the first day of the month; None for anything else."""
    try:
        return date.fromisoformat(f"{words}-01")
    except ValueError:
        return None


def seen(post, code):
    """The figure of this code, when ``post`` may be told it."""
    figure = BY_CODE.get(code)
    return figure if figure and figure.department == post.department else None


class Asked:
    """What it does not know counts as not asked."""

    def __init__(self, post, params):
        need_figures(post)
        self.post = post
        self.months = reading.months_of(post)
        self.place = chosen(post, params.get("division")) or post.division
        month = month_of(params.get("month"))
        self.month = month if month in self.months else next(iter(self.months), None)
        self.groups = groups_for(post)
        wanted = params.get("group")
        self.group = wanted if wanted in self.groups else next(iter(self.groups))
        self.figures = [one for one in figures_for(post) if one.group == self.group]
        self.drawn = self._drawn(seen(post, params.get("figure")))
        self.order = params.get("order", "")
        self.quarterly = params.get("span") == "quarter"

    def _drawn(self, figure):
        groups = (self.group, DRAWN_BESIDE.get(self.group))
        return figure if figure and figure.group in groups else self.figures[0]

    @property
    def compared(self):
        """The figures of the group that places may stand beside each other by."""
        return [one for one in self.figures if one.compared]

    @property
    def span(self):
        """The months that are told together."""
        if not self.quarterly:
            return [self.month]
        return [month for month in reading.quarter_of(self.month) if month <= self.month]

    def sorted(self, rows):
        figure = BY_CODE.get(self.order.lstrip("-"))
        if figure not in self.compared:
            return rows
        known = [row for row in rows if row["values"][figure.code].number is not None]
        known.sort(key=lambda row: row["values"][figure.code].number)
        if self.order.startswith("-"):
            known.reverse()
        return known + [row for row in rows if row["values"][figure.code].number is None]

    def rows_of(self, figure):
        """The rows that make up the figure in these months, as far as the post sees them."""
        runs = Run.objects.frozen().regular().filter(province=self.place.province_id)
        months = [Month(run) for run in runs.filter(month__in=self.span).order_by("month")]
        rows = figure.counted_in(months[-1:] if figure.stock else months, self.post)
        return rows if self.place == self.post.division else rows.within(self.place)

    def may_list(self, figure):
        """Whether its rows are listed: burdens never are (AH 6.3)."""
        return self.month is not None and figure is not None and figure.compared
