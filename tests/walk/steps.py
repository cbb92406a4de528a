"""Who gets what at every address: the table of the walk (``tests/test_walk.py``).

One line for each address and method. ``opens`` names the roles of ``Cast.ROLES`` that get what they
asked for, ``refused`` those that are told 403; for everybody else the thing is not there: 404.
Nobody logged in: the login page for pages (302), 401 for the API, unless ``anonymous`` says so.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.cast import Cast
from tests.walk_scene import Scene

ALL = " ".join(Cast.ROLES)
# Who sees the household of the scene, which lies in the village of ``cast.village``.
SEES = "village assigned township county city province education water auditor"
OFFICERS = "village assigned township county city province auditor"
LINES = "education water"
KEEPERS = "administrator"


def but(roles, among=ALL):
    """Everybody but these."""
    return " ".join(role for role in among.split() if role not in roles.split())


@dataclass(frozen=True)
class Step:
    name: str  # of the address; the route where it has none
    opens: str = ALL
    refused: str = ""
    args: Callable[[Scene], list] | None = None  # ids in the address
    params: str = ""  # what follows the question mark
    data: Callable[[Scene], dict] | None = None  # of a POST; {} for an empty one
    gives: int = 200  # the status for those in ``opens``
    others: int = 404  # the status for those who are named nowhere
    anonymous: int = 302
    verb: str = ""  # where it is neither GET nor POST
    plain: bool = False  # may hold plain identifiers: it was asked for, with a reason

    @property
    def method(self):
        return self.verb or ("GET" if self.data is None else "POST")

    def expected(self, role):
        if role == "anonymous":
            return self.anonymous
        if role in self.opens.split():
            return self.gives
        return 403 if role in self.refused.split() else self.others


def household(scene):
    return [scene.household.id]


def member(scene):
    return [scene.household.id, scene.member.id]


def because(scene):
    return {"because": "入户核对信息"}


def number(scene):
    return {"q": scene.ID}


def empty(scene):
    return {}


def edits(name, args=household, roles="township county"):
    """A page that corrects: its form, and the form sent empty, which answers with its faults."""
    able = "township next_township county stranger"
    page = {"opens": roles, "refused": but(able), "args": args}
    return [Step(name, **page), Step(name, **page, data=empty)]


def api(prefix, list_opens, opens, args, refused=KEEPERS):
    """A list and one row of the API."""
    return [
        Step(f"api_{prefix}-list", list_opens, but(list_opens), anonymous=401),
        Step(f"api_{prefix}-detail", opens, refused, args, anonymous=401),
    ]


REVEALERS = "village township county city province"

RECORDERS = "village next_village assigned township next_township"
CARRIERS = "village next_village assigned township next_township county stranger education water"
REPORTERS = "village next_village township next_township county stranger city other_city province"
REPORTERS += " other_province auditor"

OFFICERS_ALL = but(f"{KEEPERS} {LINES}")
ASKERS = "township next_township county stranger city other_city province other_province"
TAKE_PART = but(f"{LINES} {KEEPERS}")
OUT = f"{KEEPERS} {LINES}"
