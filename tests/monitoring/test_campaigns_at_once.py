"""Two officers put one person on the list of a screening at the same moment: it is one line."""

import pytest

from accounts.refusals import Refused
from monitoring.campaigns.persons import add_person
from monitoring.models import CampaignPerson
from tests.assistance.test_funds_at_once import AT_ONCE, each_at_once
from tests.cast import NOW
from tests.monitoring.test_campaigns import opened

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_person_is_added_once(cast):
    made = opened(cast, "screening", groups=["disability"])
    said = {"village": cast.village.division, "told_by": "残联", "by": cast.county, "at": NOW}

    def act(name):
        try:
            return bool(add_person(made, name=name, resident_id="341524198005042637", **said))
        except Refused:
            return False

    assert sum(each_at_once(["方小敏"] * AT_ONCE, act)) == 1
    assert CampaignPerson.objects.count() == 1
