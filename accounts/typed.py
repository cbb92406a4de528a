"""Words that people type never carry what the register keeps encrypted: they stand in trails,
on papers and in exports, where nobody masks them."""

import re
import unicodedata

from django.utils.translation import gettext as _

from accounts.refusals import Refused

# As people write them: in one piece, or in their groups with a blank or a hyphen between.
RESIDENT_ID = re.compile(r"(?<!\d)\d{6}[ -]?(19|20)\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{3}[\dX](?!\d)")
PHONE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
ACCOUNT = re.compile(r"(?<!\d)6[02]\d{14,17}(?!\d)")
STARS = "***"


def check_typed(*words):
    """Refuses words with a full resident ID, mobile phone or bank card number in them."""
    if sentence := number_typed(*words):
        raise Refused(sentence)


def number_typed(*words):
    """The sentence that says so, without the number; blank when there is none."""
    text = " \n ".join(_plain(each) for each in words if each)
    if RESIDENT_ID.search(text):
        return _("Your words contain a resident ID number. Leave it out; the register has it.")
    if PHONE.search(text):
        return _("Your words contain a phone number. Leave it out; the register has it.")
    if ACCOUNT.search(text):
        return _("Your words contain a bank account number. Leave it out; the register has it.")
    return ""


def starred(name):
    """A name that nobody chose for us to keep, such as a file's: its numbers become stars."""
    plain = _plain(name)
    if not any(shape.search(plain) for shape in (RESIDENT_ID, PHONE, ACCOUNT)):
        return name
    for shape in (RESIDENT_ID, PHONE, ACCOUNT):
        name = shape.sub(STARS, unicodedata.normalize("NFKC", name).replace("x", "X"))
    return name


def _plain(words):
    """Half-width and upper case, so that ３４１５２４ and x are found too."""
    return unicodedata.normalize("NFKC", str(words)).upper()
