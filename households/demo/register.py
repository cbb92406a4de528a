"""The demo's households: two counties of Lu'an, and the cadre's village with its stories."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F

from accounts.demo import DEMO_COUNTY, DEMO_VILLAGE, NEIGHBOUR_COUNTY
from accounts.models import Division
from households.demo.stories import STORIES
from households.demo.telling import tell
from households.models import Household
from households.population.making import make_population
from households.population.months import month_of

SEED = 2020
MONTHS = 4
IN_COUNTY, IN_NEIGHBOUR, IN_VILLAGE = 600, 150, 38

# Half of the monthly visits of this month are done, on days up to today.
VISITS_OF_THIS_MONTH = """
WITH done AS (
    INSERT INTO households_visit (client_id, household_id, visited_on, made_at, received_at,
        method, met, unchanged, food, clothing, education, medical, housing, water, other_risk,
        needs, words, money, found)
    SELECT overlay(client_id::text PLACING 'd' FROM 1 FOR 1)::uuid, household_id,
        day, day + time '10:20', day + time '10:31',
        method, met, TRUE, food, clothing, education, medical, housing, water, '', '{}', '', '{}',
        '{}'
    FROM (
        SELECT DISTINCT ON (v.household_id) v.*,
            %(first)s::date + (v.household_id * 7 %% %(days)s)::int AS day
        FROM households_visit v JOIN households_household h ON h.id = v.household_id
        WHERE (h.exited_class = 'monitored' OR h.status = 'edge') AND h.id %% 2 = 0
          AND h.number LIKE 'SYN%%'
        ORDER BY v.household_id, v.visited_on DESC, v.id DESC
    ) AS latest
    RETURNING household_id, visited_on
)
UPDATE households_household h SET last_visited_on = done.visited_on
FROM done WHERE done.household_id = h.id"""


@transaction.atomic
def make_register(*, today, people, by, at):
    """Households, visits and stories up to ``today``.

    ``by`` is the village cadre's post; ``people`` are (name, phone, officer) who look after
    households of the village: the first after half of the exited ones, the second after edge ones.
    """
    village = Division.objects.get(code=DEMO_VILLAGE)
    until = month_of(today) - timedelta(days=1)
    wishes = {"seed": SEED, "until": until, "months": MONTHS}
    make_population(households=IN_COUNTY - IN_VILLAGE, division=DEMO_COUNTY[:6], **wishes)
    make_population(households=IN_NEIGHBOUR, division=NEIGHBOUR_COUNTY[:6], **wishes)
    there = Household.objects.filter(village=village).count()
    missing = IN_VILLAGE - len(STORIES) - there
    if missing > 0:
        make_population(households=missing, division=DEMO_VILLAGE, **wishes)
    with connection.cursor() as cursor:
        days = {"first": month_of(today), "days": today.day}
        cursor.execute(VISITS_OF_THIS_MONTH, days)
    for person, status in zip(people, ("exited", "edge"), strict=True):
        _look_after(village, person, status)
    for place, story in enumerate(STORIES, 1):
        person = people[story["facts"]["status"] == "edge"]
        tell(story, place, village=village, today=today, person=person, by=by, at=at)


def _look_after(village, person, status):
    """Every edge household of the village and every other exited one gets ``person``."""
    name, phone, officer = person
    kind = "responsible" if status == "exited" else "contact"
    one = Household(**{f"{kind}_phone": phone})
    columns = {
        f"{kind}_{part}": getattr(one, f"{kind}_{part}")
        for part in ("phone", "phone_index", "phone_masked")
    }
    there = Household.objects.filter(village=village, status=status)
    if status == "exited":
        there = there.annotate(half=F("id") % 2).filter(half=0)
    there = there.exclude(**{f"{kind}_name": ""})
    there.update(**{f"{kind}_name": name, "in_charge": officer}, **columns)
