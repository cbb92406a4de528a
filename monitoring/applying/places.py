"""The village, chosen step by step: city and county, township, village. Works without a script."""

from dataclasses import dataclass

from accounts.models import Division
from accounts.models.divisions import Level
from accounts.places import with_code

STEPS = ((Level.COUNTY, "county"), (Level.TOWNSHIP, "township"), (Level.VILLAGE, "village"))


@dataclass
class Place:
    """``chosen`` so far, the highest first; ``field`` is asked next out of ``options``."""

    chosen: list
    field: str = ""
    options: list = ()

    @property
    def village(self):
        return None if self.field else self.chosen[-1]


def place_of(params, today):
    valid, chosen = Division.objects.valid_on(today), []
    for level, field in STEPS:
        rows = valid.filter(level=level).select_related("parent", "county")
        if chosen:
            rows = rows.filter(parent=chosen[-1])
        division = with_code(rows, params.get(field, ""))
        if division is None:
            return Place(chosen, field, list(rows.order_by("code")))
        chosen.append(division)
    return Place(chosen)
