"""Reads the one form of a page of tier lines: what was changed in it, row by row."""

from monitoring.tiers.acts import Chosen

WORDS, ANSWER = 200, 500  # characters
MANY = 500  # rows of one form


def suggestions(data):
    """Rows of the village whose tier is another than the page showed, or that got a reason."""
    rows = []
    for pk, version, shown in _seen(data):
        tier = data.get(f"tier-{pk}", "")
        words = data.get(f"words-{pk}", "").strip()[:WORDS]
        if tier and (tier != shown or words):
            rows.append(Chosen(pk, version, tier=tier, words=words))
    return rows


def decisions(data):
    """Rows of the township or county that were decided; the undecided stay."""
    rows = []
    for pk, version, _shown in _seen(data):
        act = data.get(f"act-{pk}", "")
        words = data.get(f"words-{pk}", "").strip()[:ANSWER]
        if act in ("pass", "return", "start"):
            rows.append(Chosen(pk, version, words=words, act=act))
    return rows


def _seen(data):
    """``seen-ID=VERSION:TIER`` of every row: what the page showed."""
    names = [name for name in data if name.startswith("seen-")][:MANY]
    for name in names:
        pk, (version, _colon, shown) = name[5:], data[name].partition(":")
        if _is_number(pk) and _is_number(version):
            yield int(pk), int(version), shown


def _is_number(text):
    return text.isascii() and text.isdecimal() and len(text) < 10
