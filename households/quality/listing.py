"""A page of faults, the worst first, without sorting a province: the counts say which checks have
faults here, and only the first of those that fill the page are looked at, each by its key."""

from django.db.models import Case, Value, When

from accounts.paging import Page, hand_over
from households.quality.check import Severity
from households.quality.checks import BY_CODE, codes_of

WORST = Case(
    *(When(code__in=codes_of(each), then=Value(n)) for n, each in enumerate(Severity)),
    default=Value(len(Severity)),
)
FEW = 1000  # so many of one check in one place are fetched whole: no long walk for the last of them


def page_of_faults(rows, counts, params, size=50):
    """``rows`` stand in one state; ``counts`` is {code: (how many there may be, how many there are
    for sure)}. As ``page_of``: ``?after=ID`` or ``?before=ID``; the order is severity, check, id.
    """
    hand_over(rows, WORST, "code", "id")
    before = params.get("before", "")
    anchor = _anchor(rows, before or params.get("after", ""))
    backwards = bool(before and anchor)
    ids = _ids(rows, counts, anchor, backwards, size + 1)
    more = len(ids) > size
    ids = ids[:size]
    found = rows.in_bulk(ids)
    listed = [found[pk] for pk in (reversed(ids) if backwards else ids) if pk in found]
    return Page(
        listed,
        older=listed[-1].pk if listed and (more or backwards) else None,
        newer=listed[0].pk if listed and anchor and (more or not backwards) else None,
    )


def _anchor(rows, pk):
    """(code, id) of the row that the page begins behind."""
    if not (pk.isascii() and pk.isdecimal()) or len(pk) > 18:
        return None
    return rows.model.objects.filter(pk=pk).values_list("code", "id").first()


def place_of(code):
    return list(Severity).index(BY_CODE[code].severity), code


def _ids(rows, counts, anchor, backwards, wanted):
    """The ids of at most ``wanted`` rows, in the order asked for."""
    codes = sorted((code for code in counts if counts[code][0]), key=place_of, reverse=backwards)
    if anchor:
        here = place_of(anchor[0])
        codes = [
            code
            for code in codes
            if (place_of(code) <= here if backwards else place_of(code) >= here)
        ]
    parts, sure = [], 0
    for code in codes:
        part = rows.filter(code=code).order_by("-id" if backwards else "id")
        if anchor and code == anchor[0]:
            part = part.filter(**{"id__lt" if backwards else "id__gt": anchor[1]})
        else:
            sure += counts[code][1]
        part = part.values_list("code", "id")
        parts.append(part[:wanted] if counts[code][0] > FEW else part.order_by())
        if sure >= wanted:
            break
    found = list(parts[0].union(*parts[1:], all=True)) if parts else []
    found.sort(key=lambda row: (place_of(row[0]), row[1]), reverse=backwards)
    return [pk for _code, pk in found[:wanted]]
