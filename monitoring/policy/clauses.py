"""Clauses in the words of their documents: ``AH 3.2`` is 皖扶组〔2020〕5号 三（二）."""

from django.utils.translation import get_language

# Code -> (number of the document, its short name, the official territory code's beginning).
DOCUMENTS = {
    "AH": ("皖扶组〔2020〕5号", "皖扶组", "34"),
    "AH0": ("皖扶组〔2020〕5号附件一", "皖扶组附件一", "34"),
    "LA": ("六政办〔2019〕15号", "六政办", "3415"),
    "GZ": ("赣市扶攻字〔2019〕8号", "赣市扶攻字", "3607"),
    "XC": ("宣扶组〔2019〕20号", "宣扶组", "3418"),
}
DIGITS = "零一二三四五六七八九十"


def parts(clause):
    """``"AH 2.2, 3.2, LA 2.1.1"`` -> [("AH", "2.2"), ("AH", "3.2"), ("LA", "2.1.1")]."""
    found, document = [], None
    for piece in clause.split(", "):
        words = piece.split()
        document = words[0] if len(words) == 2 else document
        found.append((document, words[-1]))
    return found


def cited(clause, short=False):
    """The clause for a reader: in Chinese as the document counts, in English by its code."""
    if not clause or not (get_language() or "").startswith("zh"):
        return clause
    groups = {}
    for document, number in parts(clause):
        groups.setdefault(document, []).append(_numbered(number))
    names = {code: DOCUMENTS[code][1 if short else 0] for code in groups}
    return "；".join(f"{names[code]} {'、'.join(places)}" for code, places in groups.items())


def _numbered(number):
    """Section 三, item （二）, then plain digits: ``3.2`` -> 三（二）, ``2.1.3`` -> 二（一）3."""
    section, *rest = number.split(".")
    words = DIGITS[int(section)]
    if rest:
        item = int(rest[0])
        words += f"（{DIGITS[item]}）" if item <= 10 else f"（{item}）"
    return words + ".".join(rest[1:])


def lent(clause, code):
    """Whether none of the clause's documents is of the territory with this division code."""
    return not any(code.startswith(DOCUMENTS[document][2]) for document, _n in parts(clause))
