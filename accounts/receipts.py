"""Receipt numbers: eleven random digits and one that shows a slip, read out by fours."""

from secrets import randbelow

DIGITS = 11


def new_receipt():
    number = f"{randbelow(10**DIGITS):0{DIGITS}d}"
    return number + check_digit(number)


def check_digit(digits):
    """ISO 7064 MOD 11,10: shows every wrong digit, and nearly every swap of two."""
    product = 10
    for digit in digits:
        product = (((product + int(digit)) % 10 or 10) * 2) % 11
    return str((11 - product) % 10)


def is_receipt(number):
    right = number.isascii() and number.isdigit() and len(number) == DIGITS + 1
    return right and check_digit(number[:-1]) == number[-1]


def by_fours(number):
    return f"{number[:4]} {number[4:8]} {number[8:]}"


def read_receipt(typed):
    """The digits of what was typed, without blanks and hyphens."""
    return "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
