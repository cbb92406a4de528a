"""Scans as PDF, without a PDF library: what a file may do is refused, who made it is blanked out.

A scan shows pages. Whatever asks the reader to run, open, fetch or unpack something is no scan
(decision 0055). Names may be written with ``#xx`` and dictionaries packed into object streams, so
both are opened before they are searched.
"""

import re
import zlib

START, END, END_WITHIN = b"%PDF-", b"%%EOF", 1024
MOST_UNPACKED = 256 * 1024 * 1024
_PIECE = 256 * 1024
_LONGEST_NAME = 64
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# Long names only: short ones (/JS, /AA) would be met by chance in the bytes of a picture, and
# none of them does anything without one of these.
_ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFile|RichMedia|SubmitForm|ImportData|GoToE|GoToR|Rendition"
    rb"|Filespec)"
)
_STREAM = re.compile(rb"\bstream(?:\r\n|\n|\r)")
_PACKED_OBJECTS = re.compile(rb"/ObjStm|/First\b")
_DISGUISED = re.compile(
    rb"/DecodeParms|/Filter\s*\d|Flate.*Flate|ASCII|LZW|RunLength|/Crypt|/AHx|/A85", re.DOTALL
)


def is_pdf(raw):
    return raw.startswith(START) and END in raw[-END_WITHIN:]


def is_locked(raw):
    return b"/Encrypt" in _spelled(raw)


def is_active(raw):
    """Whether the file holds anything but pages, or hides what it holds."""
    return bool(_ACTIVE.search(_spelled(raw))) or any(_streams(raw))


def _spelled(raw):
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), raw)


def _streams(raw):
    """For each stream: whether something active is packed into it, or cannot be looked for."""
    left = MOST_UNPACKED
    for found in _STREAM.finditer(raw):
        header = _spelled(raw[max(raw.rfind(b"obj", 0, found.start()), 0) : found.start()])
        objects = _PACKED_OBJECTS.search(header)
        if objects and _DISGUISED.search(header):
            yield True
            continue
        size, active = _unpacked(raw, found.end(), left)
        left -= size
        yield active or left <= 0


def _unpacked(raw, start, most):
    """``(bytes unpacked, whether something active is among them)``."""
    inflate, size, tail, at = zlib.decompressobj(), 0, b"", start
    data = b""
    try:
        while size < most and not inflate.eof and (data or at < len(raw)):
            if not data:
                data, at = raw[at : at + _PIECE], at + _PIECE
            piece = inflate.decompress(data, _PIECE)
            data = inflate.unconsumed_tail
            size += len(piece)
            window = _spelled(tail + piece)
            if _ACTIVE.search(window):
                return size, True
            tail = window[-_LONGEST_NAME:]
    except zlib.error:
        pass  # no packed stream, or a damaged one: what came out of it has been searched
    return size, False


# Who made it, on what, where.

_NOTES = re.compile(
    rb"/(?:Author|Creator|Producer|Title|Subject|Keywords|Company|Manager)\s*"
    rb"(?:\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]*)>)",
    re.DOTALL,
)
_XMP = re.compile(rb"<\?xpacket begin=.*?<\?xpacket end=[^>]*\?>", re.DOTALL)
_CAMERA = re.compile(rb"\xff\xe1(..)(?:Exif\x00\x00|http://ns\.adobe\.com/)", re.DOTALL)


def without_notes(raw):
    """The file with notes of the maker, and those of the camera in its photos, blanked out in
    place; packed ones stay. A signed file would no longer be true to its signature, and stays."""
    if b"/ByteRange" in raw:
        return raw
    written = bytearray(raw)
    for pattern in (_NOTES, _XMP):
        for found in pattern.finditer(raw):
            _blank(written, *_inside(found), b" ")
    for found in _CAMERA.finditer(raw):
        length = int.from_bytes(found[1], "big")
        _blank(written, found.start() + 4, min(found.start() + 2 + length, len(raw)), b"\0")
    return bytes(written)


def _inside(found):
    """The part between the brackets, or all of it where there are none."""
    group = next((n for n in (1, 2) if n <= found.re.groups and found[n] is not None), 0)
    return found.span(group)


def _blank(written, start, end, byte):
    written[start:end] = byte * (end - start)
