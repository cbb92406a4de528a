"""Clauses in the words of their documents: ``AH 3.2`` is 皖扶组〔2020〕5号 三（二）."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

# Code -> (number of the document, its short name, the official territory code's beginning).
DOCUMENTS = {
    "AH": ("皖扶组〔2020〕5号", "皖扶组", "34"),
    "AH0": ("皖扶组〔2020〕5号附件一", "皖扶组附件一", "34"),
    "LA": ("六政办〔2019〕15号", "六政办", "3415"),
    "GZ": ("赣市扶攻字〔2019〕8号", "赣市扶攻字", "3607"),
    "XC": ("宣扶组〔2019〕20号", "宣扶组", "3418"),
}
# How a division code begins -> the place, as chains and standards of a territory name it.
TERRITORIES = {
    "34": gettext_lazy("Anhui"),
    "3415": gettext_lazy("Lu'an"),
    "3418": gettext_lazy("Xuancheng"),
    "3607": gettext_lazy("Ganzhou"),
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


def cited(clause, short=False, code=""):
    """The clause for a reader: in Chinese as the document counts, in English by its code.

    ``code``: of the division whose household it is about. A document of another territory is no
    law there, and is said to be our default (domain.md, top).
    """
    chinese = (get_language() or "").startswith("zh")
    if not clause or not (chinese or code):
        return clause
    groups = {}
    for document, number in parts(clause):
        groups.setdefault(document, []).append(_numbered(number) if chinese else number)
    said = []
    for document, places in groups.items():
        name = DOCUMENTS[document][1 if short else 0] if chinese else document
        words = f"{name} {('、' if chinese else ', ').join(places)}"
        lent_here = code and _foreign(document, code)
        said.append(_("%(clause)s (default here)") % {"clause": words} if lent_here else words)
    return ("；" if chinese else ", ").join(said)


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
    return all(_foreign(document, code) for document, _n in parts(clause))


def _foreign(document, code):
    """A province holds its cities' documents to be its own: they are law somewhere in it."""
    territory = DOCUMENTS[document][2]
    province = code[:2] if code[2:] == "0" * 10 else code
    return not (code.startswith(territory) or territory.startswith(province))
