"""Values as the national system writes them, so that they can be typed in there as they stand."""

from accounts.models import Division
from households.national import words


def _first(table):
    return {code: word for word, code in reversed(table.items())}


_RELATION = _first(words.RELATION) | {"other": "其他"}
_OF_WOMEN = {"child": "之女", "grandchild": "之孙女", "parent": "之母", "parent_in_law": "之岳母",
             "grandparent": "之祖母"}  # fmt: skip
_OF_MEN = {"child": "之子", "grandchild": "之孙子", "parent": "之父", "parent_in_law": "之岳父",
           "grandparent": "之祖父"}  # fmt: skip
_SCHOOL = {"none": "非在校生", "preschool": "学前教育", "primary": "小学", "junior": "初中",
           "senior": "高中", "tertiary": "大学"}  # fmt: skip
_CODES = {
    "status": _first({word: own for word, (own, _class) in words.STATUS.items()})
    | {"edge_cleared": "边缘户", "exited": "脱贫户", "poor": "未脱贫户"},
    "exited_class": _first(words.CLASS),
    "sex": _first(words.SEX),
    "education": _first(words.EDUCATION),
    "labour": _first(words.LABOUR),
    "house_grade": _first(words.GRADE),
    "house_material": _first(words.MATERIAL),
    "disability_grade": {int(code): word for code, word in _first(words.DISABILITY_GRADE).items()},
}


def said_of(unit, values, member=None, villages=None):
    """The word for the values of a unit; blank where nothing is said. ``villages``: id -> name."""
    if not values:
        return ""
    if unit == "health":
        return _health(values)
    if unit == "school":
        return values.get("school_words") or _SCHOOL.get(values.get("school"), "")
    if unit == "village":
        return (villages or {}).get(values["village_id"], "")
    if f"{unit}_masked" in values:
        return values[f"{unit}_masked"] or ""
    if unit == "relation":
        return _relation(values[unit], member)
    return _plain(unit, values[unit])


def _health(values):
    ill = [word for word, field in words.HEALTH.items() if field and values.get(field)]
    well = all(value is False for value in values.values())
    return ",".join(ill) or ("健康" if well else "")


def _relation(code, member):
    own = _OF_WOMEN if member is not None and member.sex == "female" else _OF_MEN
    return own.get(code, _RELATION.get(code, ""))


def _plain(unit, value):
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(value)
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(_CODES.get(unit, {}).get(value, value))


def village_names(differences):
    ids = {
        values["village_id"]
        for row in differences
        if row.column == "village"
        for values in (row.said, row.here)
        if values
    }
    return dict(Division.objects.filter(id__in=ids).values_list("id", "name")) if ids else {}
