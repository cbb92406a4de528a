"""Reading a year of working days from .csv or .xlsx: every fault of it, before anything is loaded.

Columns: date, works/rest, name. The lines are those that the State Council's notice names: the
days of rest and the make-up days; lines of plain weekdays may stand there as well.
"""

import csv
import io
import re
import zipfile
from datetime import date, datetime
from typing import NamedTuple

import openpyxl
from django.utils.translation import gettext as _

from accounts.calendars import worked_holidays

COLUMNS = {
    "day": ("date", "day", "日期"),
    "works": ("works/rest", "works", "上班/休息", "上班或休息", "类型"),
    "name": ("name", "holiday", "名称", "节日"),
}
WORDS = {
    "works": True, "work": True, "上班": True, "补班": True, "班": True,
    "rest": False, "rests": False, "休息": False, "放假": False, "休": False,
}  # fmt: skip
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
FORMULA = ("=", "+", "-", "@")  # a spreadsheet would take it for one
MOST_BYTES = 1_000_000
MOST_UNPACKED = 20_000_000
MOST_LINES = 1000


class Fault(NamedTuple):
    line: int  # 0 for the file as a whole
    value: str
    why: str
    todo: str


class Line(NamedTuple):
    number: int
    day: date
    works: bool
    name: str


def read(raw, name, year):
    """``(days, faults)``; ``days`` is what ``load_calendar`` takes when there is no fault."""
    try:
        rows = _workbook(raw) if name.lower().endswith(".xlsx") else _csv(raw)
    except _Unreadable as unreadable:
        return [], [Fault(0, "", *unreadable.args)]
    header = _header(rows)
    if faults := _missing_columns(header):
        return [], faults
    lines, faults = [], []
    for number, cells in rows[1:]:
        if any(cells):
            _take(number, cells, header, year, lines, faults)
    days = [line[1:] for line in lines]
    return days, sorted(faults + ([] if faults else _missing_holidays(year, days)))


class _Unreadable(Exception):
    """Why, and what to do."""


def _csv(raw):
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise _Unreadable(_("The text cannot be read."), _("Save the table as .csv in UTF-8."))
    try:
        reader = csv.reader(io.StringIO(text, newline=""))
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error:
        raise _Unreadable(
            _("This is no .csv table."), _("Save the table as .csv or .xlsx.")
        ) from None
    return _not_too_many(rows)


def _workbook(raw):
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise _too_long()
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_LINES + 1, max_col=20, values_only=True)
        return _not_too_many(
            [(number, [_text(cell) for cell in cells]) for number, cells in enumerate(rows, 1)]
        )
    except _Unreadable:
        raise
    except Exception:  # a damaged workbook fails in as many ways as it has parts
        raise _Unreadable(
            _("This workbook cannot be opened."), _("Save it again as .xlsx, without a password.")
        ) from None


def _not_too_many(rows):
    if len(rows) > MOST_LINES:
        raise _too_long()
    if not rows:
        raise _Unreadable(_("The file is empty."), _("Write one line for each day of the notice."))
    return rows


def _too_long():
    return _Unreadable(
        _("The file is longer than a year can be."), _("Leave only the days of one year in it.")
    )


def _text(cell):
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    return "" if cell is None else str(cell).strip()


def _header(rows):
    """Where each column stands: {column: place}."""
    titles = [title.lower() for title in rows[0][1]]
    return {
        column: next(place for place, title in enumerate(titles) if title in names)
        for column, names in COLUMNS.items()
        if set(names) & set(titles)
    }


def _missing_columns(header):
    return [
        Fault(
            1,
            names[0],
            _("This column is missing."),
            _("Write it into the first line: %(names)s.") % {"names": " / ".join(names)},
        )
        for column, names in COLUMNS.items()
        if column not in header
    ]


def _take(number, cells, header, year, lines, faults):
    """Adds a line, or what is wrong with it."""
    cells = {column: cells[place] if place < len(cells) else "" for column, place in header.items()}
    day, works = _day(cells["day"]), WORDS.get(cells["works"].lower())
    before = len(faults)
    if fault := _fault_of_day(day, cells["day"], year, lines):
        faults.append(Fault(number, cells["day"], *fault))
    if works is None:
        why = _("It does not say whether the day is worked.")
        faults.append(Fault(number, cells["works"], why, _("Write works or rest.")))
    elif day and works != (day.weekday() < 5) and not cells["name"]:
        why = _("The day differs from a plain week and has no name.")
        faults.append(Fault(number, cells["day"], why, _("Write the holiday it belongs to.")))
    if len(cells["name"]) > 40 or cells["name"].startswith(FORMULA):
        why = _("This is no name of at most 40 characters.")
        faults.append(Fault(number, cells["name"][:20], why, _("Write the holiday's name.")))
    if len(faults) == before:
        lines.append(Line(number, day, works, cells["name"]))


def _fault_of_day(day, text, year, lines):
    if day is None:
        return _("This is no day."), _("Write it as %(day)s.") % {"day": f"{year}-10-01"}
    if day.year != year:
        return (
            _("The day is not in %(year)s.") % {"year": year},
            _("Mend the day, or choose the other year."),
        )
    earlier = next((line.number for line in lines if line.day == day), None)
    if earlier:
        return (
            _("The day stands already in line %(line)s.") % {"line": earlier},
            _("Keep one of the two lines."),
        )
    return None


def _day(text):
    parts = DAY.fullmatch(text) or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)
    try:
        return date(*map(int, parts.groups())) if parts else None
    except ValueError:
        return None


def _missing_holidays(year, days):
    return [
        Fault(
            0,
            day.isoformat(),
            _("A public holiday of every year is missing, or called worked."),
            _("Load the year whole: every day that the notice names."),
        )
        for day in worked_holidays(year, days)
    ]
