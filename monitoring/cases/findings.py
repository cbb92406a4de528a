"""What a condition says of a case: one sentence, good or bad."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One sentence of the guard. ``url`` is the name of the page of the household that mends it."""

    ok: bool
    sentence: str
    clause: str = ""
    evidence: str = ""
    url: str = ""

    @property
    def state(self):
        return "ok" if self.ok else "no"
