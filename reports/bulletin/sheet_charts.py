"""The charts of a bulletin in its workbook, each beside the numbers that it draws."""

from django.utils.translation import gettext as _

from reports.bulletin.charts import BARS, OUTLINE
from reports.bulletin.word_charts import write_numbers
from reports.figures.table import SHARE

FONT = {"name": "宋体", "size": 10}
LEAST = 18  # rows that a chart takes
A4 = 9  # as a workbook calls it


def add_charts(book, charts):
    sheet = book.add_worksheet(str(_("charts")))
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 2, 14)
    print_across(sheet)
    bold, row, breaks = book.add_format({"bold": True}), 0, []
    for chart in charts:
        sheet.write_string(row, 0, chart.title, bold)
        write_numbers(book, sheet, chart, row + 1)
        bars = len(chart.names) * len(chart.series)
        rows = max(LEAST, len(chart.names) + 2, bars + 4 if chart.kind == BARS else 0)
        drawn = _drawn(book, sheet.get_name(), chart, row + 1)
        drawn.set_size({"width": 640, "height": 20 * rows})
        sheet.insert_chart(row + 1, 4, drawn, {"description": chart.title})
        row += rows + 3
        breaks.append(row)
    sheet.set_h_pagebreaks(breaks[:-1])


def print_across(sheet):
    """A4 lying; so much smaller that a chart and its numbers are one page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_print_scale(70)


def _drawn(book, page, chart, heads):
    at = "outside_end" if chart.kind == BARS else "above"
    drawn = book.add_chart({"type": "bar" if chart.kind == BARS else "line"})
    first, last = heads + 1, heads + len(chart.names)
    for column, one in enumerate(chart.series, start=1):
        drawn.add_series({
            "name": [page, heads, column],
            "categories": [page, first, 0, last, 0],
            "values": [page, first, column, last, column],
            "data_labels": {
                "value": True, "num_format": one.number_format, "font": FONT, "position": at
            },
            **_look(chart, one),
        })  # fmt: skip
    drawn.set_title({"name": chart.title, "name_font": {"name": "黑体", "size": 12, "bold": False}})
    axis = {"num_font": FONT, "major_gridlines": {"visible": False}}
    names = axis | ({"reverse": True} if chart.kind == BARS else {})
    numbers = axis | {"visible": False, "min": 0} | ({"max": 1} if chart.unit == SHARE else {})
    # Of bars the names stand on the upright axis.
    across, upright = (numbers, names) if chart.kind == BARS else (names, numbers)
    drawn.set_x_axis(across)
    drawn.set_y_axis(upright)
    drawn.set_legend(
        {"none": True} if len(chart.series) == 1 else {"position": "top", "font": FONT}
    )
    return drawn


def _look(chart, one):
    outline = {"color": f"#{OUTLINE}", "width": 0.75}
    if chart.kind == BARS:
        return {"fill": {"color": f"#{one.fill}"}, "border": outline, "gap": 50}
    mark = {"type": "circle", "size": 6, "fill": {"color": f"#{OUTLINE}"}, "border": outline}
    return {"line": outline | {"width": 1.75}, "marker": mark}
