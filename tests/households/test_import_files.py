"""Whole files: shapes that are understood, files that are refused, and the two real samples."""

import csv
import io
import random
import time
from datetime import date

import openpyxl
import pytest

from accounts.models import Division
from households.models import Household, ImportState, Member
from households.national import staging
from tests.cast import COLUMNS
from tests.households.faults import (
    DATA,
    HEADER,
    ID,
    NUMBER,
    Export,
    bomb,
    load,
    lying_sheet,
    refusals,
)


@pytest.fixture
def real_villages(cast):
    """The townships and villages of the samples."""
    book = openpyxl.load_workbook(DATA / "national-export-sample.xlsx", read_only=True)
    rows = list(book.active.iter_rows(min_row=4, values_only=True))
    county = cast.divisions["341524000000"]
    for number, (township, village) in enumerate(sorted({row[2:4] for row in rows if row[0]})):
        above = Division.objects.filter(name=township, county=county, level=4).first()
        above = above or divide(county, f"3415242{number:02d}000", township, 4)
        full = village + {"区": "居委会", "村": "委会"}.get(village[-1], "")
        if not Division.objects.filter(name=full, township=above).exists():
            divide(above, f"3415242{number:02d}300", full, 5)
    return cast


def divide(parent, code, name, level):
    made = Division.objects.create(code=code, name=name, level=level, parent=parent)
    for column in COLUMNS[: level - 1]:
        setattr(made, column, getattr(parent, column))
    setattr(made, COLUMNS[level - 1], made)
    made.save()
    return made


def test_the_sample_workbook(real_villages):
    content = (DATA / "national-export-sample.xlsx").read_bytes()
    imported = load(real_villages, content, name="sample.xlsx")
    assert (imported.problem, refusals(imported)) == ("", [])
    assert imported.exported_on == date(2020, 6, 25)
    assert (Household.objects.count(), Member.objects.count()) == (16, 45)
    assert Household.objects.filter(status="edge").count() == 3
    poor = Household.objects.get(incomes__stated_per_capita="4999.99")
    assert poor.exited_class == "monitored"
    pupil = Member.objects.get(school="primary")
    assert pupil.school_words == "小学五年级"
    assert Household.objects.filter(house_material="earth").count() == 1


