"""Personal numbers as people and Excel write them: understood, checked, never guessed.

The area code of an ID is never a reason to refuse: codes change, and people are registered late.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from operator import mul
from typing import NamedTuple

_CLEAN_ID = re.compile(r"[0-9]{17}[0-9X]")
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad'`‘’]+")
_BY_EXCEL = re.compile(r"[-+]?\d+(\.\d+)?[eE][+]?\d+|\d{15,}\.\d+")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,5})?")
_SEXES = {digit: "male" if digit in "13579" else "female" for digit in "0123456789"}
OLDEST = 1890
MOST_SUMS = 100_000


class Bad(Exception):
    """A cell that is not taken. ``reason`` is a key of ``reasons.REASONS``."""

    def __init__(self, reason, **details):
        super().__init__(reason)
        self.reason, self.details = reason, details


class Identity(NamedTuple):
    """A resident ID of 18 characters; with the kind and grade of a disability card if it is one."""

    number: str
    born_on: str  # ISO
    sex: str
    rounded: bool = False  # ends in 000: right as it stands, or cut off by Excel
    card: str = ""
    grade: str = ""


def bare(cell):
    """The cell in half-width letters, without blanks and without what cannot be seen."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", cell))


def by_excel(text):
    return bool(_BY_EXCEL.fullmatch(text))


class _Sums(dict):
    """What some digits of an ID add to its check sum: areas, days and serials come back often.

    Works on the letters' codes: a digit is its code less 48.
    """

    def __init__(self, start, end):
        self.weights = _WEIGHTS[start:end]

    def __missing__(self, digits):
        if not (digits.isascii() and digits.isdigit()):
            raise KeyError(digits)
        if len(self) > MOST_SUMS:
            self.clear()
        value = sum(map(mul, digits.encode("ascii"), self.weights)) - 48 * sum(self.weights)
        self[digits] = value
        return value


_AREAS, _DAYS, _SERIALS = _Sums(0, 6), _Sums(6, 14), _Sums(14, 17)


def check_digit(first17):
    """GB 11643. What follows the first 17 characters does not matter."""
    sums = _AREAS[first17[:6]] + _DAYS[first17[6:14]] + _SERIALS[first17[14:17]]
    return _CHECK[sums % 11]


def resident_id(cell, *, today):
    """The identity in ``cell``. Raises ``Bad``. ``today`` (ISO) is the day of the export."""
    text = cell
    if not _CLEAN_ID.fullmatch(cell):
        text = bare(cell).upper()
        if len(text) in (20, 22) and not by_excel(text):
            return _with_card(text, today)
        text = _eighteen(text)
    check_digit_right = check_digit(text) == text[17]
    rounded = text.endswith("000")
    if rounded and not check_digit_right:
        raise Bad("id_by_excel")
    born = _born(text[6:14], today)
    if not check_digit_right:
        raise Bad("id_check_digit", should=check_digit(text))
    return Identity(text, born, "male" if text[16] in "13579" else "female", rounded)


class _Days(dict):
    """Day of birth in an ID -> what it adds to the check sum, and the day."""

    def __init__(self, today):
        self.today = today

    def __missing__(self, digits):
        found = self[digits] = _DAYS[digits], _born(digits, self.today)
        return found


def clean_ids(today):
    """A quick reader of IDs that are right and written as they should be: day of birth and sex.
    None for all others, which ``resident_id`` looks at with care."""
    days = _Days(today)

    def read(cell):
        if len(cell) != 18:
            return None
        try:
            day, born = days[cell[6:14]]
            sums = _AREAS[cell[:6]] + day + _SERIALS[cell[14:17]]
        except (Bad, KeyError):
            return None
        if _CHECK[sums % 11] != cell[17] or cell[15:] == "000":
            return None
        return born, _SEXES[cell[16]]

    return read


def _eighteen(text):
    if text.startswith("="):
        raise Bad("formula")
    if by_excel(text):
        raise Bad("id_by_excel")
    if len(text) == 15 and text.isdigit() and text.isascii():
        text = f"{text[:6]}19{text[6:]}"
        text += check_digit(text)
    if len(text) != 18:
        raise Bad("id_length", length=len(text))
    if not _CLEAN_ID.fullmatch(text):
        raise Bad("id_characters")
    return text


@lru_cache(maxsize=MOST_SUMS)
def _born(digits, today):
    iso = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    check_birth(iso, today)
    return iso


def check_birth(iso, today):
    try:
        born = date.fromisoformat(iso)
    except ValueError:
        raise Bad("birth_impossible", born=iso) from None
    if born.year < OLDEST:
        raise Bad("birth_impossible", born=iso)
    if iso > today:
        raise Bad("birth_future", born=iso)


def _with_card(text, today):
    """A disability card: ID, kind 1-7, grade 1-4, and two more digits when it was issued anew."""
    try:
        identity = resident_id(text[:18], today=today)
    except Bad as bad:
        if bad.reason in ("id_by_excel", "id_characters"):
            raise Bad("id_characters") from None
        raise
    if not text[18:].isdigit() or text[18] not in "1234567" or text[19] not in "1234":
        raise Bad("card_kind_or_grade", kind=text[18], grade=text[19])
    return Identity(
        identity.number, identity.born_on, identity.sex, False, card=text, grade=text[19]
    )


def disability_card(cell, *, today):
    text = bare(cell).upper()
    if by_excel(text):
        raise Bad("id_by_excel")
    if len(text) not in (20, 22):
        raise Bad("card_length", length=len(text))
    return _with_card(text, today)


def phone(cell):
    if _MOBILE.fullmatch(cell):
        return cell
    text = bare(cell)
    if by_excel(text):
        raise Bad("number_by_excel")
    text = re.sub(r"^(\+?86-?)(?=1)", "", text)
    digits = text.replace("-", "")
    if _MOBILE.fullmatch(digits):
        return digits
    if _LANDLINE.fullmatch(text):
        return text
    raise Bad("phone_wrong")


def bank_account(cell):
    text = bare(cell).replace("-", "")
    if by_excel(text) or (len(text) > 15 and text.isdigit() and set(text[15:]) == {"0"}):
        raise Bad("number_by_excel")
    if not text.isdigit() or not 12 <= len(text) <= 19 or not _luhn(text):
        raise Bad("account_wrong")
    return text


def _luhn(digits):
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
