"""Ordinary cells: numbers, dates, yes and no, code lists. Each reader takes the cell's text and
gives the text that COPY takes, or raises ``Bad``. A blank cell never gets here."""

import json
import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache

from households.national import words
from households.national.identifiers import Bad, by_excel, check_birth

NULL = r"\N"
_PLAIN = re.compile(r"[0-9]{1,6}(\.[0-9]{1,2})?")
_UNITS = re.compile(r"(人民币|元/年|元|¥|￥|亩|个月|月|人|口|平方米)")
_PARTS = re.compile(r"[,，、;；/|+\s和]+")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?(?:[ T]?\d{1,2}:\d{2}.*)?")
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
EXCEL_DAY_0 = date(1899, 12, 30)
LIMITS = {
    "yuan": (0, 5_000_000),
    "yuan_or_loss": (-1_000_000, 2_000_000),
    "mu": (0, 10_000),
    "capital": (0, 10**11),  # yuan
    "area": (0, 100_000),  # square metres
}


def escape(text):
    """For COPY's text format."""
    if "\\" in text or "\t" in text or "\n" in text or "\r" in text:
        text = text.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ").replace("\r", " ")
    return text


def tidy(cell):
    """The cell without outer blanks and what cannot be seen; "" when it says nothing."""
    text = cell
    if cell.isascii():
        text = cell.strip()
    elif not cell.isalnum():
        text = _UNSEEN.sub("", cell.replace("\u3000", " ").replace("\xa0", " ")).strip()
    return "" if text in words.BLANK_WORDS else text


def folded(cell):
    text = tidy(cell)
    if text.isalnum() and unicodedata.is_normalized("NFKC", text):
        return text
    return "".join(unicodedata.normalize("NFKC", text).split())


def text(limit):
    def read(cell):
        value = " ".join(tidy(cell).split())
        if len(value) > limit:
            raise Bad("too_long", limit=limit)
        return escape(value)

    return read


def code(table):
    def read(cell):
        found = table.get(folded(cell))
        if found is None:
            raise Bad("unknown_code", allowed=list(dict.fromkeys(table))[:12])
        return found

    return read


def yes_no(cell):
    found = words.YES_NO.get(folded(cell).upper())
    if found is None:
        raise Bad("unknown_code", allowed=["是", "否"])
    return found


def school(cell):
    """-> (school, school_words)"""
    value = folded(cell)
    if value in words.SCHOOL_NONE:
        return "none", escape(words.SCHOOL_NONE[value])
    for code_, pattern in words.SCHOOL:
        if pattern.fullmatch(value):
            return code_, escape(value[:40])
    raise Bad("unknown_code", allowed=["非在校生", "小学五年级", "七年级", "高中一年级", "本科"])


def health(cell):
    """-> {field: t or f}, in whatever order and with whatever separator they come."""
    parts = {part for part in _PARTS.split(unicodedata.normalize("NFKC", tidy(cell))) if part}
    if not parts <= set(words.HEALTH):
        raise Bad("unknown_code", allowed=list(words.HEALTH))
    if "健康" in parts and len(parts) > 1:
        raise Bad("health_contradicts")
    found = {words.HEALTH[part] for part in parts}
    return {field: "t" if field in found else "f" for field in words.HEALTH.values() if field}


def several(table):
    """Words of a list, separated somehow. -> list"""

    def read(cell):
        parts = [part for part in _PARTS.split(unicodedata.normalize("NFKC", tidy(cell))) if part]
        if any(part not in table for part in parts):
            raise Bad("unknown_code", allowed=list(dict.fromkeys(table))[:14])
        return [table[part] for part in parts]

    return read


def array(parts):
    """A PostgreSQL array of words from our tables, as COPY takes it."""
    inside = ",".join(json.dumps(part, ensure_ascii=False) for part in dict.fromkeys(parts))
    return "{" + inside.replace("\\", "\\\\") + "}"


