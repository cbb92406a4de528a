"""Listing and closing are cases: no file takes a household out, or back in (AH 3.3, 4.1.1)."""

from datetime import date

import pytest

from households.models import Household, Refusal
from households.models.choices import Origin
from households.register import record_household
from tests.cast import NOW
from tests.households.faults import CLASS, KIND, Export, load, refusals

JULY = date(2020, 7, 25)
SAID = {"脱贫户": "享受政策", "一般农户": ""}
LISTED = {"脱贫监测户": ("exited", "monitored"), "边缘户": ("edge", "")}


def loaded(cast, kind):
    load(cast, Export(1).household(0, **{KIND: kind, CLASS: ""}))
    return Household.objects.get()


@pytest.mark.parametrize("kind", LISTED)
@pytest.mark.parametrize("said", SAID)
def test_a_file_does_not_end_monitoring(cast, kind, said):
    household = loaded(cast, kind)
    assert (household.status, household.exited_class) == LISTED[kind]
    export = Export(1).household(0, **{KIND: said, CLASS: SAID[said], "住房等级": "C"})
    imported = load(cast, export, exported_on=JULY)
    household.refresh_from_db()
    assert (household.status, household.exited_class) == LISTED[kind]
    assert household.house_grade == "C"
    refusal = Refusal.objects.get(of_import=imported)
    assert (refusal.reason, refusal.column, refusal.value) == ("listed_here", KIND, said)
    assert kind in refusal.sentence


def test_a_file_lists_a_household_that_nobody_has_decided_about(cast):
    household = loaded(cast, "脱贫户")
    export = Export(1).household(0, **{KIND: "脱贫监测户", CLASS: ""})
    imported = load(cast, export, exported_on=JULY)
    household.refresh_from_db()
    assert household.exited_class == "monitored"
    assert not refusals(imported)


def test_what_a_case_decided_is_not_undone_by_an_export(cast):
    household = loaded(cast, "脱贫监测户")
    record_household(
        household,
        on=date(2020, 7, 1),
        origin=Origin.CASE,
        by=cast.province.officer,
        at=NOW,
        exited_class="supported",
    )
    Household.objects.update(decided_on=date(2020, 7, 1))
    export = Export(1).household(0, **{KIND: "脱贫监测户", CLASS: ""})
    imported = load(cast, export, exported_on=JULY)
    household.refresh_from_db()
    assert household.exited_class == "supported"
    refusal = Refusal.objects.get(of_import=imported)
    assert refusal.reason == "decided_here"
    assert "2020-07-01" in refusal.sentence
