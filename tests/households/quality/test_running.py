"""What comes, stays and goes between two runs."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection

from households.models import Fault, Household, QualityRun
from households.quality.asking import ask_for_run
from households.quality.compiling import _months_before
from households.quality.running import check_province
from households.tasks import data_quality
from jobs.models import Job
from tests.cast import NOW, TODAY
from tests.households.quality.family import family

LATER = NOW + timedelta(days=1)


def check(cast, at=NOW, code="340000000000"):
    return check_province(cast.divisions[code], at=at)


def change(home, **facts):
    Household.objects.filter(id=home.id).update(**facts)


def faults():
    return list(Fault.objects.order_by("id").values_list("code", "found_on", "fixed_on"))


def test_opened_once_kept_and_fixed_without_a_click(cast):
    home = family(cast, {"h": {"group_name": ""}})
    assert check(cast).opened == 1
    run = check(cast, LATER)
    assert (run.standing, run.opened, run.fixed) == (1, 0, 0)
    assert faults() == [(113, TODAY, None)]
    change(home, group_name="东组")
    assert check(cast, LATER).fixed == 1
    assert faults() == [(113, TODAY, LATER.date())]
    change(home, group_name="")
    check(cast, LATER)
    assert faults() == [(113, TODAY, LATER.date()), (113, LATER.date(), None)]


def test_a_fault_of_a_member_names_the_member(cast):
    home = family(cast, {"spouse": {"nation": ""}, "child": {"nation": ""}})
    check(cast)
    check(cast, LATER)
    named = Fault.objects.order_by("member__born_on").values_list("household", "member__name")
    assert list(named) == [(home.id, "陈秀兰"), (home.id, "汪小山")]


def test_another_province_is_left_alone(cast):
    there = family(cast, {"h": {"group_name": ""}}, code="360728100201")
    check(cast)
    assert faults() == []
    check(cast, code="360000000000")
    check(cast, LATER)
    assert list(Fault.objects.values_list("household", "fixed_on")) == [(there.id, None)]


def test_what_an_import_took_back_is_forgotten(cast):
    home = family(cast, {"h": {"group_name": ""}})
    check(cast)
    Fault.objects.update(household=home.id + 1000)
    check(cast)
    assert list(Fault.objects.values_list("household", flat=True)) == [home.id]


def test_asked_twice_it_is_one_job_and_says_what_it_found(cast):
    family(cast, {"h": {"group_name": ""}})
    first = ask_for_run(province=cast.province.division, by=cast.province, at=NOW)
    assert ask_for_run(province=cast.province.division, by=None, at=NOW) == first
    # The calendar's day is today's: more of the family is out of date by now.
    said = data_quality(Job.objects.get())
    assert said["opened"] == said["standing"] > 1
    assert QualityRun.objects.get().opened == said["opened"]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_find_each_fault_once(cast):
    for _n in range(5):
        family(cast, {"h": {"group_name": ""}, "child": {"nation": ""}})
    province = cast.divisions["340000000000"]

    def run():
        try:
            check_province(province, at=NOW)
        finally:
            connection.close()

    threads = [Thread(target=run) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Fault.objects.count() == 10
    assert sorted(QualityRun.objects.values_list("opened", flat=True)) == [0, 0, 10]


def test_a_month_without_the_day_takes_its_last():
    assert _months_before(TODAY.replace(month=3, day=31), 1).isoformat() == "2020-02-29"
    assert _months_before(TODAY.replace(month=1, day=5), 1).isoformat() == "2019-12-05"
