"""The history of a household read from its versions: what changed, and since when each fact holds.

A chain of versions is the past rows in order and then the present one. A value came into being with
the version from which on it never changed again.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from households.models import HouseholdPast, MemberPast, NationalImport, Visit
from households.models.choices import Origin
from households.models.versions import facts_of
from households.wording import in_words, label_of, names_for, plain

CASE_NUMBER = re.compile(r"\w{1,2}-\d{6}-\d{4}-\d{4,}")
# Said by another field, or never shown.
SILENT = {"province", "city", "county", "township", "longitude", "latitude"}


@dataclass(frozen=True)
class Source:
    """Where a value comes from and since when it holds."""

    since: date
    words: str


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


class Past:
    """All versions of a household and of ``members``, however many they are, in two queries."""

    def __init__(self, household, members=()):
        self.household, self.members = household, list(members)
        past = HouseholdPast.objects.filter(household=household).order_by("since", "id")
        self.chain = [*past, household]
        self.chains = {member.id: [] for member in self.members}
        if self.members:
            past = MemberPast.objects.filter(member__in=self.chains).order_by("since", "id")
            for version in past:
                self.chains[version.member_id].append(version)
        for member in self.members:
            self.chains[member.id].append(member)

    def of(self, row):
        return self.chain if row is self.household else self.chains[row.id]

    @property
    def versions(self):
        return self.chain + [version for chain in self.chains.values() for version in chain]

    @cached_property
    def origins(self):
        return Origins(self.versions)

    @cached_property
    def names(self):
        return names_for(self.versions)

    def sources(self, row):
        """Field name -> ``Source`` of the value that holds now."""
        chain = self.of(row)
        born = {item.name: born_with(item, chain) for item in facts_of(type(row))}
        return {
            name: Source(version.since, self.origins.words(version))
            for name, version in born.items()
        }


def same(item, one, other):
    """Whether two versions agree; sealed values by their blind index, for each seal differs."""
    if hasattr(item, "mask"):
        return getattr(one, f"{item.name}_index") == getattr(other, f"{item.name}_index")
    return getattr(one, item.attname) == getattr(other, item.attname)


def born_with(item, chain):
    """The version with which the present value of ``item`` came into being."""
    version = chain[-1]
    for earlier in reversed(chain[:-1]):
        if not same(item, earlier, chain[-1]):
            break
        version = earlier
    return version


NAMERS = {}  # origin -> ids -> {id: words}: the rooms above say what they wrote


def names_versions_of(origin):
    """``namer(ids)`` gives the words for those versions of ``origin`` that it knows."""

    def register(namer):
        NAMERS[origin] = namer
        return namer

    return register


class Origins:
    """Says in words where versions come from; asks for imports and visits once for all of them."""

    def __init__(self, versions):
        ids = {origin: set() for origin in Origin}
        for version in versions:
            if version.origin_id:
                ids[Origin(version.origin)].add(version.origin_id)
        self.imports = NationalImport.objects.in_bulk(ids[Origin.IMPORT])
        visits = Visit.objects.select_related("officer")
        self.visits = visits.in_bulk(ids[Origin.VISIT])
        self.named = {origin: NAMERS[origin](ids[origin]) for origin in NAMERS if ids[origin]}

    def named_words(self, version):
        """What a room above says of it, or nothing."""
        return self.named.get(version.origin, {}).get(version.origin_id, "")

    def words(self, version):
        if words := self.named_words(version):
            return words
        loaded = self.imports.get(version.origin_id)
        visit = self.visits.get(version.origin_id)
        if version.origin == Origin.IMPORT and loaded and loaded.exported_on:
            return _("national export of %(day)s") % {"day": plain(loaded.exported_on)}
        if version.origin == Origin.VISIT and visit:
            words = _("visit of %(day)s") % {"day": plain(visit.visited_on)}
            return f"{words} {visit.officer.name}" if visit.officer else words
        if version.origin == Origin.CASE and (number := case_number(version.because)):
            return _("case %(number)s") % {"number": number}
        return version.get_origin_display()


def case_number(because):
    """The number, 销-341524-2020-0001, with which the reason of a case's version begins."""
    found = CASE_NUMBER.match(because or "")
    return found.group() if found else ""


def changes_between(before, after, model, names):
    """What two versions of a ``model`` row say differently, the export's own columns by name."""
    changes = []
    for item in facts_of(model):
        if item.name in SILENT or same(item, before, after):
            continue
        if item.name == "extra":
            changes += _extra(before.extra, after.extra)
        else:
            words = (in_words(item, row, names) for row in (before, after))
            changes.append(Change(label_of(item), *words))
    return changes


def _extra(before, after):
    columns = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return [Change(name, plain(before.get(name)), plain(after.get(name))) for name in columns]
