"""From the form's answers to what was found: which facts each answer says (domain.md 3).

An answer that nobody touched (``shown`` and still the same) says nothing new to the register; on
the visit it counts as confirmed, but for a text message, in which nobody was asked.
"""

from households.findings import ASSURANCES, Findings, Left, worst
from households.models.choices import EventKind, Method, School, Secure
from households.visit_known import ABLE, WATER_PARTS, YES

TEXT_ONLY = (Method.SMS, Method.WECHAT)
HEALTH = {
    "healthy": {"major_illness": False, "chronic_illness": False, "untreated": False},
    "chronic": {"major_illness": False, "chronic_illness": True, "untreated": False},
    "major": {"major_illness": True, "chronic_illness": False},
    "both": {"major_illness": True, "chronic_illness": True},
}
MEDICAL_PARTS = ("medical", "uninsured", "untreated", "no_doctor")
HOUSING_PARTS = (
    "housing",
    "house_grade",
    "safe_home_elsewhere",
    "parents_in_unsafe_house",
)


class Answers:
    """``given``: cleaned answers; ``touched``: names of those that differ from what was shown."""

    def __init__(self, given, touched, members, children):
        self.given, self.touched = given, touched
        self.members, self.children = members, children

    def findings(self):
        found = Findings(other_risk=self.given.get("other_risk") or "")
        found.assurances = self._assurances()
        found.household = self._household()
        found.members = {m: facts for m in self.members if (facts := self._member(m))}
        found.left = {m: left for m in self.members if (left := self._left(m))}
        found.new_head = self.given.get("new_head")
        found.joined = self.given.get("joined") or []
        found.events = [*(self.given.get("events") or []), *self._deaths(found)]
        found.resolved = self.given.get("resolved") or {}
        found.judged = self.given.get("judged") or {}
        return found

    def _is_touched(self, *names):
        return any(name in self.touched for name in names)

    def _assurances(self):
        values = {name: self.given.get(name) or "" for name in ASSURANCES}
        values["education"] = worst(self._schooling(child) for child in self.children)
        if self.given.get("method") in TEXT_ONLY:
            values = {
                name: value if self._is_touched(*self._parts_of(name)) else ""
                for name, value in values.items()
            }
        return values

    def _parts_of(self, assurance):
        if assurance == "education":
            return [f"school_{child.id}" for child in self.children]
        parts = {"medical": MEDICAL_PARTS, "housing": HOUSING_PARTS}
        return parts.get(assurance, (assurance, f"{assurance}_lacking"))

    def _schooling(self, child):
        said = self.given.get(f"school_{child.id}")
        if said == "left":
            exempt = self.given.get(f"exempt_{child.id}")
            return Secure.SECURE if exempt else Secure.INSECURE
        return {"at_school": Secure.SECURE, "at_risk": Secure.AT_RISK}.get(said, "")

    def _household(self):
        facts = {}
        if self.given.get("housing") and self._is_touched(*HOUSING_PARTS):
            facts |= self._house()
        if self.given.get("water") and self._is_touched("water", "water_lacking"):
            facts |= self._water()
        for name in ("hazard_spot", "business_short_of_funds"):
            if self.given.get(name) and self._is_touched(name):
                facts[name] = self.given[name] == YES
        return facts

    def _house(self):
        """With a safe home elsewhere nothing is said about the house that was left."""
        said, elsewhere = self.given["housing"], bool(self.given.get("safe_home_elsewhere"))
        facts = {"house_at_risk": said == Secure.AT_RISK}
        if not elsewhere:
            facts["unsafe_house"] = said == Secure.INSECURE
        if elsewhere or said == Secure.INSECURE or "safe_home_elsewhere" in self.touched:
            facts["safe_home_elsewhere"] = elsewhere
        if "parents_in_unsafe_house" in self.touched:
            facts["parents_in_unsafe_house"] = bool(self.given.get("parents_in_unsafe_house"))
        if self.given.get("house_grade"):
            facts["house_grade"] = self.given["house_grade"]
        return facts

    def _water(self):
        """A test or a measure that nobody made stays unknown: only what lacks, and what lacked
        before and no longer does, is written beside the whole."""
        said, lacking = self.given["water"], set(self.given.get("water_lacking") or [])
        facts = {"water_safe": said != Secure.INSECURE}
        if said != Secure.INSECURE:
            facts["water_seasonal_shortage"] = said == Secure.AT_RISK
        for part in WATER_PARTS:
            if part in lacking:
                facts[f"water_{part}"] = False
            elif part in (self.given.get("water_lacked") or ()):
                facts[f"water_{part}"] = True
        return facts

    def _member(self, member):
        facts, key = {}, member.id
        said = self.given.get(f"school_{key}")
        if said and self._is_touched(f"school_{key}", f"stage_{key}", f"exempt_{key}"):
            facts |= self._school(member, said)
        if said := self._new(f"health_{key}"):
            facts |= HEALTH[said]
        if self.given.get("medical") and self._is_touched(*MEDICAL_PARTS):
            facts |= self._medical(member, facts)
        for name in ("labour", "work_months", "work_place"):
            if (said := self._new(f"{name}_{key}")) is not None:
                facts[name] = said
        if said := self._new(f"trained_{key}"):
            facts["trained"] = said == YES
        return facts

    def _new(self, name):
        """The answer if somebody gave another than was shown; else None."""
        value = self.given.get(name)
        return value if name in self.touched and value not in ("", None) else None

    def _school(self, member, said):
        left = said == "left"
        facts = {
            "school": School.NONE if left else self.given[f"stage_{member.id}"],
            "school_exemption": (self.given.get(f"exempt_{member.id}") or "") if left else "",
        }
        if said == "at_risk" or member.dropout_warning:
            facts["dropout_warning"] = said == "at_risk"
        return facts

    def _medical(self, member, facts):
        key = str(member.id)
        named = {name: key in (self.given.get(name) or []) for name in MEDICAL_PARTS[1:]}
        new = {"medical_insurance": not named["uninsured"]}
        major = facts.get("major_illness", member.major_illness)
        chronic = facts.get("chronic_illness", member.chronic_illness)
        if named["untreated"]:
            new |= {"untreated": True, "major_illness": True}
        elif major is not False:
            new["untreated"] = False
        if named["no_doctor"]:
            new |= {"family_doctor": False, "chronic_illness": True}
        elif chronic:
            new["family_doctor"] = True
        return new

    def _left(self, member):
        because = self.given.get(f"left_{member.id}")
        if not because:
            return None
        on = self.given.get(f"left_on_{member.id}") or self.given["visited_on"]
        return Left(on, because)

    def _deaths(self, found):
        """The death of somebody who worked is an event of its own (AH 2.3); whether it puts the
        family at risk stays open until somebody judges it."""
        told = any(event["kind"] == EventKind.LABOURER_DEATH for event in found.events)
        return [
            {"kind": EventKind.LABOURER_DEATH, "happened_on": left.on, "member": member}
            for member, left in found.left.items()
            if left.because == "died" and member.labour in ABLE and not told
        ]
