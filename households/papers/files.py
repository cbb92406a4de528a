"""Papers as people send them: photos and scans, looked at before they are kept.

A photo is written anew (``households/photos.py``); a PDF is kept as it came, without the notes of
its maker. Everything else is refused with a sentence. Names come from people's computers: they are
cleaned, and long numbers in them masked, since people call a scan by the resident ID on it.
"""

import hashlib
import re
import unicodedata
from pathlib import PurePath
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from accounts.refusals import Refused
from households.papers.pdf import START, is_active, is_locked, is_pdf, without_notes
from households.photos import checked_photo

MOST_BYTES = 20 * 1024 * 1024
LONGEST_SIDE = 2200  # pixels: a page of A4 stays readable
LONGEST_NAME = 60
CONTENT_TYPES = {".jpg": "image/jpeg", ".pdf": "application/pdf"}
_PHOTOS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
_LONG_NUMBER = re.compile(r"\d{11,}[\dXx]?")
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


def checked_paper(upload):
    """``(file, name, digest)`` of what may be kept; the file has a random name. Raises ``Refused``
    with a sentence: what was not taken, why, and what to do instead."""
    start = upload.read(16)
    upload.seek(0)
    if start.startswith(START):
        content, ending = _scan(upload), ".pdf"
    elif start.startswith(_PHOTOS):
        content, ending = _photo(upload), ".jpg"
    else:
        raise _refusal(upload, _other_words(start))
    file = ContentFile(content, name=f"{uuid4().hex}{ending}")
    return file, cleaned_name(upload.name, ending), hashlib.sha256(content).hexdigest()


def content_type_of(file):
    """Fixed by what was checked, never by what the browser said."""
    return CONTENT_TYPES[PurePath(file.name).suffix]


def cleaned_name(given, ending):
    """The name for people's eyes: without a path, without signs that a computer reads, without
    numbers of people."""
    words = unicodedata.normalize("NFC", given.replace("\\", "/").rsplit("/", 1)[-1])
    words = "".join(sign for sign in words if unicodedata.category(sign)[0] != "C")
    words = _UNFIT.sub(" ", PurePath(words).stem)
    words = _LONG_NUMBER.sub(lambda found: f"{found[0][:3]}****{found[0][-2:]}", words)
    words = " ".join(words.split()).strip(". ")[:LONGEST_NAME]
    return (words or _("paper")) + ending


def _photo(upload):
    try:
        file, _taken_at = checked_photo(upload, longest=LONGEST_SIDE)
    except ValidationError as refusal:
        raise _refusal(upload, refusal.messages[0]) from None
    return file.read()


def _scan(upload):
    if upload.size > MOST_BYTES:
        words = _("The PDF is larger than 20 MB. Scan it in black and white, or in two parts.")
        raise _refusal(upload, words)
    raw = upload.read()
    if not is_pdf(raw):
        raise _refusal(upload, _("The PDF is cut off or damaged. Scan it again."))
    if is_locked(raw):
        words = _("The PDF is locked with a password. Save it without one.")
        raise _refusal(upload, words)
    if is_active(raw):
        words = _(
            "The PDF holds a program, an attached file or a form that acts by itself, and is not"
            " kept. Print it and scan the pages, or print it into a new PDF."
        )
        raise _refusal(upload, words)
    return without_notes(raw)


def _other_words(start):
    if start[:2] == b"PK" or start.startswith(b"\xd0\xcf\x11\xe0"):
        return _("Word, Excel and packed files are not taken. Print it and scan it, or save a PDF.")
    if start[4:11] in (b"ftyphei", b"ftypmif", b"ftyphev"):
        return _("Photos in Apple's format (HEIC) are not taken. Send the photo as JPEG.")
    return _("It is neither a photo (JPEG, PNG, WebP) nor a PDF. Photograph or scan the paper.")


def _refusal(upload, why):
    ending = PurePath(upload.name).suffix[:8]
    name = cleaned_name(upload.name, ending if ending.isascii() else "")
    return Refused(_("“%(name)s” was not taken. %(why)s") % {"name": name, "why": why})
