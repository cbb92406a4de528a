"""The menu: one row per entry; who sees it follows from an ability, or from seeing households."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    words: str
    url: str
    icon: str
    group: str = ""
    ability: str = ""  # blank: whoever sees households
    roles: tuple = ()  # blank: all


ENTRIES = []


def menu_for(request):
    return []
