"""Chinese names as they are typed on a keyboard: 汪大山 is wangdashan and wds."""

from pypinyin import Style, lazy_pinyin

PINYIN_SIZE, INITIALS_SIZE = 80, 12


def pinyin_of(name):
    return "".join(lazy_pinyin(name, errors=_latin)).lower()[:PINYIN_SIZE]


def initials_of(name):
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors=_latin)).lower()[
        :INITIALS_SIZE
    ]


def _latin(rest):
    """What is not Chinese stays when it is a letter or digit; dots of minority names do not."""
    return [letter for letter in rest if letter.isascii() and letter.isalnum()] or None
