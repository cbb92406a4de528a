"""A column's reader: from the cell's text to a piece of JSON, remembering what it has read.

Numbers, dates and code lists are understood as in the national export; only the words of
departments' own lists are added here.
"""

import json
import re

from households.national import values
from households.national.cells import check_no_formula, reader
from households.national.identifiers import Bad
from households.national.values import NULL, escape, folded, tidy

_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,2})?")
REMEMBERED = 20_000  # values of a column
_YES = """
在享 正常 享受 在保 正常参保 参保 已参保 参保缴费 已缴费 缴费 新增 是 有 领取 正常领取 待遇领取
受威胁 在册 1 Y √
"""
_NO = """
停发 停保 暂停 暂停参保 终止 终止参保 取消 退出 清退 注销 未参保 断保 未缴费 欠费 中断 否 无 不享受
未享受 停止 已消除 已搬离 死亡 0 N ×
"""
GRANTED = dict.fromkeys(_YES.split(), "true") | dict.fromkeys(_NO.split(), "false")
EPIDEMIC = {
    "确诊": "confirmed",
    "确诊病例": "confirmed",
    "疑似": "suspected",
    "疑似病例": "suspected",
    "无症状感染者": "carrier",
    "隔离": "isolated",
    "集中隔离": "isolated",
    "居家隔离": "isolated",
    "密切接触者": "isolated",
    "治愈": "cured",
    "治愈出院": "cured",
    "出院": "cured",
    "死亡": "died",
}
PASSED = {"达标": "t", "合格": "t", "安全": "t", "基本达标": "t", "基本安全": "t",
          "不达标": "f", "未达标": "f", "不合格": "f", "不安全": "f"}  # fmt: skip
# What the readers give, as JSON: the text of a number or of true and false stands as it is.
_NUMBERS = {"yuan", "capital", "area", "months", "disability_grade"}
_TRUTH = {"t": "true", "f": "false"}


def _word(table):
    def read(cell):
        found = table.get(folded(cell))
        if found is None:
            raise Bad("unknown_code", allowed=list(table)[:12])
        return found

    return read


def _yes_no(cell):
    return PASSED.get(folded(cell)) or values.yes_no(cell)


_OWN = {"granted": _word(GRANTED), "epidemic": _word(EPIDEMIC), "yes_no": _yes_no}


def _stage(cell):
    """A school stage, or that somebody is not at school: two facts of one cell."""
    school, words = values.school(cell)
    return f'"school": {json.dumps(school)}, "school_words": {_text(words)}'


def _text(said):
    return json.dumps(said, ensure_ascii=False)


def pieces(column, today):
    """The function that reads a cell of ``column`` into ``"name": value``."""
    if column.kind == "stage":
        return _stage
    read = _OWN.get(column.kind) or reader(column.kind, column, today)
    start = f'"{column.field}": '
    if column.kind == "granted":
        return lambda cell: start + read(cell)
    if column.kind == "yes_no":
        return lambda cell: start + _TRUTH[read(cell)]
    if column.kind in _NUMBERS:
        return lambda cell: start + _number(read(cell))
    return lambda cell: start + _text(tidy(read(cell)))


def to_add_up(column, today):
    """The same for what adds up: an amount in cents, a day as the number of its month."""
    read = reader(column.kind, column, today)
    if column.kind == "yuan":
        return lambda cell: f"{float(read(cell)) * 100:.0f}"
    return lambda cell: "".join(read(cell).split("-")[:2])


# Most amounts are plain ones and hardly any comes twice: read at a glance, not remembered.


def _plain_cents(raw):
    """12.50 as 1250; "" where it is written otherwise."""
    digits = raw[:-3] + raw[-2:] if raw[-3:-2] == "." and 3 < len(raw) < 10 else ""
    return digits if digits.isdecimal() and digits.isascii() else ""


def _plain_amount(field):
    start = f'"{field}": '
    return lambda raw: start + raw if _AMOUNT.fullmatch(raw) else ""


def _number(said):
    """JSON knows no 007 and no +5."""
    return re.sub(r"^\+?0*(?=\d)", "", said)


class Cells:
    """One column of the file: ``fresh(raw)`` is "", what COPY takes (a piece of JSON, or a number
    that ``adds_up``), or the ``Bad`` it is. ``blank``: what stands for nothing."""

    __slots__ = ("index", "column", "read", "known", "plain", "blank")

    def __init__(self, index, column, today, adds_up):
        self.index, self.column = index, column
        self.read = (to_add_up if adds_up else pieces)(column, today)
        self.known, self.blank = {"": ""}, NULL if adds_up else ""
        self.plain = None
        if column.kind == "yuan":
            self.plain = _plain_cents if adds_up else _plain_amount(column.field)

    def fresh(self, raw):
        if len(self.known) > REMEMBERED:
            self.known.clear()
        found = self.known[raw] = self._fresh(raw)
        return found

    def _fresh(self, raw):
        text = tidy(raw)
        if not text:
            return ""
        try:
            check_no_formula(text)
            return escape(self.read(raw))
        except Bad as bad:
            return bad
