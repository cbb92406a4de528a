"""What the address of a ledger asks for, kept to what the post may see."""

from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.timezone import localdate

from accounts.models import Division
from accounts.places import with_code
from reports.as_of import Standing
from reports.ledgers import LEDGERS
from reports.ledgers.shape import TIERS
from reports.territory import may_keep, may_see_ledgers

EARLIEST = date(1949, 10, 1)


class Asked:
    """Ledger, day, division, tier, part and columns. What is not offered is left out."""

    def __init__(self, post, slug, params):
        if not may_see_ledgers(post):
            raise PermissionDenied
        self.ledger = LEDGERS.get(slug)
        if self.ledger is None:
            raise Http404
        self.post, self.today = post, localdate()
        self.day = _day(params.get("on", "")) or self.today
        self.to_come = self.day > self.today
        self.day = min(self.day, self.today)
        self.place = _place(post, params.get("division"))
        tier, part = params.get("tier", ""), params.get("part", "")
        self.tier = tier if tier in TIERS else ""
        self.part = part if self.ledger.part(part) and not self.ledger.by_tier else ""
        # The form of columns repeats the name, an address lists the codes.
        wanted = {code for text in params.getlist("columns") for code in text.split(",")}
        own = [column.code for column in self.ledger.own_columns]
        self.chosen = [code for code in own if code in wanted]
        if len(self.chosen) == len(own):
            self.chosen = []
        self.columns = self.ledger.chosen(self.chosen)

    @property
    def standing(self):
        narrowed = {"tier": self.tier, "part": self.part}
        return Standing(self.ledger, day=self.day, post=self.post, place=self.place, **narrowed)

    def pairs(self, **changes):
        pairs = {
            "on": "" if self.day == self.today else self.day.isoformat(),
            "division": "" if self.place == self.post.division else self.place.code,
            "tier": str(self.tier),
            "part": self.part,
            "columns": ",".join(self.chosen),
        } | changes
        return {name: value for name, value in pairs.items() if value}

    def query(self, **changes):
        return urlencode(self.pairs(**changes))


def _day(words):
    """The day that the address names; one before there were registers counts as not asked."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if day >= EARLIEST else None


def _place(post, code):
    """The division asked for, when the post keeps its ledger; else the post's own."""
    place = with_code(Division.objects, code)
    return place if place and may_keep(post, place) else post.division
