"""Files that are put to cases: what is kept of them, and what is refused with a sentence."""

import io
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from accounts.refusals import Refused
from households.papers import pdf as paper_pdf
from households.papers.files import checked_paper, cleaned_name, content_type_of
from monitoring.models import Paper

GPS = 0x8825


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def photo():
    exif = Image.Exif()
    exif[0x010F] = "Camera of 李传明"
    exif[0x0112] = 6  # taken upright with the camera turned
    exif[GPS] = {1: "N", 2: (31.0, 40.0, 12.0), 3: "E", 4: (115.0, 55.0, 30.0)}
    file = io.BytesIO()
    Image.new("RGB", (80, 40), "green").save(
        file, "JPEG", exif=exif, xmp=b"<x:xmpmeta>GPSLatitude</x:xmpmeta>", comment=b"at home"
    )
    return file.getvalue()


def pdf(*objects, trailer=b"<< /Root 1 0 R >>"):
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer\n" + trailer + b"\nstartxref\n0\n%%EOF\n"


PAGE = b"<< /Type /Page /MediaBox [0 0 595 842] >>"
SCAN = pdf(b"<< /Type /Catalog /Pages 2 0 R >>", PAGE)


def packed(words, header=b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"):
    data = zlib.compress(words)
    return b"<< %s /Length %d >>\nstream\r\n%s\nendstream" % (header, len(data), data)


def kept(raw, name="扫描.pdf"):
    file, name, digest = checked_paper(SimpleUploadedFile(name, raw))
    return file.read(), file.name, name, digest


def refusal(raw, name="file.pdf"):
    with pytest.raises(Refused) as refused:
        checked_paper(SimpleUploadedFile(name, raw))
    return str(refused.value)


def test_a_photo_loses_what_the_camera_wrote_and_stands_upright():
    raw = photo()
    assert Image.open(io.BytesIO(raw)).getexif().get_ifd(GPS)
    content, stored, name, _digest = kept(raw, "IMG_1.JPG")
    image = Image.open(io.BytesIO(content))
    assert image.format == "JPEG"
    assert image.size == (40, 80)
    assert not image.getexif()
    for words in (b"Exif", b"GPS", b"at home", "李传明".encode()):
        assert words not in content
    assert name == "IMG_1.jpg"
    assert "IMG" not in stored


def test_the_same_file_has_one_digest_and_never_one_name():
    first, second = kept(photo()), kept(photo())
    assert first[3] == second[3]
    assert first[1] != second[1]


@pytest.mark.parametrize("format_", ["PNG", "WEBP"])
def test_other_photos_become_jpeg(format_):
    file = io.BytesIO()
    Image.new("RGBA", (9, 9), "green").save(file, format_)
    content, stored, name, _digest = kept(file.getvalue(), "a.pdf")
    assert content.startswith(b"\xff\xd8\xff")
    assert stored.endswith(".jpg")
    assert name == "a.jpg"
    assert content_type_of(Paper(file=stored).file) == "image/jpeg"


def test_a_scan_is_kept():
    content, stored, name, _digest = kept(SCAN)
    assert content == SCAN
    assert stored.endswith(".pdf")
    assert name == "扫描.pdf"
    assert content_type_of(Paper(file=stored).file) == "application/pdf"


@pytest.mark.parametrize(
    ("raw", "name", "why"),
    [
        (b"PK\x03\x04" + b"0" * 40, "a.pdf", "Word, Excel"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 40, "a.doc", "Word, Excel"),
        (b"<html><script>alert(1)</script></html>", "a.jpg", "neither a photo"),
        (b"GIF89a" + b"0" * 40, "a.png", "neither a photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "neither a photo"),
        (b"\x00\x00\x00\x18ftypheic" + b"0" * 40, "a.jpg", "HEIC"),
        (b"\xff\xd8\xff" + b"<script>" * 40, "a.jpg", "not a photo"),
        (b"RIFF0000WAVE" + b"0" * 40, "a.webp", "not a photo"),
        (b"\n" + SCAN, "a.pdf", "neither a photo"),
        (SCAN[:60], "a.pdf", "cut off"),
        (b"%PDF-1.4" + b"0" * (20 * 1024 * 1024) + b"%%EOF", "a.pdf", "20 MB"),
        (pdf(PAGE, trailer=b"<< /Root 1 0 R /Encrypt 9 0 R >>"), "a.pdf", "password"),
    ],
)
def test_other_files_are_refused_with_a_sentence(raw, name, why):
    said = refusal(raw, name)
    assert why in said
    assert said.startswith("“a")


@pytest.mark.parametrize(
    "active",
    [
        b"<< /S /JavaScript /JS (app.alert(1)) >>",
        b"<< /S /J#61vaScript /JS (app.alert(1)) >>",
        b"<< /S /Launch /F (cmd.exe) >>",
        b"<< /Names << /EmbeddedFiles 9 0 R >> >>",
        b"<< /Type /EmbeddedFile >>",
        b"<< /S /SubmitForm >>",
        b"<< /Subtype /RichMedia >>",
        packed(b"9 0 << /S /JavaScript /JS (1) >>"),
        packed(b"9 0 << /S /La#75nch >>"),
        packed(b"x" * 300_000 + b"/JavaScript"),
        packed(b"9 0 << >>", b"/Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode]"),
        packed(b"9 0 << >>", b"/N 1 /First 4 /Filter 7 0 R"),
        packed(zlib.compress(b"/Launch"), b"/N 1 /First 4 /Filter [/FlateDecode /FlateDecode]"),
    ],
)
def test_a_pdf_that_does_something_is_refused(active):
    assert "program" in refusal(pdf(PAGE, active))


def test_packed_objects_and_pages_of_a_scan_do_no_harm():
    raw = pdf(PAGE, packed(b"9 0 << /Type /Page >>"), packed(b"BT (JavaScript) Tj ET", b""))
    assert kept(raw)[0] == raw


def test_a_pdf_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(paper_pdf, "MOST_UNPACKED", 1024 * 1024)
    assert "program" in refusal(pdf(PAGE, packed(b"0" * 3_000_000)))


def test_a_scan_loses_the_notes_of_its_maker():
    image = b"<< /Filter /DCTDecode >>\nstream\n" + photo() + b"\nendstream"
    info = "<< /Author (李传明) /Creator (scan \\(1\\)) /Producer <FEFF674E> >>".encode()
    xmp = b"<< >>\nstream\n<?xpacket begin='' id='1'?><a>maker</a><?xpacket end='w'?>\nendstream"
    raw = pdf(PAGE, info, image, xmp)
    content = kept(raw)[0]
    assert len(content) == len(raw)
    for words in ("李传明".encode(), b"scan \\(", b"674E", b"maker", b"Exif", b"GPSLat"):
        assert words in raw
        assert words not in content
    assert PAGE in content


def test_a_signed_scan_stays_as_it_was_signed():
    raw = pdf(PAGE, b"<< /Type /Sig /ByteRange [0 1 2 3] >>", b"<< /Author (A) >>")
    assert kept(raw)[0] == raw


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("C:\\Users\\li\\销号申请表.docx.pdf", "销号申请表.docx.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("身份证341524201204262611.pdf", "身份证341****11.pdf"),
        ("34152419680302004X 13866496171.pdf", "341****4X 138****71.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("<b>\n.pdf", "b.pdf"),
        ("   .pdf", "paper.pdf"),
        ("长" * 300 + ".pdf", "长" * 60 + ".pdf"),
    ],
)
def test_names_are_cleaned(given, cleaned):
    assert cleaned_name(given, ".pdf") == cleaned
