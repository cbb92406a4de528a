"""Rows of text out of an untrusted file: .xlsx or .csv (UTF-8 with or without BOM, GB18030).

A workbook is looked at before it is opened (sizes inside the zip) and read by a child process with
limits of its own (``reading_child``), so a bomb costs seconds and a bounded memory, and ends with
a sentence. A .csv is streamed.
"""

import codecs
import csv
import io
import marshal
import re
import subprocess
import sys
import tempfile
import zipfile
from itertools import count, islice
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

# What is made of so little at once stays in a processor's cache: a sixth of the time of parsing.
CHUNK = 250  # rows
BLOCK = 1 << 15  # bytes
LINE = 1 << 20  # bytes that no line has
MOST_BYTES = 4 * 1024**3
MOST_UNPACKED = 1024**3
MOST_RATIO = 300
SMALL = 20 * 1024**2  # below this a high ratio harms nobody
SECONDS = 300
_LONE_RETURN = re.compile(rb"\r(?!\n)")
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileRefused(Exception):
    """The file cannot be read at all; the message is for the person."""


def open_rows(path, name):
    """The file's rows as a ``Csv`` or a ``Sheet``. Raises ``FileRefused``."""
    path = Path(path)
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise FileRefused(_("The file is empty. Export it again and load that file."))
    if path.stat().st_size > MOST_BYTES:
        raise FileRefused(_("The file is too large. Export it county by county."))
    if head == OLD_EXCEL:
        raise FileRefused(
            _("This is an old .xls or a workbook with a password. Save it as .xlsx without one.")
        )
    if head.startswith(b"PK"):
        return _sheet(path)
    if name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        raise FileRefused(_("The file is no workbook, though its name says so. Export it again."))
    return _csv(path)


# .csv


