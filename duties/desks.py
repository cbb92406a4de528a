"""The desks that a task can be handed over to: one level up, and down to where it lies."""

from dataclasses import dataclass

from accounts.models import Division
from accounts.models.divisions import Level
from accounts.roles import DEPARTMENTS, ROLES

ROLE_OF = {
    Level.PROVINCE: "province",
    Level.CITY: "city",
    Level.COUNTY: "county",
    Level.TOWNSHIP: "township",
    Level.VILLAGE: "village",
}


@dataclass(frozen=True)
class Desk:
    division: Division
    role: str
    department: str = ""

    @property
    def code(self):
        return f"{self.role}-{self.department or self.division.code}"

    @property
    def words(self):
        name = DEPARTMENTS[self.department] if self.department else ROLES[self.role].name
        return f"{self.division.name} · {name}"


def desks_for(task):
    """The level above; of a household its village, township and county; of a county or city its
    departments. Not the desk where it lies."""
    desks = [Desk(division, ROLE_OF[division.level]) for division in _divisions(task)]
    if task.at.level in (Level.CITY, Level.COUNTY):
        desks += [Desk(task.at, "department", code) for code in DEPARTMENTS]
    if task.role == "department":
        desks.insert(0, Desk(task.at, ROLE_OF[task.at.level]))
    here = (task.at_id, task.role, task.department)
    return [desk for desk in desks if (desk.division.pk, desk.role, desk.department) != here]


def _divisions(task):
    home = task.household
    if home:
        line = [home.village, home.township, home.county]
        return line if task.at.level >= Level.COUNTY else [*line, task.at]
    return [task.at.parent] if task.at.parent else []
