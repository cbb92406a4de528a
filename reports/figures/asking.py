"""What an address asks of figures: division, month or quarter, group, figure drawn, order."""

from datetime import date

from django.core.exceptions import PermissionDenied

from accounts.models.divisions import Level
from accounts.places import chosen
from monitoring.models import Run
from reports.figures import reading
from reports.figures.declared.steps import BY_KIND
from reports.figures.sources import Month
from reports.figures.table import BY_CODE, OVERSEEN, figures_for, groups_for, is_told

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
    return figure if figure and is_told(post, figure) else None


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
        self.overseen = self.group == OVERSEEN
        self.figures = [one for one in figures_for(post) if self._is_of_group(one)]
        self.drawn = self._drawn(seen(post, params.get("figure")))
        self.order = params.get("order", "")
        self.quarterly = params.get("span") == "quarter"

    def _is_of_group(self, figure):
        if self.overseen:
            return bool(figure.department)
        return figure.group == self.group and figure.department == self.post.department

    def _drawn(self, figure):
        beside = figure and figure.group == DRAWN_BESIDE.get(self.group)
        return figure if beside or figure in self.figures else self.figures[0]

    def stands_beside(self, figure):
        """Whether the places below have the figure, and may stand beside each other by it."""
        level = min(self.place.level + 1, Level.VILLAGE)
        return figure.compared and level <= figure.deepest

    @property
    def compared(self):
        """The figures of the group that the table by division shows; of departments the drawn."""
        figures = [self.drawn] if self.overseen else self.figures
        return [one for one in figures if self.stands_beside(one)]

    @property
    def lined(self):
        """Whether the table by division draws the line of the drawn figure."""
        return self.stands_beside(self.drawn)

    @property
    def apart(self):
        """Those of the group that are told of the place alone."""
        return [] if self.overseen else [one for one in self.figures if one not in self.compared]

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
