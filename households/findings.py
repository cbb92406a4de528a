"""What one visit found, in the words of the register: the act's argument."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from households.models.choices import Secure

ASSURANCES = ("food", "clothing", "education", "medical", "housing", "water")
_SEVERITY = {"": 0, Secure.SECURE: 1, Secure.AT_RISK: 2, Secure.INSECURE: 3}


def worst(values):
    """The worst of the answers; not looked at only when none was given or, beside secure ones,
    one is missing."""
    values = list(values)
    found = max(values, key=_SEVERITY.get, default="")
    return "" if found == Secure.SECURE and "" in values else found


class Left(NamedTuple):
    on: date
    because: str


@dataclass
class Findings:
    """``household`` and ``members``: register field -> value, only what was found otherwise than
    known. ``assurances``: assurance -> Secure or blank. ``joined``, ``events``: rows to make.
    ``resolved``: id of an open event -> day; ``judged``: the same -> whether it causes a risk."""

    assurances: dict = field(default_factory=dict)
    household: dict = field(default_factory=dict)
    members: dict = field(default_factory=dict)
    joined: list = field(default_factory=list)
    left: dict = field(default_factory=dict)
    new_head: object = None
    events: list = field(default_factory=list)
    resolved: dict = field(default_factory=dict)
    judged: dict = field(default_factory=dict)
    other_risk: str = ""

    def as_json(self):
        return {
            "household": _plain(self.household),
            "members": {str(member.id): _plain(facts) for member, facts in self.members.items()},
            "joined": [newcomer["name"] for newcomer in self.joined],
            "left": {
                str(member.id): [left.on.isoformat(), left.because]
                for member, left in self.left.items()
            },
            "resolved": {str(key): day.isoformat() for key, day in self.resolved.items()},
            "judged": {str(key): risk for key, risk in self.judged.items()},
        }


def _plain(facts):
    simple = (bool, int, str, type(None))
    return {name: v if isinstance(v, simple) else str(v) for name, v in facts.items()}
