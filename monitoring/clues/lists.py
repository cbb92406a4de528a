"""The list of clues: by state, channel, place and what is late, all in the address."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import pgettext_lazy

from accounts.places import narrowed
from accounts.roles import COUNTY
from monitoring.models import Channel, Clue, ClueSource, ClueState

OPEN = "open"
STATES = {
    OPEN: pgettext_lazy("clue", "open"),
    ClueState.CHECK: ClueState.CHECK.label,
    ClueState.CONFIRM: ClueState.CONFIRM.label,
    ClueState.TO_OPEN: ClueState.TO_OPEN.label,
    ClueState.CASE: ClueState.CASE.label,
    ClueState.ENDED: ClueState.ENDED.label,
}


class Filters:
    """What the address asks for. What it does not know counts as not asked."""

    def __init__(self, params, post, today):
        self.post, self.today = post, today
        self.state = params.get("state") if params.get("state") in STATES else OPEN
        self.channel = params.get("channel") if params.get("channel") in Channel.values else ""
        self.late = params.get("late") == "yes" and self.state != ClueState.ENDED
        rows = Clue.objects.visible_to(post)
        self.place_rows, self.division = narrowed(rows, post, params.get("division"))

    @property
    def narrowed(self):
        return bool(self.channel or self.late or self.division)

    def before_state(self):
        rows = self.place_rows
        if self.channel:
            told = ClueSource.objects.filter(clue=OuterRef("pk"), channel=self.channel)
            rows = rows.filter(Exists(told))
        return rows.overdue(self.today) if self.late else rows

    def rows(self):
        rows = self.before_state()
        rows = rows.open() if self.state == OPEN else rows.filter(state=self.state)
        rows = rows.select_related("household", "village__township")
        return rows.prefetch_related("sources")

    @property
    def order(self):
        return ("-id",) if self.state == ClueState.ENDED else ("due_on", "id")

    def chips(self):
        """Each state with its count; what has ended is not counted for a city or province."""
        counted = {
            code: Count("id", filter=Q(state=code)) for code in STATES if code not in (OPEN,)
        }
        rows = self.before_state()
        if self.post.division.level < COUNTY and not self.division:
            rows, counted = rows.open(), {k: v for k, v in counted.items() if k != "ended"}
        found = rows.order_by().aggregate(
            **{OPEN: Count("id", filter=Q(ended_on=None))},
            **{str(k): v for k, v in counted.items()},
        )
        return [
            {"code": code, "words": words, "count": found.get(code), "current": code == self.state}
            for code, words in STATES.items()
        ]


def channels_of(clue):
    """The channels by which it came, each once, in the order in which they did."""
    return list(dict.fromkeys(Channel(source.channel) for source in clue.sources.all()))
