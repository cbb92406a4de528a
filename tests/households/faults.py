"""Files in the shape of the national export, good ones and spoilt ones, built row by row."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import xlsxwriter

from households import importing
from households.models import Refusal
from tests.cast import NOW

DATA = Path(__file__).parent.parent / "data"
SAMPLE = DATA / "national-export-sample.gb18030.csv"
TITLES = [["（自定义）脱贫户及边缘户信息"], ["导出时间：2020-06-25    单位：元、人"]]
HEADER = SAMPLE.read_bytes().decode("gb18030").splitlines()[2].split(",")
FAMILY = [
    dict(zip(HEADER, line.split(","), strict=True))
    for line in SAMPLE.read_bytes().decode("gb18030").splitlines()[3:6]
]
PLACES = {
    "豹迹岩": ("六安市", "金寨县", "汤家汇镇", "豹迹岩村"),
    "斗林": ("六安市", "金寨县", "汤家汇镇", "斗林村"),
    "漆店": ("六安市", "金寨县", "斑竹园镇", "漆店村"),
    "迎驾厂": ("六安市", "霍山县", "衡山镇", "迎驾厂村"),
}
PLACE_COLUMNS = HEADER[:4]
SIZE, KIND, CLASS, CARD = "人数", "户类型", "脱贫户分类", "残疾证号"
NUMBER, PERSON, NAME, ID, RELATION = "户编号", "人编号", "姓名", "证件号码", "与户主关系"


def an_id(first17):
    """GB 11643, written down once more and plainly."""
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    rest = sum(int(digit) * weight for digit, weight in zip(first17, weights, strict=True)) % 11
    return first17 + "10X98765432"[rest]


class Export:
    """Households of three in the cast's villages. ``rows`` are dicts by column name; the first
    person stands in row 4, as Excel counts."""

    first_row = 4

    def __init__(self, households=2, place="豹迹岩", start=1):
        self.header = list(HEADER)
        self.titles = [list(row) for row in TITLES]
        self.rows = []
        for number in range(start, start + households):
            self.family(number, place)

    def family(self, number, place="豹迹岩"):
        household = f"341524{number:08d}"
        for person, model in enumerate(FAMILY, start=1):
            row = dict(model) | dict(zip(PLACE_COLUMNS, PLACES[place], strict=True))
            row |= {NUMBER: household, PERSON: f"{household}{person:02d}"}
            row[NAME] = f"{'王李张刘陈'[number % 5]}{'大山 秀兰 小军'.split()[person - 1]}"
            born = ["19720426", "19740127", "19980123"][person - 1]
            odd = 1 if person != 2 else 0
            row[ID] = an_id(f"341524{born}{(number * 2 + odd) % 1000:03d}")
            self.rows.append(row)
        return self.rows[-3:]

    def at(self, index):
        """The row of the file, as Excel counts, of ``rows[index]``."""
        return self.first_row + index

    def household(self, index, **values):
        """Sets cells on all rows of the household that ``rows[index]`` belongs to."""
        number = self.rows[index][NUMBER]
        for row in self.rows:
            if row[NUMBER] == number:
                row |= values
        return self

    def table(self):
        body = [[row.get(name, "") for name in self.header] for row in self.rows]
        return [*self.titles, self.header, *body]

    def csv(self, encoding="utf-8"):
        out = io.StringIO()
        csv.writer(out).writerows(self.table())
        return out.getvalue().encode(encoding)

    def xlsx(self, sheet="户及人信息"):
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
            page = book.add_worksheet(sheet)
            for line, row in enumerate(self.table()):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(line, column, cell)
                    else:
                        page.write(line, column, cell)
        return out.getvalue()


def keep(content, division, *, by=None, name="export.csv", exported_on=None):
    return importing.keep_file(
        file=io.BytesIO(content), name=name, division=division, by=by, at=NOW,
        exported_on=exported_on,
    )  # fmt: skip


def load(cast, export, *, by=None, dry=False, name="export.csv", exported_on=None, at=NOW):
    """Imports an ``Export`` or bytes as the county (or ``by``); gives the import."""
    content = export if isinstance(export, bytes) else export.csv()
    post = by or cast.county
    imported = keep(content, post.division, by=post, name=name, exported_on=exported_on)
    if dry:
        return importing.check_import(imported, progress=silent, at=at)
    return importing.load_import(imported, progress=silent, by=post.officer, at=at)


def silent(share, rows, stage):
    pass


def refusals(imported):
    """[(row, column, reason)] of an import."""
    return list(Refusal.objects.filter(of_import=imported).values_list("row", "column", "reason"))


def on(year, month, day):
    return date(year, month, day)


def bomb():
    """A workbook whose sheet unpacks to a gigabyte and a half of nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _turn in range(96):
                part.write(b" " * (16 << 20))
    return out.getvalue()


def lying_sheet():
    """A small workbook with a cell at the far corner, so that the full grid would be 17 billion."""
    source = io.BytesIO(Export(1).xlsx())
    out = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                data = data.replace(b"</sheetData>", far)
            new.writestr(part, data)
    return out.getvalue()
