"""What whoever sends a request is told before sending it: what these villages are asked already."""

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from accounts.models import Division
from accounts.models.divisions import Level
from duties.asking import tell_before_asking
from duties.models import Task
from households.due import month_of
from households.models import Visit
from monitoring.burden.counting import open_requests, sums_of
from monitoring.models import Burden, CampaignLine


def told_before(place):
    """A sentence about the villages of ``place``."""
    villages = Division.objects.below(place).filter(level=Level.VILLAGE)
    number = villages.valid_on(localdate()).count()
    waiting = open_requests(place)
    first = month_of(localdate())[0]
    asked = sums_of(Burden.objects.filter(month=first, **{place.level_column: place.pk}))["asked"]
    said = [
        ngettext(
            "Open requests on the desk of this village: %(waiting)s.",
            "Open requests on the desks of these %(n)s villages: %(waiting)s.",
            number,
        ),
        ngettext(
            "%(asked)s household was visited or asked this month already.",
            "%(asked)s households were visited or asked this month already.",
            asked or 0,
        ),
    ]
    figures = {"n": number, "waiting": waiting, "asked": asked or 0}
    return " ".join(sentence % figures for sentence in said)


def asked_again(households):
    """How many of these were visited or asked this month already, counted now."""
    first = month_of(localdate())[0]
    own = {"household": OuterRef("pk")}
    visits = Visit.objects.filter(visited_on__gte=first, **own)
    tasks = Task.objects.filter(opened_at__date__gte=first, **own)
    lines = CampaignLine.objects.filter(campaign__opened_at__date__gte=first, **own)
    return households.filter(Exists(visits) | Exists(tasks) | Exists(lines)).count()


def told_of(households):
    """A sentence about the households of a list that is about to be written."""
    number = households.count()
    said = ngettext(
        "The list would have %(n)s household.", "The list would have %(n)s households.", number
    )
    again = asked_again(households)
    said += " " + ngettext(
        "%(again)s of them was visited or asked this month and would be asked a second time.",
        "%(again)s of them were visited or asked this month and would be asked a second time.",
        again,
    )
    return said % {"n": number, "again": again}


@tell_before_asking
def told_to_who_asks(post):
    return told_before(post.division)
