"""Identifiers in series that can belong to nobody, with right check digits.

The ``…_columns`` functions give the three columns of a protected field as COPY has them.
"""

from functools import cache

from accounts.protected import seal_repeatably
from households.population.rows import EMPTY, NULL

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
SERIES = 5_000_000  # pairs (woman's and man's number) that seven digits hold
NOTHING = EMPTY + NULL + EMPTY
SIZES = [size.to_bytes(4) for size in range(100)]  # of cells


def _weigh(digits, at):
    return sum(int(digit) * w for digit, w in zip(digits, WEIGHTS[at:], strict=False))


def _weighed(numbers, at):
    return [(digits, _weigh(digits, at)) for digits in numbers]


# The parts of a number with what they add to the sum from which its check digit follows.
AREAS = _weighed((f"99{area:04d}" for area in range(10_000)), 0)
DAYS = _weighed((f"{day:02d}" for day in range(32)), 12)
NUMBERS = _weighed((f"{number:03d}" for number in range(1_000)), 14)


@cache
def _month(year, month):
    digits = f"{year}{month:02d}"
    return digits, _weigh(digits, 6)


def month_of_birth(born_on):
    """A month's six digits and what they weigh."""
    return _month(born_on.year, born_on.month)


def resident_id(series, month, day, is_male):
    """An ID that counts up through area codes beginning with 99 and the numbers of a birthday.

    ``month`` is that of birth, ``day`` a number. The last number before the check digit is odd for
    a man.
    """
    area, number = divmod(series % SERIES * 2 + is_male, 1_000)
    (area, first), (month, second) = AREAS[area], month
    (day, third), (number, fourth) = DAYS[day], NUMBERS[number]
    return f"{area}{month}{day}{number}{CHECK_DIGITS[(first + second + third + fourth) % 11]}"


def identity_columns(plain):
    return _columns(plain, f"{plain[:6]}{'*' * (len(plain) - 10)}{plain[-4:]}")


def phone_columns(series):
    """A phone of the series 100…, which no operator gives out."""
    plain = f"100{series % 100_000_000:08d}"
    return _columns(plain, f"100****{plain[-4:]}")


def account_columns(series):
    """A bank account of 19 digits that begins with 99, as no bank's does."""
    plain = f"990000{series:013d}"
    return _columns(plain, f"****{plain[-4:]}")


def _columns(plain, masked):
    sealed, index = seal_repeatably(plain)
    shown = masked.encode()
    return SIZES[len(sealed)] + sealed + SIZES[16] + index + SIZES[len(shown)] + shown
