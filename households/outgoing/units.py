"""The columns of the export that are compared, and the fields of the register behind each."""

from households.models import NationalImport
from households.models.imports import ImportState
from households.national import shape
from households.national.words import BY_FIELD, BY_HEADER, HOUSEHOLD, MEMBER, PLACE, plain_header

# Kinds of a difference that are no column: somebody is in one of the two only.
NEW_HOUSEHOLD, JOINED, LEFT = "new_household", "joined", "left"
_TOGETHER = {
    "health": ("chronic_illness", "major_illness", "disabled"),
    "school": ("school", "school_words"),
}
# Where a unit stands in the export, if not in a column of its own name; the first that it has.
_STANDS_IN = {
    "status": ("household_kind",),
    "exited_class": ("exited_kind", "monitored_kind", "household_kind"),
}


def _units(plain, protected, left_out=()):
    inside = {field for fields in _TOGETHER.values() for field in fields}
    units = {field: (field,) for field in plain if field not in inside and field not in left_out}
    units |= {unit: fields for unit, fields in _TOGETHER.items() if set(fields) <= set(plain)}
    return units | {field: (f"{field}_index", f"{field}_masked") for field in protected}


UNITS = {
    # Measures are what the national system itself says was done.
    HOUSEHOLD: {"village": ("village_id",)}
    | _units(shape.HOUSEHOLD_PLAIN, shape.HOUSEHOLD_PROTECTED, ("national_measures",)),
    MEMBER: _units(shape.MEMBER_PLAIN, shape.MEMBER_PROTECTED),
}


def fields_of(level):
    return [field for fields in UNITS[level].values() for field in fields]


def columns_of(level, unit):
    """The columns that may carry the unit, as keys of ``BY_FIELD``."""
    if unit == "village":
        return [(PLACE, "village"), (PLACE, "code")]
    return [(level, name) for name in _STANDS_IN.get(unit, (unit,))]


class Headers:
    """The header words of the files that a province loads; ours where it has loaded none."""

    def __init__(self, province_id):
        self.names = {}
        loaded = NationalImport.objects.filter(
            state=ImportState.LOADED, division__province=province_id
        )
        for columns in loaded.order_by("-exported_on", "-id").values_list("columns", flat=True):
            for name in columns.get("found", ()):
                column = BY_HEADER.get(plain_header(name))
                if column:
                    self.names.setdefault((column.level, column.field), name)

    def known(self, level, unit):
        """Whether any of its files has the column; a province without files has all."""
        return not self.names or any(key in self.names for key in columns_of(level, unit))

    def of(self, level, unit):
        keys = columns_of(level, unit)
        found = (self.names[key] for key in keys if key in self.names)
        return next(found, BY_FIELD[keys[0]].title)
