"""Papers as Word documents, by the rules of official documents (GB/T 9704 as offices use it).

A4, margins 37/28/35/26 mm, lines of exactly 28 pt, the official faces by name: they are not free,
so they are not embedded, and an office's computer has them. A face for Chinese is set on every run
(``w:eastAsia``): without it the reader takes its own.
"""

from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
TITLE, BODY, CELL, SMALL = 22, 16, 12, 10.5  # pt
LINE, CELL_LINE = 28, 18  # pt


@dataclass(frozen=True)
class Type:
    """Sizes and lines in pt, ``margins`` (top, bottom, left, right) in mm."""

    title: float
    body: float
    cell: float
    small: float
    line: float
    cell_line: float
    margins: tuple

    @property
    def width(self):
        """mm between the margins"""
        return 210 - self.margins[2] - self.margins[3]


OFFICIAL = Type(TITLE, BODY, CELL, SMALL, LINE, CELL_LINE, (37, 35, 28, 26))
LARGE = Type(26, 18, 16, 13, 32, 25, (20, 20, 18, 18))  # the household's own sheet
LEFT, CENTRE, RIGHT = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
)


def docx_of(sheet, at):
    """The bytes of the document; the same sheet gives the same words as its print page."""
    return Writer(sheet, at).written()


class Writer:
    def __init__(self, sheet, at):
        self.sheet, self.document = sheet, Document()
        self.type = LARGE if sheet.large else OFFICIAL
        self._set_page()
        self._set_notes(at)

    def written(self):
        sizes = self.type
        self.paragraph(self.sheet.title, SONG, sizes.title, CENTRE, after=10)
        self.paragraph(self.sheet.number, FANG, sizes.cell, RIGHT, line=sizes.cell_line)
        for block in self.sheet.blocks:
            getattr(self, block.part)(block)
        self.paragraph(self.sheet.printed, FANG, sizes.small, RIGHT, line=sizes.cell_line)
        file = BytesIO()
        self.document.save(file)
        return file.getvalue()

    def _set_page(self):
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        top, bottom, left, right = map(Mm, self.type.margins)
        section.top_margin, section.bottom_margin = top, bottom
        section.left_margin, section.right_margin = left, right
        for language in self.document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")
        footer = section.footer.paragraphs[0]
        footer.alignment = CENTRE
        run(footer, "— ", FANG, 14)
        _page_number(run(footer, "", FANG, 14))
        run(footer, " —", FANG, 14)

    def _set_notes(self, at):
        notes = self.document.core_properties
        notes.author = notes.last_modified_by = notes.comments = ""
        notes.title, notes.created, notes.modified = self.sheet.title, at, at

    # The blocks.

    def text(self, block):
        indent = 2 if block.style == "body" else 0
        side = RIGHT if block.style == "right" else LEFT
        self.paragraph(block.words, FANG, self.type.body, side, indent=indent)

    def heading(self, block):
        self.paragraph(block.words, HEI, self.type.body, LEFT, keep=True)

    def facts(self, block):
        table = self.table_of([3, 3, 3, 3])
        for pairs in block.rows:
            cells = table.add_row().cells
            if len(pairs) == 1:
                cells = cells[0], cells[1].merge(cells[3])
            for n, (label, value) in enumerate(pairs):
                self.fill(cells[2 * n], label, HEI, CENTRE)
                self.fill(cells[2 * n + 1], value, FANG)
        self.finish(table)

    def table(self, block):
        table = self.table_of(block.widths)
        head = table.add_row()
        repeat(head)
        for cell, words in zip(head.cells, block.head, strict=True):
            self.fill(cell, words, HEI, CENTRE)
        for row in block.all_rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                self.fill(cell, words, FANG)
        self.finish(table)

    def room(self, block):
        table = self.table_of([3, 9])
        row = table.add_row()
        row.height, row.height_rule = Mm(30), WD_ROW_HEIGHT_RULE.AT_LEAST
        self.fill(row.cells[0], block.label, HEI, CENTRE)
        self.fill(row.cells[1], block.words, FANG)
        if block.signed:
            line = row.cells[1].add_paragraph()
            say(line, block.signed, FANG, self.type.cell, RIGHT, self.type.cell_line)
        self.finish(table)

    # Their parts.

    def paragraph(self, words, face, size, side, line=0, indent=0, after=0, keep=False):
        paragraph = self.document.add_paragraph()
        say(paragraph, words, face, size, side, line or self.type.line)
        paragraph.paragraph_format.space_after = Pt(after)
        paragraph.paragraph_format.keep_with_next = keep
        if indent:
            _indent(paragraph, indent, self.type.body)
        return paragraph

    def table_of(self, widths):
        table = self.document.add_table(rows=0, cols=len(widths))
        table.style, table.autofit = "Table Grid", False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for column, share in zip(table.columns, widths, strict=True):
            column.width = Mm(self.type.width * share / sum(widths))
        return table

    def fill(self, cell, words, face, side=LEFT):
        fill(cell, words, face, side, self.type.cell, self.type.cell_line)

    def finish(self, table):
        """Columns as wide as they should be in every reader, and a small gap below."""
        for row in table.rows:
            whole(row)
            for cell, column in zip(row.cells, table.columns, strict=True):
                if cell._tc.grid_span == 1:
                    cell.width = column.width
        say(self.document.add_paragraph(), "", FANG, 6, LEFT, 6)


def say(paragraph, words, face, size, side, line):
    layout = paragraph.paragraph_format
    paragraph.alignment = side
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    layout.space_before = layout.space_after = Pt(0)
    run(paragraph, words, face, size)


def run(paragraph, words, face, size):
    run = paragraph.add_run(str(words))
    run.font.name, run.font.size = LATIN, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
    return run


def fill(cell, words, face, side=LEFT, size=CELL, height=CELL_LINE):
    first, *others = str(words).split("\n")
    say(cell.paragraphs[0], first, face, size, side, height)
    for line in others:
        say(cell.add_paragraph(), line, face, size, side, height)


def _indent(paragraph, characters, size):
    """The first line by whole characters, whatever their size."""
    paragraph.paragraph_format.first_line_indent = Pt(size * characters)
    indent = paragraph._p.pPr.find(qn("w:ind"))
    indent.set(qn("w:firstLineChars"), str(100 * characters))


def repeat(row):
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def whole(row):
    """A row is not torn between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _page_number(run):
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._element.append(part)