class Csv:
    """Chunks of rows of a .csv; may be read by several processes, each from its beginning."""

    def __init__(self, path, encoding, delimiter, plain):
        self.path, self.encoding, self.delimiter = path, encoding, delimiter
        self.plain = plain
        self.bytes = path.stat().st_size

    def head(self, most=20):
        with self.path.open(encoding=self.encoding, newline="") as file:
            try:
                return list(islice(self._reader(file), most))
            except csv.Error:
                raise _no_table() from None

    def chunks(self, own=0, of=1):
        """(number of the first row, rows, share read) of every ``of``-th chunk; of the ``own``
        one of ``of`` parts where lines are rows."""
        if self.plain:
            yield from self._lines(own, of)
            return
        first = 1
        with self.path.open("rb") as raw:
            rows = self._reader(io.TextIOWrapper(raw, self.encoding, newline=""))
            try:
                for place in count():
                    chunk = list(islice(rows, CHUNK))
                    if not chunk:
                        break
                    if place % of == own:
                        yield first, chunk, raw.tell() / self.bytes
                    first += len(chunk)
            except csv.Error:
                raise _no_table() from None

    def _lines(self, own, of):
        """Without quotes a line is a row, and no character holds the byte of a line's end: so a
        part of the file can be read alone, and the lines before it need only be counted."""
        with self.path.open("rb") as raw:
            start, end = (_next_line(raw, self.bytes * part // of) for part in (own, own + 1))
            first = 1 + _lines_before(raw, start)
            raw.seek(start)
            while (left := end - raw.tell()) > 0:
                block = raw.read(min(BLOCK, left))
                if raw.tell() < end:
                    block += _rest_of_line(raw)
                text = block.decode(self.encoding).replace("\r\n", "\n")
                lines = text.removesuffix("\n").split("\n")
                if max(map(len, lines)) > csv.field_size_limit():
                    raise _no_table()
                # Taken apart one by one: the cells of all do not fit into a processor's cache.
                rows = (line.split(self.delimiter) for line in lines)
                yield first, rows, (raw.tell() - start) / (end - start)
                first += len(lines)

    def _reader(self, file):
        return csv.reader(file, delimiter=self.delimiter)

    def close(self):
        pass


def _next_line(raw, offset):
    """Where the first line at or after ``offset`` begins."""
    if offset:
        raw.seek(offset - 1)
        _rest_of_line(raw)
    else:
        raw.seek(0)
    return raw.tell()


def _rest_of_line(raw):
    rest = raw.readline(LINE)
    if len(rest) == LINE:
        raise _no_table()
    return rest


def _lines_before(raw, offset):
    raw.seek(0)
    blocks = (raw.read(min(BLOCK, offset - raw.tell())) for _n in range(-(-offset // BLOCK)))
    return sum(block.count(b"\n") for block in blocks)


def _csv(path):
    encoding, plain = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        first = file.read(20_000)
    if not any(mark in first for mark in ",;\t"):
        raise _no_table()
    return Csv(path, encoding, max(",;\t", key=first.count), plain)


def _no_table():
    return FileRefused(_("The file is no table. Load the export as .xlsx, or as .csv with commas."))


def _encoding(path):
    """UTF-8 if all of it is, else GB18030 if all of it is; and whether it is plain: no quotes in
    it, no line's end but the usual two."""
    for encoding in ("utf-8-sig", "gb18030"):
        decoder, plain = codecs.getincrementaldecoder(encoding)(), True
        with path.open("rb") as file:
            try:
                while block := file.read(BLOCK):
                    if b"\0" in block:
                        raise _no_table()
                    if block.endswith(b"\r"):
                        block += file.read(1)
                    plain = plain and b'"' not in block and not _LONE_RETURN.search(block)
                    decoder.decode(block)
                decoder.decode(b"", True)
                return encoding, plain
            except UnicodeDecodeError:
                continue
    raise FileRefused(_("The characters cannot be read. Save the file as CSV UTF-8."))


# .xlsx


class Sheet:
    """Rows of a workbook, as the child wrote them to an unnamed temporary file."""

    def __init__(self, file):
        self.file = file
        self.bytes = file.seek(0, io.SEEK_END)

    def head(self, count=20):
        rows = []
        for _first, chunk, _share in self.chunks():
            rows += chunk
            if len(rows) >= count:
                break
        return rows[:count]

    def chunks(self, own=0, of=1):
        # Each process reads through a descriptor of its own: forks share an offset.
        with open(f"/proc/self/fd/{self.file.fileno()}", "rb") as file:
            first, place = 1, 0
            while file.tell() < self.bytes:
                rows = marshal.load(file)
                if place % of == own:
                    yield first, rows, file.tell() / self.bytes
                first, place = first + len(rows), place + 1

    def close(self):
        self.file.close()


def _sheet(path):
    _look_inside(path)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - Sheet closes it
    command = [sys.executable, "-m", "households.national.reading_child", str(path)]
    try:
        done = subprocess.run(
            command,
            stdout=file,
            stderr=subprocess.PIPE,
            cwd=settings.BASE_DIR,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        file.close()
        raise FileRefused(_too_large()) from None
    if done.returncode:
        file.close()
        raise FileRefused(_said(done.stderr.decode(errors="replace").strip()))
    return Sheet(file)


def _look_inside(path):
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise FileRefused(_("The workbook is damaged. Export it again.")) from None
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise FileRefused(_("The file is no .xlsx workbook. Load the export itself."))
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise FileRefused(_("The workbook holds macros. Save it as .xlsx without them."))
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked / packed > MOST_RATIO):
        raise FileRefused(_too_large())


def _too_large():
    return _("The workbook is too large to be opened. Export it county by county, or as .csv.")


def _said(code):
    """The child's word for what stopped it; silence means that it ran into its limits."""
    return {
        "password": _("The workbook has a password. Save it without one."),
        "damaged": _("The workbook is damaged. Export it again."),
        "sheets": _("Several sheets hold rows of the export. Keep one sheet in the file."),
        "empty": _("The file is empty. Export it again and load that file."),
    }.get(code.splitlines()[-1] if code else "", _too_large())
