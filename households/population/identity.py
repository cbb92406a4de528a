"""Identifiers in series that can belong to nobody, with right check digits.

The ``…_columns`` functions give the three columns of a protected field as COPY text.
"""

from functools import cache

from accounts.protected import seal_repeatably

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
SERIES = 5_000_000  # pairs (woman's and man's number) that seven digits hold
NOTHING = "\t\\N\t"


@cache
def _weigh(digits, at):
    return sum(int(d) * w for d, w in zip(digits, WEIGHTS[at:], strict=False))


def resident_id(series, year, day, is_male):
    """An ID that counts up through area codes beginning with 99 and the numbers of a birthday.

    ``day`` is MMDD. The last number before the check digit is odd for a man.
    """
    count = f"{series % SERIES * 2 + is_male:07d}"
    area, number = f"99{count[:4]}", count[4:]
    total = _weigh(area, 0) + _weigh(year, 6) + _weigh(day, 10) + _weigh(number, 14)
    return f"{area}{year}{day}{number}{CHECK_DIGITS[total % 11]}"


def identity_columns(plain):
    sealed, index = seal_repeatably(plain)
    return f"{sealed}\t{index}\t{plain[:6]}{'*' * (len(plain) - 10)}{plain[-4:]}"


def phone_columns(series):
    """A phone of the series 100…, which no operator gives out."""
    plain = f"100{series % 100_000_000:08d}"
    sealed, index = seal_repeatably(plain)
    return f"{sealed}\t{index}\t100****{plain[-4:]}"


def account_columns(series):
    """A bank account of 19 digits that begins with 99, as no bank's does."""
    plain = f"990000{series:013d}"
    sealed, index = seal_repeatably(plain)
    return f"{sealed}\t{index}\t****{plain[-4:]}"
