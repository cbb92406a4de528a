"""Photos of a visit: checked, turned upright, made small, and freed of where they were taken."""

from datetime import datetime
from io import BytesIO
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP")


def checked_photo(upload, longest=LONGEST_SIDE):
    """``(file, taken_at)``: a fresh JPEG without any of the camera's notes. Raises
    ``ValidationError`` with a sentence when it is no photo or too large."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The photo is larger than 12 MB."))
    try:
        image = Image.open(upload, formats=FORMATS)
        if image.width * image.height > MOST_PIXELS:
            raise ValidationError(_("The photo has more than 50 million pixels."))
        taken_at = _taken_at(image)
        image = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValidationError(_("This file is not a photo (JPEG, PNG or WebP).")) from None
    image.info.clear()  # a comment would be written again
    image.thumbnail((longest, longest))
    written = BytesIO()
    image.save(written, "JPEG", quality=82, optimize=True)
    return ContentFile(written.getvalue(), name=f"{uuid4().hex}.jpg"), taken_at


def _taken_at(image):
    notes = image.getexif().get_ifd(ExifTags.IFD.Exif)
    words = str(notes.get(ExifTags.Base.DateTimeOriginal, ""))
    try:
        return timezone.make_aware(datetime.strptime(words, "%Y:%m:%d %H:%M:%S"))
    except ValueError:
        return None