def _decimal(cell):
    value = unicodedata.normalize("NFKC", tidy(cell)).replace(",", "").replace("，", "")
    value = _UNITS.sub("", "".join(value.split()))
    if by_excel(value):
        raise Bad("number_by_excel")
    if value in ("无", "没有"):
        raise Bad("none_or_unknown")
    if value.endswith("%"):
        raise Bad("percent")
    if not re.fullmatch(r"[-+−]?\d+(\.\d+)?", value):
        raise Bad("not_a_number")
    return Decimal(value.replace("−", "-"))


def amount(kind):
    low, high = LIMITS[kind]
    places = Decimal("0.01")

    def read(cell):
        if _PLAIN.fullmatch(cell) and kind != "mu":
            return cell
        try:
            value = _decimal(cell).quantize(places, ROUND_HALF_UP)
        except InvalidOperation:
            raise Bad("not_a_number") from None
        if not low <= value <= high:
            raise Bad("negative" if value < 0 <= low else "out_of_range", low=low, high=high)
        return str(value)

    return read


def months(cell):
    value = _decimal(cell)
    if not 0 <= value <= 12:
        raise Bad("out_of_range", low=0, high=12)
    return str(value.quantize(Decimal("0.1"), ROUND_HALF_UP))


def count(cell):
    value = _decimal(cell)
    if value != value.to_integral() or not 1 <= value <= 50:
        raise Bad("out_of_range", low=1, high=50)
    return str(int(value))


def _year_month_day(cell):
    """-> (year, month, day or None). Months by YYYYMM, days in any usual way, Excel serials."""
    value = unicodedata.normalize("NFKC", tidy(cell))
    compact = "".join(value.split())
    if re.fullmatch(r"\d{5}(\.\d+)?", compact) and 20000 <= float(compact) <= 60000:
        day = EXCEL_DAY_0 + timedelta(days=int(float(compact)))
        return day.year, day.month, day.day
    if re.fullmatch(r"\d{6}(\.0)?", compact):
        return int(compact[:4]), int(compact[4:6]), None
    if re.fullmatch(r"\d{8}", compact):
        return int(compact[:4]), int(compact[4:6]), int(compact[6:])
    if found := _DATE.fullmatch(value) or _DATE.fullmatch(compact):
        year, month, day = found.groups()
        return int(year), int(month), int(day) if day else None
    raise Bad("date_wrong")


def _as_date(year, month, day, today):
    try:
        found = date(year, month, day)
    except ValueError:
        raise Bad("date_impossible") from None
    if not 1900 <= year <= 2100:
        raise Bad("date_impossible")
    if found.isoformat() > today:
        raise Bad("date_future")
    return found.isoformat()


def dated(today):
    def read(cell):
        year, month, day = _year_month_day(cell)
        return _as_date(year, month, day or 1, today)

    return read


def birth(today):
    """A day of birth; a month alone is not one."""

    def read(cell):
        year, month, day = _year_month_day(cell)
        if day is None:
            raise Bad("birth_needs_day")
        iso = f"{year:04d}-{month:02d}-{day:02d}"
        check_birth(iso, today)
        return iso

    return read


def month_first(cell):
    year, month, _day = _year_month_day(cell)
    return _as_date(year, month, 1, "9999")


def month_last(cell):
    year, month, _day = _year_month_day(cell)
    if not 1 <= month <= 12:
        raise Bad("date_impossible")
    return _as_date(year, month, monthrange(year, month)[1], "9999")


@cache
def is_twelve_months(first, last):
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return (end.year - start.year) * 12 + end.month - start.month == 11


def year(today):
    def read(cell):
        value = folded(cell).rstrip("年").removesuffix("度").rstrip("年")
        if len(value) >= 6:
            value = str(_year_month_day(cell)[0])
        if not re.fullmatch(r"\d{4}", value):
            raise Bad("date_wrong")
        if not 2013 <= int(value) <= int(today[:4]):
            raise Bad("out_of_range", low=2013, high=int(today[:4]))
        return value

    return read
