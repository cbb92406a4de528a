"""Two officers at once, and the same form twice: one effect, and never below nothing."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from assistance.funds.budgets import enter_budget
from assistance.funds.refusals import FundRefusal
from assistance.models import (
    Asset,
    AssetAct,
    Collective,
    CollectiveEntry,
    ProjectHousehold,
    ProjectMoney,
)
from assistance.projects.assets import ask_write_off, decide_write_off
from assistance.projects.collective import book_back, earn, sum_of, use
from assistance.projects.helping import name_households
from assistance.projects.store import pass_on
from assistance.projects.upkeep import inspect
from duties.models import Task
from tests.assistance.project_things import PLACE, asset_of, income, leased, project_of
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def all_at_once(act, count=AT_ONCE):
    """What each call gave: its answer, or the sentence of its refusal."""
    barrier = Barrier(count)

    def work(n):
        try:
            barrier.wait(timeout=30)
            return act(n)
        except FundRefusal as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(work, range(count)))


def refusals(answers):
    return [answer for answer in answers if isinstance(answer, str)]


def test_no_use_beyond_what_came_in(cast):
    income(cast, 3000)
    village, officers = cast.divisions[PLACE], [cast.village, cast.township, cast.county]
    said = {"what": "works", "amount": Decimal(1000), "on": TODAY, "words": "修桥"}
    answers = all_at_once(lambda n: use(village, **said, by=officers[n % 3], at=NOW))
    assert len(refusals(answers)) == 3 and all("1,000.00" in one for one in refusals(answers))
    book = Collective.objects.get()
    assert book.balance == sum_of(book) == 0
    assert sorted(book.entries.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_the_same_form_is_one_entry_and_one_rent(cast):
    rent = leased(cast, asset_of(cast)).rents.first()
    village, once = cast.divisions[PLACE], uuid4()
    said = {"what": "rent", "amount": rent.amount, "on": TODAY, "party": "徽春", "paper": "1"}
    said |= {"rent": rent, "by": cast.village, "at": NOW}
    answers = all_at_once(lambda n: earn(village, **said, client_id=once)[1])
    assert sorted(answers) == [False] * 5 + [True]
    different = all_at_once(lambda n: earn(village, **said, client_id=uuid4()))
    assert len(refusals(different)) == AT_ONCE
    rent.refresh_from_db()
    assert rent.paid == rent.amount and CollectiveEntry.objects.count() == 1


def test_an_entry_is_booked_back_once(cast):
    entry = income(cast, 500)
    answers = all_at_once(lambda n: book_back(entry, because="记错", by=cast.village, at=NOW))
    assert len(refusals(answers)) == AT_ONCE - 1
    assert Collective.objects.get().balance == 0


def test_a_project_passes_each_step_once(cast):
    project = project_of(cast)
    seen = {"seen_version": project.version, "by": cast.township, "at": NOW}
    answers = all_at_once(lambda n: pass_on(project, **seen))
    assert len(refusals(answers)) == AT_ONCE - 1
    assert project.acts.filter(what="reviewed").count() == 1
    assert Task.objects.open().count() == 1


def test_the_same_households_are_named_once(cast):
    project, homes = project_of(cast), [cast.household() for _ in range(4)]
    answers = all_at_once(
        lambda n: name_households(project, households=homes, by=cast.village, at=NOW)[0]
    )
    assert sorted(answers) == [0] * 5 + [4] and ProjectHousehold.objects.count() == 4


def test_assets_registered_at_once_have_numbers_of_their_own(cast):
    cast.township, cast.county  # noqa: B018 (made before the threads begin)
    all_at_once(lambda n: asset_of(cast, name=f"资产{n}"))
    numbers = sorted(Asset.objects.values_list("number", flat=True))
    assert numbers == [f"A-{PLACE}-2019-{n:04d}" for n in range(1, AT_ONCE + 1)]


def test_a_write_off_is_decided_once(cast):
    asset = asset_of(cast)
    ask_write_off(asset, because="塌了", by=cast.village, at=NOW)
    said = {"because": "定", "by": cast.county, "at": NOW}
    answers = all_at_once(lambda n: decide_write_off(asset, approve=n % 2 == 0, **said))
    assert len(refusals(answers)) == AT_ONCE - 1
    assert AssetAct.objects.filter(what__in=["written_off", "kept"]).count() == 1


def test_an_inspection_sent_twice_is_one(cast):
    asset, once = asset_of(cast), uuid4()
    said = {"on": TODAY, "words": "在用", "found": "in_use", "by": cast.village, "at": NOW}
    assert not refusals(all_at_once(lambda n: inspect(asset, **said, client_id=once)))
    assert AssetAct.objects.filter(what="inspected").count() == 1


def test_a_line_of_the_budget_holds_for_one_of_them(cast):
    said = {"year": 2020, "source": "special", "paper": "财农1", "by": cast.county, "at": NOW}
    line = enter_budget(amount=Decimal(1000), **said)
    cast.village  # noqa: B018 (made before the threads begin)
    money = {"special": Decimal(1000)}
    answers = all_at_once(lambda n: project_of(cast, money=money, lines={"special": line}))
    assert len(refusals(answers)) == AT_ONCE - 1 and ProjectMoney.objects.count() == 1