def test_the_sample_csv_after_the_workbook_changes_nothing(real_villages):
    load(real_villages, (DATA / "national-export-sample.xlsx").read_bytes(), name="sample.xlsx")
    content = (DATA / "national-export-sample.gb18030.csv").read_bytes()
    imported = load(real_villages, content)
    assert (imported.counts["households"]["unchanged"], refusals(imported)) == (6, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(cast, encoding):
    assert load(cast, Export(1).csv(encoding)).counts["members"]["new"] == 3


def _quoted(text):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(csv.reader(io.StringIO(text, newline="")))
    return out.getvalue()


@pytest.mark.parametrize(
    "written",
    [
        str,
        lambda text: text.replace("\r\n", "\n"),
        lambda text: text.replace("\r\n", "\r"),
        lambda text: text.replace("\r\n", "\n").rstrip("\n"),
        _quoted,
    ],
    ids=["as Excel", "as Unix", "as old Macs", "without a last end", "all quoted"],
)
def test_ends_of_lines_and_quotes(cast, monkeypatch, written):
    """However a table is written, its rows keep their numbers, over chunks and processes too."""
    monkeypatch.setattr(staging, "LARGE", 1)
    monkeypatch.setattr("households.national.reading.CHUNK", 5)
    monkeypatch.setattr("households.national.reading.BLOCK", 700)
    export = Export(4)
    export.rows[10]["工资性收入"] = "很多"
    imported = load(cast, written(export.csv().decode()).encode("gb18030"))
    assert refusals(imported) == [(14, "工资性收入", "not_a_number")]
    assert imported.counts["members"]["new"] == 12


def test_columns_in_any_order(cast):
    export = Export(2)
    random.Random(4).shuffle(export.header)
    assert refusals(load(cast, export)) == []
    assert load(cast, Export(2)).counts["households"]["unchanged"] == 2


@pytest.mark.parametrize("titles", [0, 1, 2, 5])
def test_the_header_is_found_under_any_titles(cast, titles):
    export = Export(1)
    export.titles = [["导出时间：2020-06-25"], *[["某县扶贫办"]] * 4][:titles]
    imported = load(cast, export, name="export_20200625.csv")
    assert imported.columns["row"] == titles + 1
    assert imported.counts["members"]["new"] == 3


def test_headers_in_other_words(cast):
    export = Export(1)
    others = [(ID, "身份证号码"), ("县(市、区、旗)", "县（市、区）"), ("乡(镇)", "乡镇")]
    for name, other in [*others, (NUMBER, " 户 编 号 ")]:
        export.header[export.header.index(name)] = other
        for row in export.rows:
            row[other] = row[name]
    assert refusals(load(cast, export)) == []


def test_numbers_instead_of_text_in_a_workbook(cast):
    export = Export(1)
    for row in export.rows:
        row |= {"务工时间(月)": 8, "工资性收入": 38000.5, "人数": 3, NUMBER: int(row[NUMBER])}
    export.rows[0][ID] = int(export.rows[0][ID][:17] + "0")
    imported = load(cast, export.xlsx(), name="export.xlsx")
    assert refusals(imported) == [(4, ID, "id_by_excel")]
    assert str(Household.objects.get().incomes.get().wage) == "38000.50"


def test_merged_cells_say_the_same_for_all_their_rows(cast):
    book = openpyxl.load_workbook(io.BytesIO(Export(1).xlsx()))
    for column in (HEADER.index(NUMBER) + 1, HEADER.index("行政村") + 1):
        book.active.merge_cells(start_row=4, end_row=6, start_column=column, end_column=column)
    out = io.BytesIO()
    book.save(out)
    imported = load(cast, out.getvalue(), name="export.xlsx")
    assert (refusals(imported), imported.counts["members"]["new"]) == ([], 3)


def test_the_day_is_in_the_title_or_the_name_or_given(cast):
    export = Export(1)
    export.titles = [["脱贫户信息"]]
    assert load(cast, export).state == ImportState.REFUSED
    assert load(cast, export, name="户信息_20200626.csv").exported_on == date(2020, 6, 26)
    given = load(cast, export, exported_on=date(2020, 6, 27))
    assert given.exported_on == date(2020, 6, 27)


@pytest.mark.parametrize("column", [NUMBER, "姓名", ID, "与户主关系", "户类型", "行政村"])
def test_missing_needed_columns_are_named(cast, column):
    export = Export(1)
    export.header.remove(column)
    imported = load(cast, export)
    assert imported.state == ImportState.REFUSED
    assert column in imported.problem
    assert imported.columns["missing"] == [column]


def test_the_township_is_not_needed_by_a_township(cast):
    export = Export(1)
    for name in HEADER[:3]:
        export.header.remove(name)
    assert refusals(load(cast, export, by=cast.township)) == []


def refused_files():
    good = Export(1).xlsx()
    table = Export(1)
    table.rows = []
    twice = Export(1)
    twice.header.append("身份证号")
    two = openpyxl.load_workbook(io.BytesIO(good))
    two.copy_worksheet(two.active)
    both = io.BytesIO()
    two.save(both)
    return {
        "empty": (b"", "export.csv"),
        "only blanks": (b"\r\n,,\r\n", "export.csv"),
        "only a header": (table.csv(), "export.csv"),
        "no header": ("甲,乙\r\n1,2\r\n".encode(), "export.csv"),
        "a NUL": (b"a,b\0c\r\n", "export.csv"),
        "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "export.csv"),
        "no characters": (b"\xff\xfe\xff,\x81\r\n", "export.csv"),
        "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "export.xls"),
        "broken zip": (good[:400], "export.xlsx"),
        "broken sheet": (good.replace(b"PK\x03\x04", b"PK\x03\x05", 3), "export.xlsx"),
        "text named xlsx": (Export(1).csv(), "export.xlsx"),
        "two meanings": (twice.csv(), "export.csv"),
        "two sheets": (both.getvalue(), "export.xlsx"),
    }


@pytest.mark.parametrize("what", refused_files())
def test_files_that_are_refused_with_a_sentence(cast, what):
    content, name = refused_files()[what]
    imported = load(cast, content, name=name)
    assert imported.state == ImportState.REFUSED
    assert imported.problem.endswith((".", "。"))
    assert not Household.objects.exists()


@pytest.mark.parametrize("file", [bomb, lying_sheet])
def test_bombs_end_soon_with_a_sentence(cast, file):
    content = file()
    assert len(content) < 4_000_000
    started = time.process_time()
    imported = load(cast, content, name="export.xlsx")
    assert imported.state == ImportState.REFUSED
    assert time.process_time() - started < 10


def test_macros_are_refused(cast):
    import zipfile

    content = io.BytesIO(Export(1).xlsx())
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert load(cast, content.getvalue(), name="export.xlsm").state == ImportState.REFUSED


def test_five_hundred_rows_by_two_processes(cast, monkeypatch):
    """A household whose rows stand in different chunks is still one household."""
    monkeypatch.setattr(staging, "LARGE", 1)
    monkeypatch.setattr("households.national.reading.CHUNK", 40)
    export = Export(170)
    assert len(export.rows) == 510
    random.Random(1).shuffle(export.rows)
    imported = load(cast, export)
    assert refusals(imported) == []
    assert imported.counts["rows"] == 510
    assert (Household.objects.count(), Member.objects.count()) == (170, 510)
    monkeypatch.setattr(staging, "LARGE", 1 << 30)
    assert load(cast, Export(170)).counts["households"]["unchanged"] == 170


def test_a_fault_of_a_parsing_process_loads_nothing(cast, monkeypatch):
    monkeypatch.setattr(staging, "LARGE", 1)
    monkeypatch.setattr("households.national.parsing.Parser.parse", lambda *_given: 1 / 0)
    with pytest.raises(staging.NoWorker):
        load(cast, Export(1))
    assert not Household.objects.exists()
