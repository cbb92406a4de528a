from accounts.models.acts import AccountAct, What
from accounts.models.calendar import CalendarDay
from accounts.models.divisions import Division
from accounts.models.logs import Reveal
from accounts.models.officers import Officer, Post
from accounts.models.tokens import ApiToken
from accounts.models.tries import Tries

__all__ = [
    "AccountAct",
    "ApiToken",
    "CalendarDay",
    "Division",
    "Officer",
    "Post",
    "Reveal",
    "Tries",
    "What",
]
