"""The timeline of a household: versions of the register, visits and events, latest first."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.models import Officer, Post
from households.history import Change, Past, changes_between
from households.models import Event, FormerNumber, Household, Member, Visit
from households.there import ask_about, has_any
from households.wording import plain


@dataclass
class Entry:
    """What happened to a household on one day: an item of the timeline."""

    on: date
    at: datetime
    title: str
    who: str = ""
    kind: str = ""  # "machine" for what no person did
    because: str = ""
    words: str = ""
    changes: list = field(default_factory=list)

    @property
    def order(self):
        return self.on, self.at


VISIT = ("visited_on", "received_at", "method", "words", "unchanged", "officer__name")
TELLERS = []  # (models, teller): what the rooms above know of a household
ask_about(Event, FormerNumber, Visit)


def also_tells(*models):
    """A room above adds what it knows: ``teller(household, post, limit)`` gives entries. It is
    asked where a row of one of ``models`` names the household."""
    ask_about(*models)

    def register(teller):
        TELLERS.append((models, teller))
        return teller

    return register


def timeline(household, post, limit=None, past=None):
    """What happened, latest first, of the sections that ``post`` may see."""
    entries = []
    if post.sees_section("history"):
        members = household.members.all() if post.sees_section("members") else ()
        entries += changes_of(past or Past(household, members))
        if has_any(household, FormerNumber):
            entries += map(_renumbered, household.former_numbers.all())
    if has_any(household, Visit):
        visits = Visit.objects.visible_to(post).filter(household=household)
        entries += map(_visit, visits.select_related("officer").only(*VISIT)[:limit])
    if has_any(household, Event):
        entries += map(_event, Event.objects.visible_to(post).filter(household=household)[:limit])
    for models, teller in TELLERS:
        if any(has_any(household, model) for model in models):
            entries += teller(household, post, limit)
    return sorted(entries, key=lambda entry: entry.order, reverse=True)[:limit]


def told_by_posts(acts, *fields):
    """These fields of acts, and who did them: in ``by`` all that a signature and a place need.

    A page has a dozen tellers: they ask for the columns they tell, and for deputies where one was.
    """
    post = [f"by__{name}" for name in ("deputy_of", "officer__name", "division__name")]
    absent = Post.objects.select_related("officer").only("officer__name")
    return (
        acts.select_related("by__officer", "by__division")
        .only(*fields, *post)
        .prefetch_related(Prefetch("by__deputy_of", absent))
    )


def changes_of(past):
    """Every version as an entry, latest first. One act that changed the household and its members
    is one entry."""
    joined = {}
    for entry in _entries(past):
        key = (entry.on, entry.at, entry.who, entry.because)
        if key in joined:
            joined[key].changes += entry.changes
        else:
            joined[key] = entry
    return sorted(joined.values(), key=lambda entry: entry.order, reverse=True)


def _entries(past):
    first, *later = past.chain
    yield _entry(past, first, _("Registered"))
    for before, after in zip(past.chain, later, strict=False):
        changes = changes_between(before, after, Household, past.names)
        yield _entry(past, after, _("Register changed"), changes)
    for member in past.members:
        chain = past.of(member)
        if chain[0].recorded_at != first.recorded_at:
            added = [Change(member.name, "", _("recorded"))]
            yield _entry(past, chain[0], _("Member recorded"), added)
        for before, after in zip(chain, chain[1:], strict=False):
            changes = changes_between(before, after, Member, past.names)
            named = [
                Change(f"{member.name} {change.label}", change.before, change.after)
                for change in changes
            ]
            yield _entry(past, after, _("Register changed"), named)


def _entry(past, version, title, changes=()):
    return Entry(
        on=version.since,
        at=version.recorded_at,
        title=title,
        who=_who(past, version),
        kind="" if version.recorded_by_id else "machine",
        because=version.because,
        changes=list(changes),
    )


def _who(past, version):
    name = past.names.get((Officer, version.recorded_by_id), "")
    origin = past.origins.words(version)
    return origin if not name or name in origin else f"{origin} {name}"


def _renumbered(former):
    return Entry(
        on=former.until,
        at=former.recorded_at,
        title=_("National number received"),
        words=_("Until then it was %(number)s, a number of the village.")
        % {"number": former.number},
        kind="machine",
    )


def _visit(visit):
    return Entry(
        on=visit.visited_on,
        at=visit.received_at,
        title=_("Visit: %(how)s") % {"how": visit.get_method_display()},
        who=visit.officer.name if visit.officer else "",
        words=visit.words or (_("nothing changed") if visit.unchanged else ""),
    )


def _event(event):
    ended = event.resolved_on
    return Entry(
        on=event.happened_on,
        at=event.recorded_at,
        title=event.what,
        words=event.description,
        who=_("resolved on %(day)s") % {"day": plain(ended)} if ended else _("not yet resolved"),
    )
