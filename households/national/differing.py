"""A household's figure stands on each of its rows; here it does not."""

import json

from accounts.models import Division
from households.national import shape, words
from households.national.words import BY_FIELD, HOUSEHOLD, PLACE

_AT = {name: place for place, name in enumerate(shape.STAGED_HOUSEHOLD)}
# Facts that are one cell: they agree or disagree together.
_UNITS = [
    *[[field] for field in shape.HOUSEHOLD_PLAIN if field not in ("status", "exited_class")],
    ["status", "exited_class"],
    *[[f"{field}_index", field, f"{field}_masked"] for field in shape.HOUSEHOLD_PROTECTED],
    *[[field] for field in shape.FIGURES],
    ["window_from", "window_to"],
    ["village_id", "province_id", "city_id", "township_id"],
    ["size"],
]
_TITLES = {"status": "household_kind", "village_id": "village", "window_from": "window_to"}


# Status, or the class that lists, -> the word of the national code list.
KIND_WORDS = {own or code: word for word, (code, own) in reversed(words.STATUS.items())}
_WORDS = {
    "status": KIND_WORDS,
    "house_material": {code: word for word, code in reversed(words.MATERIAL.items())},
}


def agreed(group, header):
    """-> (one staged line, refusals) of lines of one household, first row first."""
    line, faults = list(group[0]), []
    for unit in _UNITS:
        places = [_AT[field] for field in unit]
        said = {}
        for other in group:
            if other[places[0]] is not None:
                said.setdefault(tuple(other[i] for i in places[:1]), other)
        chosen = next(iter(said.values()), group[0])
        if len(said) > 1:
            faults += _faults(unit, list(said.values()), header)
        for place in places:
            line[place] = chosen[place] if len(said) < 2 else None
    line[_AT["extra"]] = _extra(group)
    return line, faults


def _faults(unit, lines, header):
    """One refusal at each later row that says something else than the first."""
    field = unit[0].removesuffix("_index")
    if field == "size":
        return []
    shown = _AT[f"{field}_masked" if unit[0].endswith("_index") else field]
    title, first, faults = _title(field, header), lines[0], []
    for other in lines[1:]:
        details = {"other": int(first[0]), "others": _said(field, first[shown])}
        value = _said(field, other[shown])
        faults.append((other[0], title, other[1], value, "rows_differ", _json(details), "f"))
    return faults


def _title(field, header):
    if field == "village_id":
        key = (PLACE, "village") if (PLACE, "village") in header.columns else (PLACE, "code")
    else:
        key = (HOUSEHOLD, _TITLES.get(field, field))
    index = header.index(*key)
    return header.names[index][:60] if index is not None else BY_FIELD[key].title


def _said(field, value):
    """As the file would say it."""
    if field == "village_id":
        return Division.objects.get(pk=value).name
    if value in ("true", "false"):
        return "是" if value == "true" else "否"
    return _WORDS.get(field, {}).get(value, value)[:80]


def _extra(group):
    kept = {}
    for line in reversed(group):
        kept |= json.loads(line[_AT["extra"]] or "{}")
    return _json(kept) if kept else None


def _json(value):
    return json.dumps(value, ensure_ascii=False)
