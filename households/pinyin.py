"""Chinese names as they are typed on a keyboard: 单小燕 is shanxiaoyan and sxy."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

PINYIN_SIZE, INITIALS_SIZE = 80, 12

# Read otherwise as a surname than as a word.
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao",
    "盖": "ge", "任": "ren", "华": "hua", "尉": "wei", "翟": "zhai", "乐": "yue", "缪": "miao",
    "员": "yun", "冼": "xian", "黑": "he", "秘": "bi", "折": "she", "种": "chong", "逄": "pang",
    "覃": "qin", "召": "shao", "万俟": "mo qi", "尉迟": "yu chi", "长孙": "zhang sun",
    "单于": "chan yu", "澹台": "tan tai",
}  # fmt: skip


def pinyin_of(name):
    return "".join(_syllables(name))[:PINYIN_SIZE]


def initials_of(name):
    return "".join(syllable[0] for syllable in _syllables(name))[:INITIALS_SIZE]


@lru_cache(maxsize=100_000)
def _syllables(name):
    surname = next((known for known in (name[:2], name[:1]) if known in SURNAMES), "")
    read = [*SURNAMES.get(surname, "").split(), *_read(name[len(surname) :])]
    return tuple(syllable.lower().replace("ü", "v") for syllable in read if syllable)


def _read(words):
    """A name without a known phrase in it is read by its characters, each of which is read once:
    a tenth of the time of taking it apart."""
    if len(words) <= 4 and not any(part in PHRASES_DICT for part in _parts(words)):
        return [syllable for one in words for syllable in _character(one)]
    return lazy_pinyin(words, style=Style.NORMAL, errors=_latin)


def _parts(words):
    """Every two or more characters that stand together."""
    last = len(words) + 1
    return (words[start:end] for start in range(last - 2) for end in range(start + 2, last))


@lru_cache(maxsize=10_000)
def _character(one):
    return lazy_pinyin(one, style=Style.NORMAL, errors=_latin)


def _latin(rest):
    """What is not Chinese stays when it is a letter or digit; dots of minority names do not."""
    return [letter for letter in rest if letter.isascii() and letter.isalnum()] or None
